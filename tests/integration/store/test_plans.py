"""What is asked every second, or with the writer's turn held, reads an index and not a table that grows for years."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from news.fetch import Outcome, UrlKind, UrlState
from news.index import Filters
from news.requests import RequestKind
from store.records import NewUrl
from store.service import Store
from store.standing.matches import MatchedVersion
from tests.support.stores import NOW, Place, after, fetch_story, make_result, make_story, row_of, with_tables

GROWING = (
    "url|fetch|run|slot|request|request_url|fill_url|outbox|article|article_version|article_alias|story_key|"
    "standing_match|copy_sketch|copy_band|copy_link"
)
STORY = "https://paper.example/a"
FEED = NewUrl(url="https://paper.example/feed", kind=UrlKind.FEED)


def settle_one(store: Store) -> None:
    """A saved search found the story."""
    search = store.standing_searches.add("Storms", "storm", Filters(), now=NOW)
    fetch_story(store, STORY, make_story("A storm"), at=after(hours=1))
    found = [
        MatchedVersion(queued=queued, search_ids=[search.id]) for queued in store.standing_matches.pending(limit=9)
    ]
    assert len(store.standing_matches.settle(found, now=NOW)) == 1


def have_again(store: Store) -> None:
    """A feed that failed is had again."""
    store.frontier.add([FEED], source_id="paper", found_on=None, now=NOW)
    store.saver.save([make_result(replace(row_of(store, FEED.url), failure_count=1))])


def lose_and_have_again(store: Store) -> None:
    """A page is lost, and had again."""
    row = row_of(store, STORY)
    store.saver.save([make_result(row, outcome=Outcome.GONE, status=404, state=UrlState.FAILING)])
    store.saver.save([make_result(replace(row_of(store, STORY), last_status=404))])


Ask = Callable[[Store], object]
HOT: dict[str, tuple[Ask, set[str]]] = {
    "rows to fetch": (lambda store: store.frontier.take("paper", 1, limit=9, now=NOW), {"ix_url_due"}),
    "leases of rows": (lambda store: store.frontier.renew(1, now=NOW), {"ix_url_lease_run_id"}),
    "sources with work": (
        lambda store: store.activity.sources_due(["paper"], only_asked=["other"], now=NOW),
        {"ix_url_due", "ix_slot_open"},
    ),
    "slots a crawl answers": (lambda store: store.slots.claim("paper", 1), {"ix_slot_open"}),
    "a slot that fires": (
        lambda store: store.slots.fire("paper", after(hours=1), missed_count=0, now=NOW),
        {"ix_run_open", "ix_url_document"},
    ),
    "documents of a source": (
        lambda store: store.frontier.declare([FEED], source_id="paper", now=NOW),
        {"ix_url_document"},
    ),
    "revisits beyond the budget": (
        lambda store: store.revisits.hold_back("paper", revisits_per_day=9, now=NOW),
        {"ix_url_due"},
    ),
    "what robots.txt refused": (
        lambda store: store.robots.wake_refused("https://paper.example", lambda url: True, now=NOW),
        {"ix_url_refused"},
    ),
    "what failed while a feed did": (have_again, {"ix_url_failing"}),
    "what was lost with a page": (lose_and_have_again, {"ix_url_lost"}),
    "crawls that were lost": (lambda store: store.runs.close_lost(now=NOW), {"ix_run_open"}),
    "crawls under way": (lambda store: store.activity.open_runs(), {"ix_run_open"}),
    "requests to replay": (lambda store: store.requests.oldest_open(RequestKind.REPLAY), {"ix_request_open"}),
    "what the index is told": (lambda store: store.outbox.pending(limit=9, now=after(hours=1)), {"ix_outbox_pending"}),
    "an article with what was merged into it": (
        lambda store: store.articles.get(store.articles.id_at(STORY) or ""),
        {"ix_article_merged_into"},
    ),
    "the history of an article": (
        lambda store: store.articles.fetches(store.articles.id_at(STORY) or ""),
        {"ix_url_article_id", "ix_fetch_url"},
    ),
    "a story that is saved": (lambda store: fetch_story(store, f"{STORY}b", make_story("Two"), at=NOW), set()),
    "a version that is saved": (lambda store: fetch_story(store, STORY, make_story("Two"), at=after(hours=1)), set()),
    "pages that were archived before": (
        lambda store: store.receipts.known_payloads(["sha256:1"]),
        {"ix_fetch_payload"},
    ),
    "what saved searches found": (settle_one, {"sqlite_autoindex_standing_match_1"}),
    "the hub of a feed": (lambda store: store.subscriptions.of_feed(FEED.url), set()),
    "places in the archive": (
        lambda store: list(store.receipts.places()),
        {"ix_fetch_place", "ix_article_version_place"},
    ),
}


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is run in the block, with its parameters."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, parameters: Any, _context: Any, many: bool) -> None:
        found.append((text, parameters[0] if many else parameters))

    event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(sa.engine.Engine, "before_cursor_execute", note)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(with_tables(tmp_path / "data"), None)
    yield place
    place.close()


@pytest.mark.parametrize("what", HOT)
def test_what_is_asked_often_reads_an_index(place: Place, what: str) -> None:
    ask, indexes = HOT[what]
    store = place.open()
    fetch_story(store, STORY, make_story("One"), at=NOW)
    with statements() as asked:
        ask(store)
    plan = plan_of(place, asked)
    assert {index for index in indexes if f"INDEX {index}" not in plan} == set(), plan
    assert re.findall(rf"SCAN (?:{GROWING})\b(?! USING INDEX ix_\w+_open)", plan) == [], plan


@pytest.mark.parametrize("what", ["rows to fetch", "what the index is told", "places in the archive"])
def test_a_queue_is_not_sorted_for_each_look(place: Place, what: str) -> None:
    store = place.open()
    with statements() as asked:
        HOT[what][0](store)
    plan = plan_of(place, asked)
    assert "TEMP B-TREE" not in plan, plan


def test_the_figures_of_many_sources_take_as_many_queries_as_those_of_one(place: Place) -> None:
    store = place.open()
    asked_for = {}
    for count in (1, 50):
        with statements() as asked:
            figures = store.overview.sources([f"paper{number}" for number in range(count)], now=NOW)
        assert len(figures) == count
        asked_for[count] = [text for text, _ in asked]
    assert asked_for[1] == asked_for[50] != []


def plan_of(place: Place, asked: list[tuple[str, Any]]) -> str:
    """How SQLite goes about these statements."""
    database = sqlite3.connect(place.folder / "newsdex.sqlite")
    lines = [
        str(row[3])
        for text, parameters in asked
        if text.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
        for row in database.execute(f"EXPLAIN QUERY PLAN {text}", parameters)
    ]
    database.close()
    return "\n".join(lines)
