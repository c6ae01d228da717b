"""When what brought no content is asked for again, and when it is taken for gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.fetch import Outcome, UrlKind, UrlState
from news.removal import is_outage
from news.revisits.due import after_failure

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def waits(
    outcome: Outcome, count: int, *, kind: UrlKind = UrlKind.ARTICLE, retry_at: datetime | None = None
) -> tuple[UrlState, timedelta | None]:
    state, due_at = after_failure(outcome=outcome, kind=kind, failure_count=count, now=NOW, retry_at=retry_at)
    return state, due_at - NOW if due_at else None


def test_a_page_is_gone_at_the_third_answer_half_a_day_apart() -> None:
    half_a_day = timedelta(hours=12)
    assert waits(Outcome.GONE, 1) == waits(Outcome.GONE, 2) == (UrlState.FAILING, half_a_day)
    assert waits(Outcome.GONE, 3) == (UrlState.GONE, None)
    assert waits(Outcome.GONE, 3, kind=UrlKind.FEED) == (UrlState.FAILING, timedelta(minutes=8))


def test_news_that_its_server_does_not_have_yet_is_asked_for_again_within_minutes() -> None:
    """A feed may name a story before every server of the site has it."""
    found = [
        after_failure(
            outcome=Outcome.GONE, kind=UrlKind.ARTICLE, failure_count=count, now=NOW, retry_at=None, is_news=True
        )
        for count in (1, 2, 3, 99)
    ]
    minutes = timedelta(minutes=1)
    waited = [2 * minutes, 4 * minutes, 8 * minutes, timedelta(hours=12)]
    assert found == [(UrlState.FAILING, NOW + wait) for wait in waited]


def test_failures_wait_twice_as_long_each_time_and_a_day_at_most() -> None:
    found = [waits(Outcome.HTTP_ERROR, count)[1] for count in (1, 2, 3, 11, 500)]
    minutes = timedelta(minutes=1)
    assert found == [2 * minutes, 4 * minutes, 8 * minutes, timedelta(days=1), timedelta(days=1)]


def test_a_retry_after_makes_a_wait_longer_and_never_shorter() -> None:
    in_an_hour = NOW + timedelta(hours=1)
    assert waits(Outcome.THROTTLED, 1, retry_at=in_an_hour) == (UrlState.FAILING, timedelta(hours=1))
    assert waits(Outcome.THROTTLED, 9, retry_at=in_an_hour) == (UrlState.FAILING, timedelta(minutes=512))


@pytest.mark.parametrize(
    ("outcome", "wait"),
    [
        (Outcome.ROBOTS_REFUSED, timedelta(days=7)),
        (Outcome.TOO_LARGE, timedelta(days=7)),
        (Outcome.BLOCKED_SCHEME, None),
    ],
)
def test_what_is_refused_is_seldom_looked_at_or_never(outcome: Outcome, wait: timedelta | None) -> None:
    assert waits(outcome, 1) == (UrlState.REFUSED, wait)


def test_a_document_that_robots_txt_forbids_is_due_when_that_is_read_again() -> None:
    assert waits(Outcome.ROBOTS_REFUSED, 9, kind=UrlKind.FEED) == (UrlState.REFUSED, timedelta(days=1))
    assert waits(Outcome.TOO_LARGE, 1, kind=UrlKind.FEED) == (UrlState.REFUSED, timedelta(days=7))


@pytest.mark.parametrize(("gone", "answered", "told"), [(2, 0, False), (3, 0, True), (3, 3, False), (40, 39, True)])
def test_a_site_whose_pages_are_gone_but_for_fewer_is_out_of_order(gone: int, answered: int, told: bool) -> None:
    assert is_outage(gone_count=gone, answered_count=answered) is told


def test_a_page_that_redirects_out_of_its_source_is_looked_at_again_for_days_and_then_left() -> None:
    """A site under repair, or behind another's front for an hour, sends its readers elsewhere and comes back."""
    found = [waits(Outcome.OUT_OF_SCOPE, count) for count in range(1, 10)]
    hour = timedelta(hours=1)
    assert found[:3] == [(UrlState.REFUSED, hour), (UrlState.REFUSED, 2 * hour), (UrlState.REFUSED, 4 * hour)]
    assert found[7:] == [(UrlState.REFUSED, None)] * 2
    assert timedelta(days=5) < sum((wait for _, wait in found if wait), timedelta()) < timedelta(days=6)


def test_a_feed_that_leads_elsewhere_fails_and_is_asked_again() -> None:
    assert waits(Outcome.OUT_OF_SCOPE, 1, kind=UrlKind.FEED) == (UrlState.FAILING, timedelta(minutes=2))
