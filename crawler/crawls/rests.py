"""How long a source is left alone between two crawls, given how the first ended; pure."""

from __future__ import annotations

from news.crawl_ends import FinishReason

LOOK_SECONDS = 1.0  # between two looks for work, unless woken earlier
# Crawls that ended like this leave rows due for which asking again at once would not help
REST_SECONDS = {FinishReason.HOST_RESTING: 30.0, FinishReason.LEASE_LOST: 5.0, FinishReason.FAILED: 10.0}
MOST_REST_SECONDS = 600.0


def rest_seconds(
    finish_reason: FinishReason,
    *,
    failure_count: int,
    found_work: bool,
    host_rests_seconds: float = 0.0,
    most_seconds: float = MOST_REST_SECONDS,
) -> float:
    """How long a source is left alone after a crawl with this finish reason; failures in a row double it.

    A crawl that only met a resting host is not repeated before that rest is over, but waits ten minutes at most.

    >>> rest_seconds(FinishReason.FINISHED, failure_count=0, found_work=True)
    0.0
    >>> rest_seconds(FinishReason.FAILED, failure_count=3, found_work=True)
    40.0
    >>> rest_seconds(FinishReason.HOST_RESTING, failure_count=0, found_work=False, host_rests_seconds=86_400.0)
    600.0
    """
    if finish_reason not in REST_SECONDS:
        return 0.0 if found_work else LOOK_SECONDS
    if not found_work and host_rests_seconds > REST_SECONDS[finish_reason]:
        return min(host_rests_seconds, MOST_REST_SECONDS)
    return float(min(REST_SECONDS[finish_reason] * 2 ** min(max(0, failure_count - 1), 10), most_seconds))
