"""What the store learns from the fetches it saves. Runs on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest

from news.fetch import Outcome, UrlKind
from news.revisits.habits import Habits
from news.revisits.hazard import DAY, HOUR
from store.records import FetchResult, NewUrl
from store.service import Store
from tests.support.stores import NOW, add_urls, after, fetch_story, make_result, make_story, row_of, saved_one, take

PAGE = "https://paper.example/world/storm-1"
AMP = "https://paper.example/amp/world/storm-1"
FEED = "https://paper.example/feed.xml"


def unchanged(store: Store, url: str, *, at: datetime) -> FetchResult:
    return make_result(row_of(store, url, at=at), outcome=Outcome.NOT_MODIFIED, status=304, fetched_at=at)


def watched(store: Store) -> list[tuple[float, float]]:
    """Hours watched and edits seen, of the age classes with any."""
    seen = store.revisits.habits("paper").watched
    return [(one.seconds / HOUR, one.edits) for one in seen if one.seconds]


def test_a_new_source_has_taught_nothing(store: Store) -> None:
    assert store.revisits.habits("paper") == Habits()
    fetch_story(store, PAGE, make_story())
    assert store.revisits.habits("paper") == Habits()


def test_visits_add_the_time_they_covered_and_the_edits_they_saw(store: Store) -> None:
    add_urls(store, PAGE)
    fetch_story(store, PAGE, make_story("One"))
    store.saver.save([unchanged(store, PAGE, at=after(hours=1))])
    assert watched(store) == [(1, 0)]
    fetch_story(store, PAGE, make_story("Two"), at=after(hours=3))
    (first, second) = watched(store)
    assert first == pytest.approx((1, 0))
    assert second[0] == pytest.approx(2)
    assert second[1] == pytest.approx(1, abs=0.2)  # one change stands for one edit and a little more
    spending = store.revisits.habits("paper").spending
    assert (spending.started_at, spending.counted_at) == (after(hours=1), after(hours=3))
    assert spending.revisits == pytest.approx(1.92, abs=0.01)


def test_an_article_published_long_before_it_was_met_is_old(store: Store) -> None:
    fetch_story(store, PAGE, make_story(published_at=after(days=-100)))
    store.saver.save([unchanged(store, PAGE, at=after(days=1))])
    seen = store.revisits.habits("paper").watched
    assert seen[-1].seconds == DAY
    assert [one.seconds for one in seen[:-1]] == [0] * (len(seen) - 1)


def test_a_fetch_that_another_run_overtook_teaches_nothing(store: Store) -> None:
    fetch_story(store, PAGE, make_story())
    mine = unchanged(store, PAGE, at=after(hours=1))
    late = make_result(mine.row, outcome=Outcome.NOT_MODIFIED, status=304, fetched_at=after(hours=1), run_id=99)
    assert store.saver.save([late]) == [None]
    assert watched(store) == []


def test_failures_teach_nothing(store: Store) -> None:
    fetch_story(store, PAGE, make_story())
    row = row_of(store, PAGE, at=after(hours=1))
    store.saver.save([make_result(row, outcome=Outcome.TIMEOUT, status=None, fetched_at=after(hours=1))])
    assert watched(store) == []


def test_sources_are_learned_apart(store: Store) -> None:
    fetch_story(store, PAGE, make_story())
    store.saver.save([unchanged(store, PAGE, at=after(hours=1))])
    assert store.revisits.habits("other") == Habits()


def test_what_a_feed_brings_is_counted_from_its_second_poll_on(store: Store) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    for poll, count in enumerate((40, 3, 0)):
        at = after(minutes=10 * poll)
        new = tuple(NewUrl(url=f"{PAGE}{poll}{n}", kind=UrlKind.ARTICLE) for n in range(count))
        row = row_of(store, FEED, at=at)
        store.saver.save([make_result(row, outcome=Outcome.DISCOVERED, fetched_at=at, urls=new)])
    ((feed, arrivals),) = store.revisits.habits("paper").arrivals.items()
    assert feed == str(row.id)
    assert arrivals.count == pytest.approx(3, abs=0.2)
    assert arrivals.seconds == pytest.approx(1200, abs=30)


@pytest.mark.parametrize("outcome", [Outcome.NOT_MODIFIED, Outcome.UNCHANGED])
def test_an_alias_that_answers_unchanged_is_not_followed_again(store: Store, outcome: Outcome) -> None:
    fetch_story(store, PAGE, make_story("Storm"))
    add_urls(store, AMP)
    fetch_story(store, AMP, make_story("Storm | AMP"), at=after(hours=1), canonical_url=PAGE)
    row, at = row_of(store, AMP, at=after(hours=2)), after(hours=2)
    again = make_result(row, outcome=outcome, fetched_at=at, next_due_at=after(hours=3))
    assert saved_one(store.saver.save([again])).outcome is outcome
    view = store.frontier.find(AMP)
    assert view is not None
    assert view.next_due_at is None
    assert watched(store) == []

    main = make_result(row_of(store, PAGE, at=at), outcome=outcome, fetched_at=at, next_due_at=after(hours=3))
    store.saver.save([main])
    view = store.frontier.find(PAGE)
    assert view is not None
    assert view.next_due_at == after(hours=3)
    assert view.discovered_at == NOW


def due_now(store: Store, *, at: datetime) -> list[str]:
    return [row.url.rpartition("-")[2] for row in take(store, 1, at=at)]


def test_revisits_beyond_the_budget_wait_and_those_met_last_go_first(store: Store) -> None:
    for number in range(6):
        at = after(minutes=number)
        add_urls(store, f"{PAGE}-{number}", at=at)
        fetch_story(store, f"{PAGE}-{number}", make_story(str(number)), at=at, next_due_at=after(hours=2))
    add_urls(store, f"{PAGE}-new", at=after(hours=2))
    store.frontier.request(f"{PAGE}-0", source_id="paper", now=after(hours=2))

    assert store.revisits.hold_back("paper", revisits_per_day=13, now=after(hours=2)) == 2
    assert sorted(due_now(store, at=after(hours=2))) == ["0", "3", "4", "5", "new"]
    store.frontier.release(1)
    assert len(due_now(store, at=after(hours=27))) == 7


def test_a_spent_budget_comes_back_with_time(store: Store) -> None:
    fetch_story(store, PAGE, make_story())
    for hour in range(1, 4):
        store.saver.save([unchanged(store, PAGE, at=after(hours=hour))])
    spending = store.revisits.habits("paper").spending
    assert spending.left(after(hours=3), revisits_per_day=20) == 3  # of the first day
    assert spending.left(after(hours=3), revisits_per_day=2) == 0
    assert spending.left(after(days=5), revisits_per_day=2) == 3


def test_within_the_budget_nothing_waits(store: Store) -> None:
    fetch_story(store, PAGE, make_story(), next_due_at=after(hours=1))
    assert store.revisits.hold_back("paper", revisits_per_day=1000, now=after(hours=2)) == 0
    assert len(take(store, 1, at=after(hours=2))) == 1
