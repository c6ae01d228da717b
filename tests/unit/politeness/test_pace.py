"""A host's delay follows how it answers, between the source's bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from twisted.internet.error import ConnectionRefusedError, NoRouteError

from crawler.fetching.outcomes import says_nothing_of_pace
from crawler.politeness.pace import PaceBounds, next_delay_seconds

BOUNDS = PaceBounds(least_seconds=1.0, most_seconds=60.0, concurrency=2)


def after(delay: float, *answers: int | None, latency: float = 0.1) -> float:
    for status in answers:
        delay = next_delay_seconds(delay, status=status, latency_seconds=latency, bounds=BOUNDS)
    return delay


def test_trouble_doubles_the_delay_up_to_its_bound() -> None:
    assert after(1.0, 503) == 2.0
    assert after(1.0, 429, 500, None) == 8.0
    assert after(1.0, *[503] * 20) == 60.0


def test_good_answers_take_a_wide_delay_back_slowly() -> None:
    assert 7.0 < after(8.0, 200) < 8.0
    assert after(8.0, *[200] * 100) < 1.01


def test_a_site_that_is_back_from_an_outage_is_asked_at_its_pace_within_five_minutes() -> None:
    delay, passed = after(1.0, *[503] * 20), 0.0
    while delay > 2:
        passed += delay
        delay = after(delay, 200)
    assert passed < 300


def test_a_slow_host_is_asked_as_fast_as_it_answers() -> None:
    assert abs(after(1.0, *[200] * 50, latency=10.0) - 5.0) < 0.01  # two at a time, ten seconds each


def test_a_missing_page_is_no_trouble() -> None:
    assert after(1.0, 404, 410, 304, 301) == 1.0


def test_a_host_that_was_asked_without_a_pause_gets_one_when_it_is_in_trouble() -> None:
    bounds = PaceBounds(least_seconds=0.0, most_seconds=60.0, concurrency=8)
    assert next_delay_seconds(0.0, status=503, latency_seconds=None, bounds=bounds) == 1.0


@given(
    st.floats(0, 1e4),
    st.one_of(st.none(), st.integers(100, 599)),
    st.one_of(st.none(), st.floats(0, 1e6)),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_the_delay_never_leaves_its_bounds(
    delay: float, status: int | None, latency: float | None, least: float, most: float
) -> None:
    bounds = PaceBounds(least_seconds=least, most_seconds=most, concurrency=3)
    after_it = next_delay_seconds(delay, status=status, latency_seconds=latency, bounds=bounds)
    assert least <= after_it <= max(least, most)


def test_a_machine_without_a_network_learns_nothing_about_its_hosts() -> None:
    """Else each of them is asked once a minute for minutes after the network is back."""
    no_route, refused = DownloadFailedError("failed"), DownloadFailedError("failed")
    no_route.__cause__, refused.__cause__ = NoRouteError(101), ConnectionRefusedError(111)
    assert says_nothing_of_pace(no_route)
    assert says_nothing_of_pace(CannotResolveHostError("no such host"))
    assert not says_nothing_of_pace(refused)
