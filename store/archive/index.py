"""The CDXJ index beside each WARC file, as pywb reads it: which address lies where, sorted.

It can be made again from the file at any time, so a missing or outdated index loses nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from news.surt import surt_key
from store.archive.names import bare_name, finished_path
from store.archive.scan import DECODED_DIGEST, Record, records_of

SUFFIX = ".cdxj"
INDEXED = frozenset({"response", "revisit"})
REVISIT_MIME = "warc/revisit"


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexLine:
    """One archived answer."""

    url: str
    timestamp: str  # fourteen digits, UTC
    mime: str
    status: str
    digest: str  # "sha256:<hex>" of the payload
    decoded_digest: str  # of the payload without its content encoding; empty if it is archived decoded
    offset: int
    length: int  # of the gzip member

    @property
    def order(self) -> tuple[str, str, int]:
        """The sort key of lines."""
        return surt_key(self.url), self.timestamp, self.offset

    def written(self, file_name: str) -> str:
        """The line as written in the index."""
        fields: dict[str, Any] = {
            "url": self.url,
            "mime": self.mime,
            "status": self.status,
            "digest": self.digest,
            **({"decoded_digest": self.decoded_digest} if self.decoded_digest else {}),
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": file_name,
        }
        return f"{surt_key(self.url)} {self.timestamp} {json.dumps(fields, ensure_ascii=True)}"


def index_line(record: Record) -> IndexLine | None:
    """The index line of a record; None for a type that an index does not list."""
    if record.type not in INDEXED:
        return None
    http = record.http_headers
    mime = http.get("content-type", "").partition(";")[0].strip().lower() or "unk"
    return IndexLine(
        url=record.url,
        timestamp="".join(character for character in record.headers.get("warc-date", "") if character.isdigit())[:14],
        mime=REVISIT_MIME if record.type == "revisit" else mime,
        status=record.http_status,
        digest=record.headers.get("warc-payload-digest", ""),
        decoded_digest=record.headers.get(DECODED_DIGEST.lower(), ""),
        offset=record.offset,
        length=record.length,
    )


def index_of(warc: Path) -> list[IndexLine]:
    """The index lines of a file's readable records, made from the file itself."""
    return [line for record in records_of(warc) if (line := index_line(record)) is not None]


def index_path(warc: Path) -> Path:
    """The path of a WARC file's index."""
    return warc.with_name(bare_name(warc) + SUFFIX)


def index_text(lines: Iterable[IndexLine], file_name: str) -> str:
    """The text of a file's whole index."""
    ordered = sorted(lines, key=lambda line: line.order)
    return "".join(f"{line.written(file_name)}\n" for line in ordered)


def write_index(warc: Path, lines: Sequence[IndexLine]) -> None:
    """Write the index beside its file, all or nothing."""
    replace_file(index_path(warc), index_text(lines, finished_path(warc).name).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file's content atomically: readers, and a power cut, see either the old content or the new."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
