"""A record copied into another database says the same there and goes on: from SQLite to PostgreSQL, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from news.crawl_ends import FinishReason
from news.errors import StoreError
from news.fetch import UrlKind
from news.keys import Scope
from news.triggers import Trigger
from store.schema import api_key, metadata, revisit_habits, url
from store.service import Store
from store.sql.database import sqlite_url
from store.upkeep import copying
from tests.support.stores import NOW, Place, add_urls, fetch_story, make_story, with_tables

FEED, STORY = "https://paper.example/feed", "https://paper.example/a"


@pytest.fixture
def target(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Place]:
    """An empty place of the other kind."""
    other = request.getfixturevalue("postgresql_tables") if place.database_url is None else None
    found = Place(tmp_path / "other" if other else with_tables(tmp_path / "other"), other)
    yield found
    found.close()


def url_of(place: Place) -> str:
    """How the setting would name it."""
    return place.database_url or sqlite_url(place.folder / "newsdex.sqlite")


def everything_in(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table, *(column.is_(sa.null()) for column in table.c))


def rows_of(place: Place) -> dict[str, list[str]]:
    """All that it holds, and whether what looks empty is NULL."""
    with place.database().read() as connection:
        return {
            table.name: sorted(repr(row) for row in connection.execute(everything_in(table)))
            for table in metadata.sorted_tables
        }


def fill(store: Store, place: Place) -> None:
    """Rows of many kinds, some without what others have."""
    add_urls(store, FEED, kind=UrlKind.FEED)
    fetch_story(store, STORY, make_story("Ölpreis – 上海", url=STORY))
    fetch_story(store, "https://paper.example/b", make_story("Another", url="https://paper.example/b"))
    run_id = store.runs.start("paper", Trigger.CLI, now=NOW)
    store.runs.finish(run_id, reason=FinishReason.FINISHED, counts={"new_article": 2}, now=NOW)
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    store.keys.create("reader", Scope.READ, now=NOW)
    with place.database().write() as connection:
        connection.execute(sa.insert(revisit_habits).values(source_id="paper", record=None, updated_at=NOW))


def test_a_copy_says_what_the_record_says_and_goes_on_numbering(
    store: Store, place: Place, target: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "ROWS_CHUNK", 2)
    fill(store, place)
    told: list[int] = []
    store.leases.acquire(["host:paper.example"], now=NOW)
    rows = store.copy_into(url_of(target), on_rows=lambda table, count: told.append(count))
    assert sum(told) == store.row_count() == sum(rows.values())
    assert rows_of(target) == {**rows_of(place), "lease": []}

    other = target.open()
    add_urls(other, "https://paper.example/new")
    assert {item.article_id for item in other.outbox.pending(limit=9, now=NOW)} == {
        item.article_id for item in store.outbox.pending(limit=9, now=NOW)
    }
    with target.database().read() as connection:
        ids = list(connection.execute(sa.select(url.c.id)).scalars())
        assert connection.execute(sa.select(sa.func.count()).select_from(api_key)).scalar_one() == 1
    assert len(ids) == len(set(ids)) == 4


def test_a_database_that_holds_something_is_left_as_it_is(store: Store, place: Place, target: Place) -> None:
    fill(store, place)
    add_urls(target.open(), FEED, kind=UrlKind.FEED)
    before = rows_of(target)
    with pytest.raises(StoreError, match="holds a record already; name an empty database"):
        store.copy_into(url_of(target), on_rows=lambda table, count: None)
    assert rows_of(target) == before


def test_a_copy_that_breaks_off_leaves_nothing(store: Store, place: Place, target: Place) -> None:
    fill(store, place)

    def fail(table: str, count: int) -> None:
        if table == "url":
            raise StoreError("the server went away")

    with pytest.raises(StoreError, match="went away"):
        store.copy_into(url_of(target), on_rows=fail)
    assert not any(rows_of(target).values())
