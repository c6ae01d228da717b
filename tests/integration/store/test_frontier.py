"""The frontier as the queue of crawls: order, leases, waking. Runs on both databases."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest

from news.fetch import Discovered, Outcome, UrlKind, UrlState
from store.leases.service import LEASE_SECONDS
from store.priorities import Priority
from store.records import FrontierRow, NewUrl
from store.service import Store
from store.sql.statements import CHUNK
from tests.support.stores import NOW, Place, add_urls, after, make_result, make_story, row_of, take, take_urls

PAGE = "https://paper.example/a"


def new_urls(count: int) -> list[NewUrl]:
    return [NewUrl(url=f"https://paper.example/{n}", kind=UrlKind.ARTICLE) for n in range(count)]


def test_a_url_is_added_once_however_it_is_written(store: Store) -> None:
    assert add_urls(store, PAGE, "http://www.paper.example/a/") == 1
    assert add_urls(store, PAGE) == 0
    assert store.counts(now=NOW).urls == 1


def test_more_urls_than_one_statement_takes_are_added(store: Store) -> None:
    many = new_urls(2 * CHUNK + 1)
    assert store.frontier.add(many, source_id="paper", found_on=None, now=NOW) == len(many)
    assert store.counts(now=NOW).due == len(many)


def test_what_was_said_of_a_url_comes_with_its_row(store: Store) -> None:
    found = Discovered(url=PAGE, title="Rain", published_at=after(hours=-1), section="weather")
    store.frontier.add(
        [NewUrl(url=PAGE, kind=UrlKind.ARTICLE, found=found)],
        source_id="paper",
        found_on="https://paper.example/feed",
        now=NOW,
    )
    (row,) = take(store, 1)
    assert (row.title_hint, row.published_hint, row.section_hint) == ("Rain", after(hours=-1), "weather")
    view = store.frontier.find(PAGE)
    assert view is not None
    assert (view.discovered_from, view.state) == ("https://paper.example/feed", UrlState.KNOWN)


def test_rows_are_taken_in_order_of_priority_and_then_of_time(store: Store) -> None:
    add_urls(store, "https://paper.example/late", at=after(minutes=2))
    add_urls(store, "https://paper.example/early")
    add_urls(store, "https://paper.example/feed", kind=UrlKind.FEED, at=after(minutes=3))
    store.frontier.request("https://paper.example/wanted", source_id="paper", now=after(minutes=4))
    taken = take_urls(store, 1, at=after(minutes=5))
    assert [url.rpartition("/")[2] for url in taken] == ["wanted", "feed", "early", "late"]


def test_a_failed_fetch_leaves_a_page_that_was_never_had_where_it_stood(store: Store) -> None:
    for priority, kept in ((Priority.FRESH, Priority.FRESH), (Priority.BACKFILL, Priority.BACKFILL)):
        url = f"https://paper.example/{priority.name}"
        new = NewUrl(url=url, kind=UrlKind.ARTICLE, priority=int(priority))
        store.frontier.add([new], source_id="paper", found_on=None, now=NOW)
        (row,) = [row for row in take(store, 1) if row.url == url]
        failed = {"outcome": Outcome.HTTP_ERROR, "state": UrlState.FAILING, "next_due_at": after(minutes=2)}
        store.saver.save([make_result(row, run_id=1, **failed)])
        other = NewUrl(url="https://paper.example/new", kind=UrlKind.ARTICLE, priority=int(Priority.NEW))
        store.frontier.add([other], source_id="paper", found_on=None, now=after(minutes=-1))
        store.frontier.release(1)
        order = take_urls(store, 1, at=after(minutes=3))
        assert (order.index(url) < order.index(other.url)) is (kept > Priority.NEW)
        store.frontier.release(1)


def test_no_more_rows_are_taken_than_asked_for_and_none_before_its_time(store: Store) -> None:
    store.frontier.add(new_urls(5), source_id="paper", found_on=None, now=NOW)
    assert take(store, 1, at=after(seconds=-1)) == []
    assert len(take(store, 1, limit=3)) == 3
    assert len(take(store, 1, limit=3)) == 2


def test_rows_of_another_source_are_not_taken(store: Store) -> None:
    store.frontier.add(new_urls(1), source_id="other", found_on=None, now=NOW)
    assert take(store, 1) == []


def test_a_leased_row_is_taken_by_nobody_until_the_lease_ends(store: Store) -> None:
    add_urls(store, PAGE)
    assert take_urls(store, 1) == [PAGE]
    assert take(store, 2, at=after(seconds=LEASE_SECONDS - 1)) == []
    assert take_urls(store, 2, at=after(seconds=LEASE_SECONDS)) == [PAGE]


def test_a_renewed_lease_lasts_longer(store: Store) -> None:
    add_urls(store, PAGE)
    take(store, 1)
    store.frontier.renew(1, now=after(seconds=30))
    assert take(store, 2, at=after(seconds=LEASE_SECONDS)) == []
    assert take_urls(store, 2, at=after(seconds=30 + LEASE_SECONDS)) == [PAGE]


def test_released_rows_can_be_taken_at_once(store: Store) -> None:
    store.frontier.add(new_urls(3), source_id="paper", found_on=None, now=NOW)
    take(store, 1)
    assert store.frontier.release(1) == 3
    assert len(take(store, 2)) == 3


def test_two_runs_taking_at_the_same_time_never_get_the_same_row(place: Place) -> None:
    first, second = place.open(), place.open()
    first.frontier.add(new_urls(200), source_id="paper", found_on=None, now=NOW)
    taken: dict[int, list[FrontierRow]] = {1: [], 2: []}
    start = Barrier(2)

    def crawl(store: Store, run_id: int) -> None:
        start.wait(timeout=600)
        while rows := take(store, run_id, limit=7):
            taken[run_id] += rows

    threads = [Thread(target=crawl, args=pair) for pair in ((first, 1), (second, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    ids = [row.id for rows in taken.values() for row in rows]
    assert len(ids) == len(set(ids)) == 200


def test_two_processes_adding_the_same_urls_make_each_known_once(place: Place) -> None:
    stores = [place.open(), place.open()]
    start, known = Barrier(2), []

    def add(store: Store) -> None:
        start.wait(timeout=600)
        known.append(store.frontier.add(new_urls(600), source_id="paper", found_on=None, now=NOW))

    threads = [Thread(target=add, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert sum(known) == 600
    assert stores[0].counts(now=NOW).urls == 600


def test_a_result_of_a_run_that_lost_its_lease_is_not_saved(store: Store) -> None:
    add_urls(store, PAGE)
    (row,) = take(store, 1)
    (again,) = take(store, 2, at=after(minutes=5))
    assert store.saver.save([make_result(row, make_story("Old"), run_id=1, fetched_at=after(minutes=6))]) == [None]
    assert store.counts(now=NOW).articles == 0
    assert store.articles.url_fetches(PAGE) == []
    (saved,) = store.saver.save([make_result(again, make_story("New"), run_id=2, fetched_at=after(minutes=6))])
    assert saved is not None
    assert saved.outcome is Outcome.NEW_ARTICLE


def test_saving_gives_the_lease_back(store: Store) -> None:
    add_urls(store, PAGE)
    (row,) = take(store, 1)
    store.saver.save([make_result(row, run_id=1, next_due_at=after(seconds=5))])
    assert take_urls(store, 2, at=after(seconds=5)) == [PAGE]


@pytest.mark.parametrize(
    ("modified_minutes", "woken"),
    [(-1, False), (30, True), (600, False)],
    ids=["modified before its fetch", "modified since", "modified in the future"],
)
def test_a_newer_lastmod_wakes_a_page_that_waits_for_its_revisit(
    store: Store, modified_minutes: int, woken: bool
) -> None:
    add_urls(store, PAGE)
    store.saver.save([make_result(row_of(store, PAGE), make_story(), next_due_at=after(days=1))])
    found = Discovered(url=PAGE, modified_at=after(minutes=modified_minutes))
    new = NewUrl(url=PAGE, kind=UrlKind.ARTICLE, found=found)
    store.frontier.add([new], source_id="paper", found_on=None, now=after(hours=1))
    assert store.counts(now=after(hours=1)).due == int(woken)


def test_a_newer_lastmod_does_not_cut_a_failing_pages_backoff_short(store: Store) -> None:
    add_urls(store, PAGE)
    store.saver.save([make_result(row_of(store, PAGE), make_story(), next_due_at=after(minutes=1))])
    failed = make_result(
        row_of(store, PAGE, at=after(minutes=1)),
        outcome=Outcome.THROTTLED,
        state=UrlState.FAILING,
        fetched_at=after(minutes=1),
        next_due_at=after(days=1),
    )
    store.saver.save([failed])
    new = NewUrl(url=PAGE, kind=UrlKind.ARTICLE, found=Discovered(url=PAGE, modified_at=after(minutes=30)))
    store.frontier.add([new], source_id="paper", found_on=None, now=after(hours=1))
    assert store.counts(now=after(hours=1)).due == 0


def test_failures_in_a_row_are_counted_and_forgotten_with_a_success(store: Store) -> None:
    add_urls(store, PAGE)
    for count in (1, 2):
        store.saver.save([make_result(row_of(store, PAGE), outcome=Outcome.TIMEOUT, state=UrlState.FAILING)])
        assert row_of(store, PAGE).failure_count == count
    store.saver.save([make_result(row_of(store, PAGE), make_story())])
    assert row_of(store, PAGE).failure_count == 0


def save_state(store: Store, url: str, state: UrlState) -> None:
    add_urls(store, url)
    removed = state is UrlState.GONE  # for good at once, as an archive tells it
    store.saver.save([make_result(row_of(store, url), state=state, next_due_at=None, is_removal=removed)])


def test_make_due_wakes_rows_of_these_kinds_but_not_the_gone(store: Store) -> None:
    for state in (UrlState.FETCHED, UrlState.GONE, UrlState.REFUSED):
        save_state(store, f"https://paper.example/{state}", state)
    add_urls(store, "https://paper.example/feed", kind=UrlKind.FEED)
    take(store, 1)
    assert store.frontier.make_due(source_id="paper", kinds=[UrlKind.ARTICLE], now=after(hours=1)) == 2
    assert store.counts(now=after(hours=1)).due == 3
    woken = {"https://paper.example/fetched", "https://paper.example/refused"}
    assert set(take_urls(store, 3, at=after(hours=1))[1:]) == woken


def test_make_due_leaves_what_documents_led_to_to_its_own_time(store: Store) -> None:
    asked_again = {"index": (0, UrlState.FETCHED), "failed": (1, UrlState.FAILING), "refused": (1, UrlState.REFUSED)}
    for name, (depth, state) in {**asked_again, "month": (1, UrlState.FETCHED)}.items():
        new = NewUrl(url=f"https://paper.example/{name}.xml", kind=UrlKind.SITEMAP, depth=depth)
        store.frontier.add([new], source_id="paper", found_on=None, now=NOW)
        store.saver.save([make_result(row_of(store, new.url), state=state, next_due_at=after(days=1))])
    store.frontier.make_due(source_id="paper", kinds=[UrlKind.SITEMAP], now=NOW)
    assert set(take_urls(store, 1)) == {f"https://paper.example/{name}.xml" for name in asked_again}


def test_a_request_wakes_even_a_page_that_is_gone_and_makes_an_unknown_one_known(store: Store) -> None:
    save_state(store, PAGE, UrlState.GONE)
    store.frontier.request(PAGE, source_id="paper", now=NOW)
    store.frontier.request("https://paper.example/b", source_id="paper", now=NOW)
    assert take_urls(store, 1) == [PAGE, "https://paper.example/b"]


def test_make_recent_due_wakes_what_was_met_or_changed_since(store: Store) -> None:
    for url, age_days in ((PAGE, 30), ("https://paper.example/b", 1)):
        add_urls(store, url, at=after(days=-age_days))
        fetched = make_result(row_of(store, url), make_story(url), fetched_at=after(days=-age_days))
        store.saver.save([fetched, make_result(fetched.row, make_story(url), next_due_at=after(days=9))])
    assert store.frontier.make_recent_due(source_id="paper", since=after(days=-2), now=NOW) == 1
    assert take_urls(store, 1) == ["https://paper.example/b"]


def test_priorities_are_all_looked_through(store: Store) -> None:
    for priority in Priority:
        url = f"https://paper.example/{priority.name}"
        store.frontier.add(
            [NewUrl(url=url, kind=UrlKind.ARTICLE, priority=int(priority))],
            source_id="paper",
            found_on=None,
            now=NOW,
        )
    assert len(take(store, 1)) == len(Priority)


def test_documents_a_source_names_no_more_are_dropped_until_it_names_them_again(store: Store) -> None:
    feed, sitemap = "https://paper.example/feed", "https://paper.example/map"
    kinds = {feed: UrlKind.FEED, sitemap: UrlKind.SITEMAP}

    def declare(*urls: str, **kinds_of: Any) -> None:
        store.frontier.declare(
            [NewUrl(url=each, kind=kinds[each]) for each in urls], source_id="paper", now=NOW, **kinds_of
        )

    declare(feed, sitemap)
    store.frontier.add([NewUrl(url=PAGE, kind=UrlKind.ARTICLE)], source_id="paper", found_on=feed, now=NOW)
    declare(sitemap)
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    store.frontier.make_due(source_id="paper", kinds=list(UrlKind), now=NOW)
    assert sorted(take_urls(store, 1)) == sorted([sitemap, PAGE])
    store.frontier.release(1)

    declare(feed, kinds=[UrlKind.FEED])
    assert sorted(take_urls(store, 1)) == sorted([feed, sitemap, PAGE])


def test_documents_that_a_source_names_are_taken_beside_what_waits_before_them(store: Store) -> None:
    feed, nested = "https://paper.example/feed.xml", "https://paper.example/sitemap-7.xml"
    documents = [NewUrl(url=feed, kind=UrlKind.FEED), NewUrl(url=nested, kind=UrlKind.SITEMAP, depth=1)]
    store.frontier.add([*documents, *new_urls(3)], source_id="paper", found_on=None, now=NOW)
    store.frontier.request(PAGE, source_id="paper", now=NOW)
    named = store.frontier.take_named("paper", 1, limit=8, now=NOW)
    assert [row.url for row in named] == [feed]
    assert named[0].is_named_document
    assert store.frontier.take_named("paper", 1, limit=8, now=NOW) == [], "it is leased"
    later = after(seconds=LEASE_SECONDS + 1)
    assert [row.url for row in store.frontier.take_named("paper", 2, limit=8, now=later)] == [feed]
    assert store.frontier.take_named("other", 2, limit=8, now=later) == []
