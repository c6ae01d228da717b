"""How far apart requests to a host should begin, by how it answers.

It follows Scrapy's AutoThrottle: with the delay at response time / concurrency, that many requests are under way on
average. Beyond it, an answer that says the host is in trouble doubles the delay, and good ones take it back.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDEN_BY = 2.0  # per answer that tells of trouble; a choice, as exponential backoff usually is
WIDENED_SECONDS = 1.0  # the least delay after one: a host asked without any pause before is given one
RECOVERED_SHARE = 0.1  # of what a delay is too wide by, taken off per good answer: some 20 of them make up for one bad
# A good answer after a whole minute tells more than one after a second: it takes off half. Else a site that was down
# for two minutes is asked too seldom for ten, and what its feed lists comes and goes meanwhile
HALF_OFF_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PaceBounds:
    """What a source or the settings say about a host's pace."""

    least_seconds: float
    most_seconds: float  # a host that asks for more than this is still obeyed
    concurrency: int


def is_trouble(status: int | None) -> bool:
    """Whether an answer, or the lack of one (None), says that a host is asked too much."""
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
