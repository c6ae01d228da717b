"""Articles from archives of others by their indexes: what an index says is not wanted is not read."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import CrawlSettings
from crawler.archived.taken_pages import Wanted
from crawler.archived.taking import FILE_MISSING, take_files
from news.errors import StoreError
from news.gaps import Span
from news.source import Source
from store.archive.index import IndexLine, index_of
from store.service import Store
from tests.support.documents import article_html
from tests.support.in_this_process import at_once
from tests.support.sites import TEXT
from tests.support.stores import NOW
from tests.support.warcs import write_warc

THEN = datetime(2024, 3, 10, 12, tzinfo=UTC)
LATER = THEN + timedelta(days=60)
NAME = "CC-MAIN-20240310-00007.warc.gz"
FOLDER = "crawl-data/CC-MAIN-2024-10/segments/1707.5/warc"


def story(number: int, host: str = "canal.example") -> str:
    return f"https://{host}/world/the-lock-keepers-story-1000{number}"


def page(number: int) -> bytes:
    text = [f"Of number {number}: {line}" for line in TEXT]
    return article_html(f"The lock keepers' story of number {number}", text, published=THEN.isoformat()).encode()


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """Two wanted pages, one of another time, one of another site, a PDF by its index, an error, one cut off."""
    (tmp_path / FOLDER).mkdir(parents=True)
    urls = [story(1), story(2), story(3), story(4, "elsewhere.example"), story(5), story(6), story(7)]
    times = [THEN, THEN, LATER, THEN, THEN, THEN, THEN]
    pages = [
        (url, at, 404 if url == story(6) else 200, page(n)) for n, (url, at) in enumerate(zip(urls, times, strict=True))
    ]
    return write_warc(tmp_path / FOLDER / NAME, pages)


def as_cdxj(line: IndexLine) -> str:
    """A line as Common Crawl writes it."""
    mime = "application/pdf" if line.url == story(5) else "text/html"
    told = {"url": line.url, "mime": mime, "mime-detected": mime, "status": line.status, "digest": "ABC"}
    told |= {"length": str(line.length), "offset": str(line.offset), "filename": f"{FOLDER}/{NAME}"}
    told |= {"truncated": "length"} if line.url == story(7) else {}
    return f"example,canal)/ {line.timestamp} {json.dumps(told)}\n"


def as_cdx(line: IndexLine) -> str:
    """A line as the Wayback Machine had it, its file named without a folder."""
    mime = "application/pdf" if line.url == story(5) else line.mime
    status = "-" if line.url == story(7) else line.status
    columns = ["example,canal)/", line.timestamp, line.url, mime, status, "ABC", "-", "-", str(line.length)]
    return " ".join([*columns, str(line.offset), NAME]) + "\n"


def spoil(warc: Path, lines: list[IndexLine], *wanted: str) -> None:
    """Damage every record but these: who reads one of them cannot go on."""
    content = bytearray(warc.read_bytes())
    for line in lines:
        if line.url not in wanted:
            content[line.offset : line.offset + line.length] = b"x" * line.length
    warc.write_bytes(content)


def take(store: Store, source: Source, path: Path) -> dict[str, int]:
    span = Span(THEN, THEN + timedelta(days=1))
    wanted = Wanted(source=source, span=span, max_body_bytes=CrawlSettings().max_body_bytes)
    return dict(asyncio.run(take_files([path], wanted, store=store, read=at_once, clock=lambda: NOW)))


def taken_from(store: Store, url: str) -> list[str | None]:
    row = store.frontier.find(url)
    assert row is not None, url
    return [version.taken_from for version in store.articles.versions(row.article_id or "")]


@pytest.mark.parametrize("form", ["cdxj", "cdx"])
def test_of_an_index_only_the_pages_that_are_wanted_are_read(
    store: Store, canal: Source, warc: Path, tmp_path: Path, form: str
) -> None:
    lines = index_of(warc)
    assert len(lines) == 7
    if form == "cdxj":
        index = tmp_path / "cdx-00007.gz"  # many gzip members in one file, as Common Crawl's are
        index.write_bytes(b"".join(gzip.compress(as_cdxj(line).encode()) for line in lines))
    else:
        index = warc.with_name("part.cdx")
        index.write_text(" CDX N b a m s k r M S V g\n" + "".join(map(as_cdx, lines)))
    spoil(warc, lines, story(1), story(2))
    assert take(store, canal, index) == {"new_article": 2}
    assert taken_from(store, story(1)) == taken_from(store, story(2)) == [NAME]
    assert take(store, canal, index) == {"unchanged": 2}


def test_pages_of_files_that_are_not_here_are_counted(store: Store, canal: Source, warc: Path, tmp_path: Path) -> None:
    lines = index_of(warc)
    index = tmp_path / "some.cdxj"
    elsewhere = as_cdxj(lines[1]).replace(NAME, "CC-MAIN-20240310-00008.warc.gz")
    outside = as_cdxj(lines[1]).replace(f"{FOLDER}/{NAME}", "../../secret.warc.gz")
    index.write_text("!meta {}\n" + as_cdxj(lines[0]) + elsewhere + outside)
    assert take(store, canal, index) == {"new_article": 1, FILE_MISSING: 2}


def test_an_index_that_is_not_of_its_file_is_named_with_the_place(
    store: Store, canal: Source, warc: Path, tmp_path: Path
) -> None:
    lines = index_of(warc)
    index = tmp_path / "old.cdxj"
    index.write_text(as_cdxj(lines[0]).replace(f'"offset": "{lines[0].offset}"', f'"offset": "{lines[1].offset}"'))
    with pytest.raises(StoreError, match=rf"{NAME}: the answer of {story(1)} cannot be read at {lines[1].offset}"):
        take(store, canal, index)
    index.write_text(as_cdxj(lines[0]) + "example,canal)/ 2024 {}\n")
    with pytest.raises(StoreError, match=r"old\.cdxj: line 2 is not a line of a WARC index"):
        take(store, canal, index)
