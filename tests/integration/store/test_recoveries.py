"""What a site that did not answer put off is due when it answers again. Runs on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from news.fetch import Outcome, UrlKind, UrlState
from store.service import Store
from tests.support.stores import add_urls, after, make_result, row_of, take_urls

FEED = "https://paper.example/feed"
PAGE = "https://paper.example/a"
IN_A_DAY = after(days=1)


def save(store: Store, address: str, outcome: Outcome, *, minutes: float, failures: int = 0, **fields: Any) -> None:
    """Save a fetch of this address, made after so many minutes and failures; one without content fails."""
    row = replace(row_of(store, address, at=after(minutes=minutes)), failure_count=failures)
    is_had = outcome in {Outcome.DISCOVERED, Outcome.NOT_MODIFIED}
    state = UrlState.FETCHED if is_had else UrlState.FAILING
    values = {"outcome": outcome, "state": state, "next_due_at": None if is_had else IN_A_DAY, **fields}
    store.saver.save([make_result(row, fetched_at=after(minutes=minutes), **values)])


def due_after_an_hour(store: Store, outcome: Outcome, *, failures: int = 4, **fields: Any) -> list[str]:
    """What is due when a feed is had again that was had an hour before, of a page that fails like this."""
    add_urls(store, FEED, kind=UrlKind.FEED)
    add_urls(store, PAGE)
    save(store, FEED, Outcome.DISCOVERED, minutes=0)
    save(store, PAGE, outcome, minutes=50, failures=failures, **fields)
    save(store, FEED, outcome, minutes=50, failures=failures, **fields)
    assert take_urls(store, 2, at=after(minutes=59)) == []
    save(store, FEED, Outcome.NOT_MODIFIED, minutes=60, failures=failures + 1)
    return take_urls(store, 3, at=after(minutes=60))


@pytest.mark.parametrize(
    "outcome", [Outcome.DNS_FAILED, Outcome.CONNECTION_FAILED, Outcome.TIMEOUT, Outcome.ROBOTS_DEFERRED]
)
def test_a_page_that_failed_while_nothing_answered_is_due_when_the_feed_does(store: Store, outcome: Outcome) -> None:
    assert due_after_an_hour(store, outcome, status=None) == [PAGE]


def test_an_error_of_the_server_counts_and_a_page_s_own_does_not(store: Store) -> None:
    assert due_after_an_hour(store, Outcome.HTTP_ERROR, status=403) == []
    save(store, PAGE, Outcome.HTTP_ERROR, minutes=61, status=503)
    save(store, FEED, Outcome.HTTP_ERROR, minutes=61, status=503)
    save(store, FEED, Outcome.DISCOVERED, minutes=62, failures=1)
    assert take_urls(store, 4, at=after(minutes=62)) == [PAGE]


def test_a_page_that_failed_before_its_site_did_keeps_its_backoff(store: Store) -> None:
    assert due_after_an_hour(store, Outcome.TIMEOUT, failures=5, status=None) == []


def test_a_feed_that_never_failed_wakes_nothing(store: Store) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    add_urls(store, PAGE)
    save(store, PAGE, Outcome.TIMEOUT, minutes=1, status=None)
    save(store, FEED, Outcome.DISCOVERED, minutes=2)
    assert take_urls(store, 2, at=after(minutes=3)) == []
