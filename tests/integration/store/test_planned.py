"""What is planned when the clock is set back: it comes when it would have come. Runs on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.fetch import Outcome, UrlKind
from news.index import Filters
from news.triggers import Trigger
from store.service import Store
from store.upkeep import planned
from tests.support.stores import NOW, add_urls, after, fetch_story, make_result, make_story, take, take_urls

FEED = "https://paper.example/feed"
DAY = timedelta(days=1)


def test_due_rows_stay_due_and_others_come_as_much_later_as_before(store: Store) -> None:
    due, later = "https://paper.example/due", "https://paper.example/later"
    add_urls(store, due, at=NOW)
    fetch_story(store, later, make_story(), next_due_at=after(hours=2))
    store.planned.clock_set_back(DAY, now=after(days=-1))
    assert take_urls(store, 2, at=after(days=-1)) == [due]
    assert take_urls(store, 3, at=after(days=-1, hours=1.9)) == [due]  # nobody fetched it meanwhile
    assert later in take_urls(store, 4, at=after(days=-1, hours=2))


def test_all_of_a_large_frontier_comes_nearer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "CHUNK", 3)
    urls = [f"https://paper.example/{n}" for n in range(10)]
    add_urls(store, *urls, at=after(minutes=5))
    store.planned.clock_set_back(DAY, now=after(days=-1))
    assert sorted(take_urls(store, 1, at=after(days=-1, minutes=5))) == sorted(urls)


def test_what_the_index_was_not_told_is_not_held_up(store: Store) -> None:
    fetch_story(store, "https://paper.example/a", make_story())
    assert store.outbox.pending(limit=9, now=after(days=-1)) == []
    store.planned.clock_set_back(DAY, now=after(days=-1))
    assert len(store.outbox.pending(limit=9, now=after(days=-1))) == 1


def test_a_host_rests_as_long_as_it_asked_for_and_no_shorter(store: Store) -> None:
    store.paces.rest("paper.example", after(minutes=10))
    store.paces.rest("other.example", after(days=-1, minutes=-1))  # over before and after
    store.planned.clock_set_back(DAY, now=after(days=-1))
    assert store.paces.get("paper.example").retry_at == after(days=-1, minutes=10)
    assert store.paces.get("other.example").retry_at == after(days=-1, minutes=-1)


def test_slots_come_again_after_a_clock_that_was_far_ahead(store: Store) -> None:
    for hours in (-30, -25, 0):
        store.slots.fire("paper", after(hours=hours), missed_count=0, now=after(hours=hours))
    store.planned.clock_set_back(DAY, now=after(hours=-24))
    assert store.slots.last("paper") == after(hours=-25)


def test_slots_come_once_where_the_clock_was_set_back_by_an_hour(store: Store) -> None:
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    store.planned.clock_set_back(planned.SAME_SLOTS, now=after(hours=-1))
    assert store.slots.last("paper") == NOW


def test_an_interval_that_the_clock_was_set_back_by_is_not_waited_for_twice(store: Store) -> None:
    for hours in (-1.5, -1, -0.5, 0):
        store.slots.fire("paper", after(hours=hours), missed_count=0, now=after(hours=hours))
    store.slots.fire("daily", NOW, missed_count=0, now=NOW)
    store.planned.clock_set_back(planned.SAME_SLOTS, now=after(hours=-1), intervals={"paper": timedelta(minutes=30)})
    assert (store.slots.last("paper"), store.slots.last("daily")) == (after(hours=-1), NOW)
    store.planned.clock_set_back(timedelta(minutes=29), now=after(hours=-1.4), intervals={"paper": timedelta(hours=1)})
    assert store.slots.last("paper") == after(hours=-1)


def test_a_search_that_was_saved_in_the_future_finds_what_comes_from_now_on(store: Store) -> None:
    """And pausing it is noticed, by the moment at which a search was changed last."""
    saved = store.standing_searches.add("storm", "storm", Filters(), now=NOW)
    store.planned.clock_set_back(timedelta(minutes=30), now=after(minutes=-30))
    assert store.standing_searches.get(saved.id).watches_since == after(minutes=-30)
    other = store.standing_searches.add("calm", "calm", Filters(), now=after(minutes=-20))
    store.standing_searches.pause(saved.id, now=after(minutes=-20))
    mark = store.standing_searches.mark()
    store.standing_searches.pause(other.id, now=after(minutes=-10))
    store.standing_searches.resume(saved.id, now=after(minutes=-10))
    assert store.standing_searches.mark() != mark


def test_a_slot_has_a_feed_read_that_was_read_in_the_future(store: Store) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    (row,) = take(store, 1)
    store.saver.save([make_result(row, outcome=Outcome.DISCOVERED, next_due_at=after(days=1))])
    store.planned.clock_set_back(timedelta(hours=2), now=after(hours=-2))
    store.slots.fire("paper", after(hours=-1), missed_count=0, now=after(hours=-1))
    assert take_urls(store, 2, at=after(hours=-1)) == [FEED]


def test_the_clock_has_reached_what_was_recorded_last(store: Store) -> None:
    assert store.planned.reached_at() is None
    store.runs.start("paper", Trigger.SCHEDULE, now=after(days=2))  # by a clock that was ahead then
    store.slots.fire("paper", after(days=3), missed_count=0, now=after(days=3))
    assert store.planned.reached_at() == after(days=3)
    store.planned.clock_set_back(timedelta(days=3), now=NOW)
    assert store.planned.reached_at() == after(days=2)
    store.runs.start("paper", Trigger.SCHEDULE, now=NOW)
    assert store.planned.reached_at() == NOW
