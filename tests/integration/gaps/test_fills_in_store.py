"""Fills in the record: when they begin, what they wait for and when they end. Runs on both databases."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from news.fetch import Outcome, UrlKind, UrlState
from news.fills import Fill
from news.gaps import FeedEntry, Span
from news.requests import RequestKind, RequestScope, RequestView
from store.priorities import Priority
from store.records import NewUrl
from store.requests.fills import MAX_FAILURES
from store.schema import request, request_url
from store.service import Store
from tests.support.stores import NOW, after, make_result, make_story, take

SPAN = Span(NOW - timedelta(days=90), NOW - timedelta(days=60))
A, B = "https://paper.example/a", "https://paper.example/b"
ONE, TWO, FEED = (f"https://paper.example/{name}.xml" for name in ("one", "two", "feed"))


def declare(store: Store, *sitemaps: str) -> None:
    urls = [NewUrl(url=url, kind=UrlKind.SITEMAP) for url in sitemaps] + [NewUrl(url=FEED, kind=UrlKind.FEED)]
    store.frontier.declare(urls, source_id="paper", now=NOW)


def visit(store: Store, url: str, *, minutes: int, **fields: object) -> None:
    """A crawl asked for this document."""
    at = after(minutes=minutes)
    store.frontier.make_due(source_id="paper", kinds=[UrlKind.SITEMAP, UrlKind.FEED], now=at)
    rows = {row.url: row for row in store.frontier.take("paper", 1, limit=10, now=at)}
    store.frontier.release(1)
    fill_ids = tuple(fill.id for fill in store.fills.of_document(rows[url].id))
    values = {"outcome": Outcome.DISCOVERED, "fill_ids": fill_ids, **fields}
    store.saver.save([make_result(rows[url], fetched_at=at, **values)])


def newest_fill(store: Store) -> Fill:
    return store.fills.recent("paper", limit=1)[0]


def backfill(store: Store, *, minutes: float = 0) -> tuple[RequestView, Fill]:
    scope = RequestScope(source_id="paper", since=SPAN.since_at, until=SPAN.until_at)
    view, _ = store.requests.create(RequestKind.BACKFILL, scope, now=after(minutes=minutes))
    return view, newest_fill(store)


def far(store: Store, view: RequestView) -> tuple[str, int, int]:
    """How far a request is."""
    now = store.requests.get(view.id)
    assert now is not None
    return now.state.value, now.done_count, now.total_count


def old(*urls: str) -> tuple[NewUrl, ...]:
    """Articles of the span, as a sitemap that is read for it names them."""
    return tuple(NewUrl(url=url, kind=UrlKind.ARTICLE, priority=int(Priority.BACKFILL)) for url in urls)


def test_a_backfill_is_done_when_the_articles_its_documents_led_to_are_fetched(store: Store) -> None:
    declare(store, ONE)
    view, _ = backfill(store)
    visit(store, ONE, minutes=1, urls=old(A, B))
    assert newest_fill(store).ended_at == after(minutes=1)
    assert far(store, view) == ("running", 1, 3)
    for row in take(store, 2, at=after(minutes=2)):
        failed = {"outcome": Outcome.TIMEOUT, "state": UrlState.FAILING, "next_due_at": after(days=1)}
        store.saver.save([make_result(row, **failed) if row.url == A else make_result(row, make_story())])
    assert far(store, view) == ("done", 3, 3)
    ended = store.requests.get(view.id)
    assert ended is not None
    assert ended.counts == {"discovered": 1, "new_article": 1, "timeout": 1}


def test_a_cancelled_backfill_asks_nobody_and_can_be_asked_for_again(store: Store) -> None:
    declare(store, ONE, TWO)
    view, _ = backfill(store)
    visit(store, ONE, minutes=1, urls=old(A, B))
    assert store.requests.cancel(view.id, now=after(minutes=2)) is not None
    assert (newest_fill(store).ended_at, newest_fill(store).detail) == (after(minutes=2), "stopped")
    assert not {A, B} & {row.url for row in take(store, 2, at=after(minutes=3))}
    store.frontier.release(2)

    again, _ = backfill(store, minutes=4)
    assert (again.id != view.id, again.total_count) == (True, 2)
    visit(store, ONE, minutes=5, urls=old(A, B))
    assert far(store, again) == ("running", 1, 4)
    assert store.frontier.waiting_backfill_count("paper", now=after(minutes=6)) == 2


def test_what_a_bound_left_of_a_backfill_is_part_of_the_next(store: Store) -> None:
    declare(store, ONE, TWO)
    backfill(store)
    visit(store, ONE, minutes=1, urls=old(A, B))
    with store._database.write() as connection:  # as by a program of before, which kept no requests of backfills
        for table in (request_url, request):
            connection.execute(sa.delete(table))
    later, fill = backfill(store, minutes=2)
    assert (later.total_count, fill.ended_at) == (3, None)
    visit(store, TWO, minutes=3)
    for row in take(store, 2, at=after(minutes=4)):
        store.saver.save([make_result(row, make_story(row.url, f"Text of {row.url}."))])
    assert far(store, later) == ("done", 3, 3)


def test_a_backfill_of_a_source_without_sitemaps_ends_and_says_so(store: Store) -> None:
    view, _ = backfill(store)
    assert far(store, view) == ("open", 0, 0)
    store.fills.enlist("paper", now=after(minutes=1))
    ended = store.requests.get(view.id)
    assert ended is not None
    assert (ended.state.value, ended.detail) == ("done", "the source has no sitemap or section page to fill it from")


def test_a_span_is_begun_once_and_ends_when_its_documents_were_read(store: Store) -> None:
    declare(store, ONE, TWO)
    view, fill = backfill(store)
    assert (fill.waiting_count, view.total_count) == (2, 2)
    assert backfill(store, minutes=1) == (view, fill)
    visit(store, ONE, minutes=2)
    assert (newest_fill(store).waiting_count, newest_fill(store).document_count) == (1, 1)
    visit(store, TWO, minutes=3)
    assert newest_fill(store).ended_at == after(minutes=3)


def test_a_source_that_no_crawl_has_met_yet_gets_its_documents_later(store: Store) -> None:
    _, fill = backfill(store)
    assert (fill.waiting_count, fill.ended_at) == (0, None)
    declare(store, ONE)
    store.fills.enlist("paper", now=NOW)
    assert newest_fill(store).waiting_count == 1


def test_documents_that_are_named_no_more_or_keep_failing_hold_nothing_up(store: Store) -> None:
    declare(store, ONE, TWO)
    backfill(store)
    declare(store, ONE)
    store.fills.enlist("paper", now=NOW)
    assert newest_fill(store).waiting_count == 1
    for number in range(MAX_FAILURES):
        assert newest_fill(store).ended_at is None
        visit(store, ONE, minutes=60 * (number + 1), outcome=Outcome.HTTP_ERROR, state=UrlState.FAILING)
    assert newest_fill(store).ended_at is not None


def test_a_gap_of_a_source_without_sitemaps_is_recorded_and_says_so(store: Store) -> None:
    declare(store)
    for minutes, first in ((1, 0), (30, 100)):
        listed = tuple(FeedEntry(f"key{first + n}", after(minutes=first / 10 + n)) for n in range(5))
        visit(store, FEED, minutes=minutes, entries=listed)
    fill = newest_fill(store)
    assert (fill.feed_url, fill.span) == (FEED, Span(after(minutes=4), after(minutes=10)))
    assert fill.ended_at == after(minutes=30)
    assert fill.detail == "the source has no sitemap or section page to fill it from"
