"""Slots fire once, pauses last, and only sources with work are due. Runs on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from news.fetch import Outcome, UrlKind, UrlState
from news.triggers import Trigger
from store.crawls.pauses import EVERYTHING
from store.service import Store
from tests.support.stores import NOW, Place, add_urls, after, fetch_story, make_result, make_story, take, take_urls

FEED = "https://paper.example/feed"


def rest_feed(store: Store, state: UrlState = UrlState.FETCHED) -> None:
    """The feed known, fetched and due in a day."""
    add_urls(store, FEED, kind=UrlKind.FEED)
    (row,) = take(store, 1)
    store.saver.save([make_result(row, outcome=Outcome.DISCOVERED, state=state, next_due_at=after(days=1))])


def test_a_slot_makes_the_feed_due_and_fires_once(store: Store) -> None:
    rest_feed(store)
    assert store.slots.last("paper") is None
    fired = store.slots.fire("paper", NOW, missed_count=2, now=after(minutes=1))
    assert fired is not None
    assert (fired.missed_count, fired.skipped) == (2, None)
    assert take_urls(store, 2, at=after(minutes=2)) == [FEED]
    assert store.slots.fire("paper", NOW, missed_count=0, now=after(minutes=3)) is None
    assert store.slots.last("paper") == NOW


def test_what_was_read_seconds_before_a_slot_is_not_read_again_for_it(store: Store) -> None:
    rest_feed(store)  # as somebody asked for
    fired = store.slots.fire("paper", NOW, missed_count=0, now=after(seconds=3))
    assert fired is not None
    assert fired.skipped is None
    assert take_urls(store, 2, at=after(seconds=3)) == []
    assert store.slots.fire("paper", after(minutes=10), missed_count=0, now=after(minutes=10)) is not None
    assert take_urls(store, 2, at=after(minutes=10)) == [FEED]


def test_a_slot_fires_once_however_many_processes_try(place: Place) -> None:
    stores = [place.open() for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        fired = list(threads.map(lambda store: store.slots.fire("paper", NOW, missed_count=0, now=NOW), stores))
    assert sum(view is not None for view in fired) == 1


def test_a_slot_during_a_long_crawl_of_its_source_is_answered_by_that_crawl(store: Store) -> None:
    rest_feed(store)
    run_id = store.runs.start("paper", Trigger.SCHEDULE, now=NOW)
    fired = store.slots.fire("paper", after(minutes=10), missed_count=0, now=after(minutes=10))
    assert fired is not None
    assert fired.skipped == f"run {run_id} was still under way"
    assert not store.slots.claim("paper", run_id + 1)  # no other crawl is owed to it
    assert take_urls(store, run_id, at=after(minutes=10)) == [FEED]


def test_a_run_answers_the_open_slots_of_its_source(store: Store) -> None:
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    assert store.slots.claim("paper", 7)
    assert not store.slots.claim("paper", 8)
    (slot,) = store.slots.recent("paper", limit=5)
    assert slot.run_id == 7


def test_a_refused_document_is_not_woken_by_a_slot(store: Store) -> None:
    rest_feed(store, UrlState.REFUSED)
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    assert take_urls(store, 2) == []


def test_only_sources_with_work_are_due_and_say_why(store: Store) -> None:
    assert store.activity.sources_due([], only_asked=[], now=NOW) == {}
    add_urls(store, "https://paper.example/a")
    assert store.activity.sources_due(["paper", "other"], only_asked=[], now=NOW) == {"paper": "revisit"}
    assert store.activity.sources_due(["other"], only_asked=["paper"], now=NOW) == {}
    take(store, 1)
    assert store.activity.sources_due(["paper"], only_asked=[], now=NOW) == {}
    store.frontier.release(1)
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    store.slots.fire("other", NOW, missed_count=0, now=NOW)
    due = store.activity.sources_due(["paper", "other"], only_asked=[], now=NOW)
    assert due == {"paper": "schedule", "other": "schedule"}
    store.slots.claim("other", 1)
    store.frontier.request("https://paper.example/a", source_id="paper", now=NOW)
    assert store.activity.sources_due(["other"], only_asked=["paper"], now=NOW) == {"paper": "request"}


def test_pauses_stand_until_they_are_ended(place: Place) -> None:
    store = place.open()
    store.pauses.pause("paper", now=NOW)
    store.pauses.pause("paper", now=after(minutes=1))
    store.pauses.pause(EVERYTHING, now=after(minutes=2))
    assert place.open().pauses.all() == {"paper": NOW, EVERYTHING: after(minutes=2)}
    assert store.pauses.resume(EVERYTHING)
    assert store.pauses.all() == {}
    assert not store.pauses.resume("paper")


def test_days_are_counted_by_source(store: Store) -> None:
    for number, days in enumerate((0, 0, -1, -40)):
        url = f"https://paper.example/story-{number}"
        fetch_story(store, url, make_story(f"Story {number}", f"Paragraph {number}."), at=after(days=days))
    assert store.activity.daily_counts(days=3, now=NOW) == {"paper": [0, 1, 2]}


def test_failures_say_why(store: Store) -> None:
    add_urls(store, "https://paper.example/a")
    (row,) = take(store, 1)
    store.saver.save(
        [make_result(row, outcome=Outcome.TIMEOUT, detail="no answer in 30 s", state=UrlState.FAILING, next_due_at=NOW)]
    )
    (failure,) = store.activity.failures(limit=5)
    assert (failure.url, failure.outcome, failure.detail, failure.failure_count) == (
        "https://paper.example/a",
        "timeout",
        "no answer in 30 s",
        1,
    )
    assert store.activity.failures(source_ids=["other"], limit=5) == []
