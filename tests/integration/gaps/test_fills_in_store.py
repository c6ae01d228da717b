"""Fills in the record: when they begin, what they wait for and when they end. Runs on both databases."""

from __future__ import annotations

from datetime import timedelta

from news.fetch import Outcome, UrlKind, UrlState
from news.fills import Fill
from news.gaps import FeedEntry, Span
from store.fills import MAX_FAILURES
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, after, make_result

SPAN = Span(NOW - timedelta(days=90), NOW - timedelta(days=60))
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
    fills = tuple(fill.id for fill in store.fills.of_document(rows[url].id))
    values = {"outcome": Outcome.DISCOVERED, "fills": fills, **fields}
    store.saver.save([make_result(rows[url], fetched_at=at, **values)])


def only_fill(store: Store) -> Fill:
    (fill,) = store.fills.recent("paper", limit=10)
    return fill


def test_a_span_is_begun_once_and_ends_when_its_documents_were_read(store: Store) -> None:
    declare(store, ONE, TWO)
    fill, is_new = store.fills.begin("paper", SPAN, now=NOW)
    assert (is_new, fill.waiting_count) == (True, 2)
    assert store.fills.begin("paper", SPAN, now=after(minutes=1)) == (fill, False)
    visit(store, ONE, minutes=2)
    assert (only_fill(store).waiting_count, only_fill(store).document_count) == (1, 1)
    visit(store, TWO, minutes=3)
    assert only_fill(store).ended_at == after(minutes=3)


def test_a_source_that_no_crawl_has_met_yet_gets_its_documents_later(store: Store) -> None:
    fill, _ = store.fills.begin("paper", SPAN, now=NOW)
    assert (fill.waiting_count, fill.ended_at) == (0, None)
    declare(store, ONE)
    store.fills.enlist("paper", now=NOW)
    assert only_fill(store).waiting_count == 1


def test_documents_that_are_named_no_more_or_keep_failing_hold_nothing_up(store: Store) -> None:
    declare(store, ONE, TWO)
    store.fills.begin("paper", SPAN, now=NOW)
    declare(store, ONE)
    store.fills.enlist("paper", now=NOW)
    assert only_fill(store).waiting_count == 1
    for number in range(MAX_FAILURES):
        assert only_fill(store).ended_at is None
        visit(store, ONE, minutes=60 * (number + 1), outcome=Outcome.HTTP_ERROR, state=UrlState.FAILING)
    assert only_fill(store).ended_at is not None


def test_a_gap_of_a_source_without_sitemaps_is_recorded_and_says_so(store: Store) -> None:
    declare(store)
    for minutes, first in ((1, 0), (30, 100)):
        listed = tuple(FeedEntry(f"key{first + n}", after(minutes=first / 10 + n)) for n in range(5))
        visit(store, FEED, minutes=minutes, listed=listed)
    fill = only_fill(store)
    assert (fill.feed_url, fill.span) == (FEED, Span(after(minutes=4), after(minutes=10)))
    assert fill.ended_at == after(minutes=30)
    assert fill.detail == "the source has no sitemap or section page to fill it from"
