"""Stores on both databases, and what a crawl would hand them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from news.article import Article, Block, BlockKind
from news.fetch import Outcome, UrlKind, UrlState
from news.index import first_revision
from news.revisits.due import after_failure
from news.versions.digest import content_digest, payload_digest
from store.migrate import migrate
from store.records import ArchiveRef, Discovery, FetchResult, FrontierRow, NewUrl, PageReading, SavedFetch
from store.service import Store
from store.sql.database import Database, sqlite_url

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST_REVISION = first_revision(NOW)  # of the index, of articles that are met at NOW
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
ARCHIVE_FILE_BYTES = 1 << 20
_READ = {each.name for each in fields(PageReading)}
_NAMED = {each.name for each in fields(Discovery)}


def after(**parts: float) -> datetime:
    """A moment so long after NOW."""
    return NOW + timedelta(**parts)


@dataclass
class Place:
    """Where a store lives: it can be opened any number of times, as any number of processes would."""

    folder: Path
    database_url: str | None
    opened: list[Store | Database] = field(default_factory=list)

    def open(self, *, now: datetime = NOW) -> Store:
        """Open the store; closed after the test."""
        store = Store.open(
            self.folder,
            database_url=self.database_url,
            max_archive_file_bytes=ARCHIVE_FILE_BYTES,
            clock=lambda: now,
        )
        self.opened.append(store)
        return store

    def database(self) -> Database:
        """The database alone, as it is; closed after the test."""
        self.folder.mkdir(parents=True, exist_ok=True)
        database = Database(self.database_url or sqlite_url(self.folder / "newsdex.sqlite"))
        self.opened.append(database)
        return database

    def close(self) -> None:
        """Close what was opened."""
        for one in reversed(self.opened):
            one.close()


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place for a store that has nothing in its tables, once on SQLite and once on PostgreSQL."""
    url = request.getfixturevalue("postgresql_tables") if request.param == "postgresql" else None
    place = Place(tmp_path / "data" if url else with_tables(tmp_path / "data"), url)
    yield place
    place.close()


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Iterator[Place]:
    """A place on SQLite alone: what differs between databases is tested with the store."""
    place = Place(with_tables(tmp_path / "data"), None)
    yield place
    place.close()


@pytest.fixture(params=DATABASES)
def bare_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place where no tables were made yet, once on SQLite and once on PostgreSQL."""
    url = request.getfixturevalue("postgresql_database") if request.param == "postgresql" else None
    place = Place(tmp_path / "data", url)
    yield place
    place.close()


@pytest.fixture
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A place on SQLite whose store commands use that are run in this process."""
    place = Place(tmp_path / "data", None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSDEX_DATA_DIR", str(place.folder))
    yield place
    place.close()


def with_tables(folder: Path) -> Path:
    """The folder, made with an SQLite file that has the tables: a copy costs a fiftieth of the migrations."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "newsdex.sqlite").write_bytes(_empty_record())
    return folder


@cache
def _empty_record() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "newsdex.sqlite"
        with closing(Database(sqlite_url(file))) as database:
            migrate(database)
        return file.read_bytes()


@pytest.fixture
def store(place: Place) -> Store:
    """An open, empty store, once on SQLite and once on PostgreSQL."""
    return place.open()


def make_story(title: str = "Rain expected", *paragraphs: str, **fields: Any) -> Article:
    """An article of these paragraphs."""
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in paragraphs or ("It may rain on Sunday.",))
    return Article(**{"url": "https://paper.example/a", "title": title, "blocks": blocks, **fields})


def make_result(row: FrontierRow, story: Article | None = None, /, **fields: Any) -> FetchResult:
    """What a fetch of this row brought: with a story, an archived article page; else as the fields say.

    The fields are those of the result, of what was read from its page, and of what its document named.
    """
    values: dict[str, Any] = {
        "row": row,
        "run_id": None,
        "fetched_at": NOW,
        "outcome": Outcome.UNCHANGED,
        "status": 200,
        "state": UrlState.FETCHED,
        "next_due_at": None,
    }
    if story is not None:
        digest = payload_digest(story.text.encode("utf-8", "replace"))
        values |= {
            "archive": ArchiveRef(warc_file="2026-03-01/none.warc.gz", warc_offset=0, payload_digest=digest),
            "payload_digest": digest,
            "extraction": story,
            "extractor_version": "1",
            "content_digest": content_digest(story),
        }
    values |= fields
    reading = PageReading(**{name: values.pop(name) for name in _READ & values.keys()})
    discovery = Discovery(**{name: values.pop(name) for name in _NAMED & values.keys()})
    return FetchResult(reading=reading, discovery=discovery, **values)


def add_urls(store: Store, *urls: str, kind: UrlKind = UrlKind.ARTICLE, at: datetime = NOW) -> int:
    """Make URLs of the source "paper" known."""
    new = [NewUrl(url=url, kind=kind) for url in urls]
    return store.frontier.add(new, source_id="paper", found_on=None, now=at)


def take(
    store: Store, run_id: int, *, limit: int = 100, at: datetime = NOW, source_id: str = "paper"
) -> list[FrontierRow]:
    """The due rows of a source."""
    return store.frontier.take(source_id, run_id, limit=limit, now=at)


def take_urls(store: Store, run_id: int, *, limit: int = 100, at: datetime = NOW) -> list[str]:
    """The URLs of the due rows, in the order they are taken."""
    return [row.url for row in take(store, run_id, limit=limit, at=at)]


def row_of(store: Store, url: str, *, at: datetime = NOW, source_id: str = "paper") -> FrontierRow:
    """The row of a URL as a crawl gets it, leased to run 1; other due rows are given back."""
    store.frontier.request(url, source_id=source_id, now=at)
    store.frontier.release(1)
    found = take(store, 1, at=at, source_id=source_id)
    store.frontier.release(1)
    return next(row for row in found if row.url == url)


def fetch_story(
    store: Store, url: str, story: Article, *, at: datetime = NOW, next_due_at: datetime | None = None, **fields: Any
) -> SavedFetch:
    """Save a fetch of this URL that brought this story."""
    result = make_result(row_of(store, url, at=at), story, fetched_at=at, next_due_at=next_due_at, **fields)
    return saved_one(store.saver.save([result]))


def fetch_gone(store: Store, url: str, *, at: datetime, status: int = 404) -> SavedFetch:
    """Save a fetch of this URL that was answered as gone, as a crawl judges it."""
    row = row_of(store, url, at=at)
    state, due_at = after_failure(
        outcome=Outcome.GONE, kind=UrlKind.ARTICLE, failure_count=row.failure_count + 1, now=at, retry_at=None
    )
    fields = {"outcome": Outcome.GONE, "status": status, "detail": f"status {status}", "state": state}
    return saved_one(store.saver.save([make_result(row, fetched_at=at, next_due_at=due_at, **fields)]))


def saved_one(saved: Sequence[SavedFetch | None]) -> SavedFetch:
    """The only answer of a save that must not have been refused."""
    (only,) = saved
    assert only is not None
    return only


def deliver(store: Store, *, at: datetime = NOW) -> list[tuple[str, int]]:
    """Confirm everything pending as an engine would; returns (article id, revision), in order."""
    items = [(item.article_id, item.revision) for item in store.outbox.pending(limit=1000, now=at)]
    store.outbox.delivered(items)
    return items
