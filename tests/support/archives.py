"""Archives with a few pages in them."""

from __future__ import annotations

import gzip
import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.cli import main as warcio

from news.versions.digest import payload_digest
from store.archive.service import Archive, Exchange, KnownPayload, Sent
from store.records import ArchiveRef

FETCHED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SENT = Sent(method="GET", headers=(("Accept", "text/html"), ("User-Agent", "newsdex/1"), ("Cookie", "id=secret")))


def exchange(url: str, body: bytes, *, minutes: float = 0, level: int | None = None) -> Exchange:
    """A page that was answered so long after FETCHED; with a level it is archived as it was sent, packed by gzip."""
    return Exchange(
        url=url,
        fetched_at=FETCHED + timedelta(minutes=minutes),
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
        body=body,
        payload_digest=payload_digest(body),
        gzipped=gzip.compress(body, level, mtime=0) if level is not None else None,
        sent=SENT,
    )


def open_archive(folder: Path) -> Archive:
    """An archive that says who made it."""
    return Archive(folder, max_file_bytes=1 << 20, about={"software": "newsdex/1", "robots": "obey"})


def fill(archive: Archive, *, count: int = 3) -> list[ArchiveRef]:
    """Pages /0 to /n, every second one as it was sent, and the first one met again."""
    bodies = [b"<p>page %d</p>" % n * 40 for n in range(count)]
    levels = [6 if n % 2 else None for n in range(count)]
    pages = [
        exchange(f"https://paper.example/{n}", body, minutes=n, level=level)
        for n, (body, level) in enumerate(zip(bodies, levels, strict=True))
    ]
    refs = [archive.append_response(page, {"newsdex-article-id": f"id{n}"}) for n, page in enumerate(pages)]
    again = exchange(pages[0].url, pages[0].body, minutes=count)
    archive.append_revisit(again, KnownPayload(ref=refs[0], url=pages[0].url, fetched_at=pages[0].fetched_at))
    archive.sync()
    return refs


def left_by_a_dead_writer(folder: Path, copy: Path) -> Path:
    """The folder as it would be if its writer had been killed now: nobody holds the copy's files."""
    shutil.copytree(folder, copy)
    return copy


def files_of(folder: Path) -> list[Path]:
    """The WARC files, finished or not."""
    return sorted(path for path in folder.glob("*/*") if path.name.endswith((".warc.gz", ".warc.gz.open")))


def warcio_says(path: Path) -> tuple[int, str]:
    """What warcio's own checker says of a file: its exit code and words."""
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        try:
            code = warcio(["check", str(path)])
        except SystemExit as ended:
            code = ended.code
    return int(code or 0), told.getvalue()
