"""Pages lost all at once: the site is broken, they are asked again soon and nothing is evidence. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.fetch import Outcome, UrlState
from news.removal import MANY_LOST
from news.revisits.due import GONE_INTERVAL
from store.service import Store
from store.views import UrlView
from tests.support.stores import after, fetch_gone, fetch_story, make_result, make_story, row_of, take_urls

PAGES = [f"https://paper.example/{number}" for number in range(12)]


@pytest.fixture
def read(store: Store) -> Store:
    """A store with pages that were read once."""
    for url in PAGES:
        fetch_story(store, url, make_story(url, f"Text of {url}.", url=url), next_due_at=after(days=9))
    return store


def lose(store: Store, *urls: str, minutes: float, status: int = 404) -> None:
    """These answer that they are gone, a second apart."""
    for number, url in enumerate(urls):
        at = after(minutes=minutes) + timedelta(seconds=number)
        fetch_gone(store, url, at=at, status=status)


def find(store: Store, *urls: str, minutes: float) -> None:
    """These answer as they did before."""
    for url in urls:
        at = after(minutes=minutes)
        same = make_result(
            row_of(store, url, at=at), fetched_at=at, outcome=Outcome.NOT_MODIFIED, next_due_at=after(days=9)
        )
        store.saver.save([same])


def seen(store: Store, url: str) -> UrlView:
    found = store.frontier.find(url)
    assert found is not None
    return found


def signs(store: Store, *, minutes: float) -> int:
    """How many lost pages the source's troubles are judged by."""
    return store.overview.signs(["paper"], now=after(minutes=minutes))["paper"].lost_pages


def test_pages_lost_together_are_an_error_of_the_site_and_looked_at_within_minutes(read: Store) -> None:
    lose(read, *PAGES[: MANY_LOST - 1], minutes=60)
    assert seen(read, PAGES[0]).last_outcome is Outcome.GONE
    assert signs(read, minutes=61) == 0
    lose(read, PAGES[MANY_LOST], minutes=61)
    broken = seen(read, PAGES[MANY_LOST])
    assert (broken.state, broken.last_outcome) == (UrlState.FAILING, Outcome.HTTP_ERROR)
    assert "4 others" in broken.last_detail
    assert broken.next_due_at is not None
    assert broken.next_due_at <= after(minutes=65)
    assert signs(read, minutes=62) == MANY_LOST


def test_so_are_those_that_one_transaction_saves(read: Store) -> None:
    gone = {"outcome": Outcome.GONE, "status": 404, "detail": "status 404", "state": UrlState.FAILING}
    rows = [row_of(read, url, at=after(minutes=60)) for url in PAGES]
    read.saver.save([make_result(row, fetched_at=after(minutes=60), **gone) for row in rows])
    outcomes = [seen(read, url).last_outcome for url in PAGES]
    assert outcomes == [Outcome.GONE] * (MANY_LOST - 1) + [Outcome.HTTP_ERROR] * (len(PAGES) - MANY_LOST + 1)


def test_only_a_few_of_them_are_looked_at_until_one_answers_and_then_all(read: Store) -> None:
    lose(read, *PAGES, minutes=60)
    soon = [url for url in PAGES if (at := seen(read, url).next_due_at) and at < after(minutes=120)]
    assert 1 <= len(soon) <= MANY_LOST
    find(read, soon[0], minutes=80)
    assert set(take_urls(read, 2, at=after(minutes=80))) == set(PAGES) - {soon[0]}


def test_after_a_short_outage_they_wait_for_minutes_not_hours(read: Store) -> None:
    lose(read, *PAGES, minutes=60)
    find(read, PAGES[-1], minutes=62)
    assert set(take_urls(read, 2, at=after(minutes=64))) < set(PAGES[:-1])
    read.frontier.release(2)
    assert set(take_urls(read, 3, at=after(minutes=66))) == set(PAGES[:-1])


def test_what_was_lost_with_many_confirms_no_removal(read: Store) -> None:
    lose(read, *PAGES, minutes=0)
    last = PAGES[-1]
    find(read, *PAGES[:-1], minutes=20)
    for looks in range(1, 3):  # gone by itself: the answer of the outage is none of the three that count
        lose(read, last, minutes=GONE_INTERVAL.total_seconds() / 60 * looks)
        find(read, *PAGES[:-1], minutes=GONE_INTERVAL.total_seconds() / 60 * looks + 1)
    assert read.counts(now=after(days=2)).removed == 0
    lose(read, last, minutes=GONE_INTERVAL.total_seconds() / 60 * 3)
    assert read.counts(now=after(days=2)).removed == 1


def test_removals_among_answers_are_no_outage(read: Store) -> None:
    for number, url in enumerate(PAGES[:6]):
        lose(read, url, minutes=number * 10)
        find(read, *PAGES[6:8], minutes=number * 10 + 1)
        find(read, PAGES[8 + number % 4], minutes=number * 10 + 2)
    assert {seen(read, url).last_outcome for url in PAGES[:6]} == {Outcome.GONE}
    assert signs(read, minutes=70) == 0


def test_the_trouble_is_over_when_others_answer(read: Store) -> None:
    lose(read, *PAGES[:6], minutes=60)
    assert signs(read, minutes=61) == 6
    find(read, *PAGES[6:11], minutes=62)
    assert signs(read, minutes=63) == 0


def test_news_that_was_never_read_keeps_its_quick_pace(read: Store) -> None:
    lose(read, *PAGES, minutes=60)
    new = "https://paper.example/new"
    due = {"outcome": Outcome.GONE, "status": 404, "state": UrlState.FAILING, "next_due_at": after(minutes=63)}
    read.saver.save([make_result(row_of(read, new, at=after(minutes=61)), fetched_at=after(minutes=61), **due)])
    assert seen(read, new).next_due_at == after(minutes=63)


def test_dead_links_that_were_never_read_say_nothing(store: Store) -> None:
    lose(store, *PAGES, minutes=1)
    assert {seen(store, url).last_outcome for url in PAGES} == {Outcome.GONE}
    assert signs(store, minutes=2) == 0
