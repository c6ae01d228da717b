"""The delay between the starts of requests to a host, adapted to its answers, and its rests.

It follows Scrapy's AutoThrottle: with a delay of response time / concurrency, that many requests are under way on
average. In addition, an answer that shows the host in trouble doubles the delay, and good ones reduce it again.
"""

from __future__ import annotations

from dataclasses import dataclass

PATIENCE_SECONDS = 30.0  # how long a request waits for a resting host before it is given up for now
REST_SECONDS = 60.0  # how long a host is left alone after a 429 that names no time
WIDEN_BY = 2.0  # per answer that shows trouble; a choice, usual for exponential backoff
WIDENED_SECONDS = 1.0  # the minimum delay after one, for hosts asked without any pause before
RECOVERED_SHARE = 0.1  # of a delay's excess, removed per good answer: some 20 of them make up for a bad one
# A good answer after a whole minute tells more than one after a second: it removes half. Otherwise a site that was down
# for two minutes would be asked too rarely for ten, while entries of its feed come and go
HALF_OFF_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceBounds:
    """The bounds that a source or the settings place on a host's pace."""

    least_seconds: float
    most_seconds: float  # a host that asks for more is still obeyed
    concurrency: int


def is_trouble(status: int | None) -> bool:
    """Whether an answer, or the lack of one (None), suggests that a host is asked too often."""
    return status is None or status == 429 or status >= 500


def next_delay_seconds(
    delay_seconds: float, *, status: int | None, latency_seconds: float | None, bounds: PaceBounds
) -> float:
    """The delay after an answer. `latency_seconds` is the time it took; None = not measured.

    >>> bounds = PaceBounds(least_seconds=1, most_seconds=60, concurrency=1)
    >>> next_delay_seconds(1.0, status=503, latency_seconds=0.1, bounds=bounds)
    2.0
    >>> next_delay_seconds(2.0, status=200, latency_seconds=0.1, bounds=bounds)
    1.9
    >>> next_delay_seconds(1.0, status=200, latency_seconds=5.0, bounds=bounds)
    3.0
    """
    if is_trouble(status):
        return _clamped(max(delay_seconds * WIDEN_BY, WIDENED_SECONDS), bounds)
    target = _clamped((latency_seconds or 0.0) / bounds.concurrency, bounds)
    if target > delay_seconds:
        return _clamped((delay_seconds + target) / 2, bounds)
    share = max(RECOVERED_SHARE, min(0.5, 0.5 * delay_seconds / HALF_OFF_SECONDS))
    return _clamped(delay_seconds - (delay_seconds - target) * share, bounds)


def _clamped(seconds: float, bounds: PaceBounds) -> float:
    return min(max(seconds, bounds.least_seconds), max(bounds.most_seconds, bounds.least_seconds))
