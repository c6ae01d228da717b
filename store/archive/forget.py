"""Finding an article's records in the archive and overwriting them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from news.forgetting import address_keys
from news.identity import StoryForms
from news.surt import surt_key
from news.urls import normalize_url
from store.archive.index import index_of, index_path, write_index
from store.archive.names import archive_files, is_open
from store.archive.records import ARTICLE_ID, REQUESTED_URL, SOURCE_ID
from store.archive.scan import PAGES, Record, records_of
from store.archive.scrubs import Place, scrub
from store.records import Held

_DIGEST = re.compile(rb'digest": "([^"]+)"')  # in an index line
MOST_PASSES = 5  # a file that its writer finishes during one pass is found in the next


@dataclass(kw_only=True, slots=True)
class Scrubbed:
    """How much was overwritten."""

    record_count: int = 0
    file_count: int = 0
    is_broken_off: bool = False  # stopped before all files were searched


class ArchiveForgetter:
    """Finds and overwrites the records of articles."""

    def __init__(self, folder: Path, held: Held, *, forms: StoryForms) -> None:
        self._folder = folder
        self._forms = forms
        self._article_ids = frozenset(held.article_ids)
        self._keys = address_keys(held.addresses, forms)
        self._surts = {f"{surt_key(address)} ".encode() for address in held.addresses}
        self._digests = frozenset(held.payload_digests)

    def scrub(
        self,
        *,
        at: datetime,
        on_file: Callable[[Path], None] = lambda path: None,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Scrubbed:
        """Overwrite all their records, in passes until none is found. Blocks while the files are copied.

        It stops between two files once `goes_on` returns False.
        """
        done = Scrubbed()
        for _ in range(MOST_PASSES):
            found = False
            for path in archive_files(self._folder):
                if not goes_on():
                    done.is_broken_off = True
                    return done
                if not (places := self._places(path)):
                    _mend_index(path)
                    continue
                found = True
                try:
                    scrub(path, places, at=at)
                except FileNotFoundError:  # its writer finished it, or retention deleted it
                    continue
                on_file(path)
                done.record_count += len(places)
                done.file_count += 1
            if not found:
                break
        return done

    def _places(self, path: Path) -> list[Place]:
        try:
            if not self._may_hold(path):
                return []
            records = [(record, self._is_meant(record)) for record in records_of(path)]
        except FileNotFoundError:
            return []
        meant = {record.headers.get("warc-record-id") for record, is_meant in records if is_meant}
        meant |= {record.headers.get("warc-concurrent-to") for record, is_meant in records if is_meant}
        meant.discard(None)
        return [(record.offset, record.length) for record, is_meant in records if is_meant or meant & set(_ids(record))]

    def _may_hold(self, path: Path) -> bool:
        """Whether a finished file's index lists one of the addresses or payloads; True if there is no such index."""
        index = index_path(path)
        if is_open(path) or not index.is_file():
            return True
        listed = index.read_bytes()
        return any(surt in listed for surt in self._surts) or any(d.encode() in listed for d in self._digests)

    def _is_meant(self, record: Record) -> bool:
        if record.type in {*PAGES, "revisit"} and record.payload_digest in self._digests:
            return True
        if record.type == "metadata" and record.fields.get(ARTICLE_ID) in self._article_ids:
            return True
        named = (record.url, record.headers.get("warc-refers-to-target-uri"), record.fields.get(REQUESTED_URL))
        normal = (normalize_url(address) for address in named if address)
        return bool(self._keys & address_keys((address for address in normal if address), self._forms))


class SourceForgetter(ArchiveForgetter):
    """Finds the records of a whole source: of its articles, and of pages archived for it but never saved."""

    def __init__(
        self, folder: Path, held: Held, *, forms: StoryForms, source_id: str, is_kept: Callable[[str], bool]
    ) -> None:
        """`is_kept` says whether an article stays: a source that was renamed may once have had this id."""
        super().__init__(folder, held, forms=forms)
        self._source_id = source_id
        self._is_kept = is_kept
        self._hosts = {surt.partition(b")")[0] for surt in self._surts}

    def _may_hold(self, path: Path) -> bool:
        """As for one article, but by host: searching for each of many addresses takes longer than reading the file."""
        index = index_path(path)
        if is_open(path) or not index.is_file():
            return True
        listed = index.read_bytes()
        hosts = {line.partition(b")")[0] for line in listed.splitlines()}
        return bool(self._hosts & hosts) or any(d.decode() in self._digests for d in _DIGEST.findall(listed))

    def _is_meant(self, record: Record) -> bool:
        if super()._is_meant(record):
            return True
        is_named = record.type == "metadata" and record.fields.get(SOURCE_ID) == self._source_id
        return is_named and not self._is_kept(record.fields.get(ARTICLE_ID, ""))


def listed_addresses(folder: Path, keys: AbstractSet[str], forms: StoryForms) -> set[str]:
    """The archived addresses that have one of these keys of `news.forgetting`. Reads every index."""
    found: set[str] = set()
    for path in archive_files(folder):
        index = index_path(path)
        if index.is_file() and not is_open(path):
            lines = index.read_text(encoding="utf-8").splitlines()
            addresses = {str(json.loads(line.split(" ", 2)[2])["url"]) for line in lines}
        else:
            addresses = {record.url for record in records_of(path)}
        normal = {address: normalize_url(address) for address in addresses}
        found |= {address for address, n in normal.items() if n and address_keys([n], forms) & keys}
    return found


def _mend_index(path: Path) -> None:
    """Make an index that is missing because a process died while it was replacing the file."""
    if is_open(path) or index_path(path).is_file():
        return
    with suppress(FileNotFoundError):  # its writer finished it meanwhile, or retention deleted it
        write_index(path, index_of(path))


def _ids(record: Record) -> Iterator[str]:
    for name in ("warc-record-id", "warc-concurrent-to", "warc-refers-to"):
        if (value := record.headers.get(name)) is not None:
            yield value
