"""What is held of what a source named. Runs on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from news.completeness import Missing
from news.fetch import Discovered, Outcome, UrlKind, UrlState
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, add_urls, after, fetch_story, make_result, make_story, take

PAGE = "https://paper.example/"
TODAY = NOW.astimezone(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)


def name(store: Store, *addresses: str, at: datetime | None = None, title: str | None = None) -> None:
    """Have a feed name articles, dated if `at` is given."""
    found = [Discovered(url=PAGE + each, title=title, published_at=at) for each in addresses]
    new = [NewUrl(url=each.url, kind=UrlKind.ARTICLE, found=each) for each in found]
    store.frontier.add(new, source_id="paper", found_on=PAGE + "feed", now=NOW)


def ended(store: Store, address: str, outcome: Outcome, state: UrlState, **fields: Any) -> None:
    row = store.frontier.row_at(PAGE + address)
    assert row is not None
    store.saver.save([make_result(row, outcome=outcome, state=state, **fields)])


def test_what_became_of_every_article_that_was_named(store: Store) -> None:
    name(store, "waiting", "failing", "refused", "gone", "video", at=NOW, title="As it was called")
    fetch_story(store, PAGE + "held", make_story("Held", published_at=NOW))
    ended(store, "failing", Outcome.TIMEOUT, UrlState.FAILING, detail="no answer", next_due_at=after(minutes=5))
    ended(store, "refused", Outcome.ROBOTS_REFUSED, UrlState.REFUSED)
    ended(store, "gone", Outcome.GONE, UrlState.FAILING, status=404)
    ended(store, "video", Outcome.NOT_ARTICLE, UrlState.FETCHED)
    found = store.completeness.of("paper", first=YESTERDAY, last=TODAY, limit=10)
    before, day = found.days
    assert (before.day, before.held, before.missing, before.no_article) == (YESTERDAY, 0, 0, 0)
    assert (day.held, day.waiting, day.failing, day.refused, day.gone, day.no_article) == (1, 1, 1, 1, 1, 1)
    assert {(each.url.removeprefix(PAGE), each.why) for each in found.missing_articles} == {
        (why.value, why) for why in Missing
    }
    failing = next(each for each in found.missing_articles if each.why is Missing.FAILING)
    assert (failing.title, failing.outcome, failing.detail) == ("As it was called", "timeout", "no answer")
    assert (failing.discovered_from, failing.next_due_at) == (PAGE + "feed", after(minutes=5))


def test_an_article_belongs_to_the_day_it_is_dated_or_else_to_that_on_which_it_was_found(store: Store) -> None:
    name(store, "dated", at=NOW - timedelta(days=1))
    name(store, "undated")
    fetch_story(store, PAGE + "old", make_story("Old", published_at=NOW - timedelta(days=1)))
    fetch_story(store, PAGE + "plain", make_story("Plain", "Another text of a page without a date."))
    found = store.completeness.of("paper", first=YESTERDAY, last=TODAY, limit=10)
    assert [(each.held, each.waiting) for each in found.days] == [(1, 1), (1, 1)]
    assert [each.url.removeprefix(PAGE) for each in found.missing_articles] == ["undated", "dated"]  # newest first
    only = store.completeness.of("paper", first=YESTERDAY, last=YESTERDAY, limit=0)
    assert ([(each.held, each.waiting) for each in only.days], list(only.missing_articles)) == ([(1, 1)], [])


def test_the_days_begin_at_midnight_utc(store: Store) -> None:
    midnight = datetime(2026, 3, 1, tzinfo=UTC)
    name(store, "last", at=midnight - timedelta(microseconds=1))
    name(store, "first", at=midnight)
    (day,) = store.completeness.of("paper", first=midnight.date(), last=midnight.date(), limit=0).days
    assert day.waiting == 1


def test_an_article_under_two_addresses_is_one_and_one_that_was_removed_is_held(store: Store) -> None:
    story = make_story("Held", "A text long enough to be told from others.", published_at=NOW)
    fetch_story(store, PAGE + "held", story)
    fetch_story(store, PAGE + "other", story, canonical_url=PAGE + "held", redirected_to=PAGE + "held")
    ended(store, "held", Outcome.GONE, UrlState.GONE, status=410, is_removal=True)
    (day,) = store.completeness.of("paper", first=TODAY, last=TODAY, limit=10).days
    assert (day.held, day.missing) == (1, 0)


def test_what_was_forgotten_and_what_other_sources_and_documents_are_is_left_out(store: Store) -> None:
    name(store, "forgotten", at=NOW)
    ended(store, "forgotten", Outcome.FORGOTTEN, UrlState.REFUSED)
    add_urls(store, PAGE + "feed", kind=UrlKind.FEED)
    store.frontier.add(
        [NewUrl(url="https://other.example/a", kind=UrlKind.ARTICLE)], source_id="other", found_on=None, now=NOW
    )
    found = store.completeness.of("paper", first=TODAY, last=TODAY, limit=10)
    assert (found.held, found.missing, list(found.missing_articles)) == (0, 0, [])
    assert [row.url for row in take(store, 1, source_id="other")] == ["https://other.example/a"]
