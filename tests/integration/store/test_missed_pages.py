"""The page behind one that brought mostly unknown articles is read, known or not. Runs on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.fetch import Outcome, UrlKind
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, make_result, saved_one, take, take_urls

SECTION, SECOND = "https://paper.example/world", "https://paper.example/world?page=2"


def listed(count: int, *, first: int = 0) -> tuple[NewUrl, ...]:
    return tuple(
        NewUrl(url=f"https://paper.example/story-{number}", kind=UrlKind.ARTICLE)
        for number in range(first, first + count)
    )


def page(url: str, *, depth: int = 0) -> NewUrl:
    return NewUrl(url=url, kind=UrlKind.SECTION, depth=depth)


def look(store: Store, urls: tuple[NewUrl, ...], *, hours: int) -> list[str]:
    """What is due of the section's pages once a look at the first of them named these URLs; all of it is then read."""
    now = NOW + timedelta(hours=hours)
    store.frontier.add([page(SECTION)], source_id="paper", found_on=None, now=now)
    store.frontier.request(SECTION, source_id="paper", now=now)
    row = next(row for row in take(store, hours, at=now) if row.url == SECTION)
    named = {"urls": urls, "missed_page": page(SECOND, depth=1)}
    saved_one(store.saver.save([make_result(row, run_id=hours, fetched_at=now, outcome=Outcome.DISCOVERED, **named)]))
    store.frontier.release(hours)
    later = now + timedelta(minutes=1)
    due = [each for each in take(store, hours, at=later) if each.kind is UrlKind.SECTION]
    done = [make_result(each, run_id=hours, fetched_at=later, outcome=Outcome.DISCOVERED) for each in due]
    store.saver.save(done)
    store.frontier.release(hours)
    return [each.url for each in due]


def test_a_page_of_mostly_unknown_articles_makes_the_next_one_due_each_time(store: Store) -> None:
    assert look(store, listed(10), hours=1) == [SECOND]
    assert look(store, listed(10), hours=2) == []
    assert look(store, listed(10, first=4), hours=3) == []  # four of ten are unknown
    assert look(store, listed(10, first=9), hours=4) == [SECOND]  # five are, and the page was read before


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_page_of_hardly_any_articles_says_nothing(store: Store, count: int) -> None:
    assert look(store, listed(count), hours=1) == []


def test_an_address_known_as_something_else_is_left_alone(store: Store) -> None:
    story = NewUrl(url=SECOND, kind=UrlKind.ARTICLE)
    store.frontier.add([story], source_id="paper", found_on=None, now=NOW)
    row = next(row for row in take(store, 9) if row.url == SECOND)
    store.saver.save([make_result(row, run_id=9, outcome=Outcome.NOT_ARTICLE)])
    assert look(store, listed(10), hours=1) == []
    assert SECOND not in take_urls(store, 8, at=NOW + timedelta(hours=2))
