"""How long a source is left alone between two crawls, by how the one before ended; pure."""

from __future__ import annotations

LOOK_SECONDS = 1.0  # the pause between two looks for work; a wake-up shortens it
# A crawl that ended so leaves rows due that asking again at once would not help
REST_SECONDS = {"host_resting": 30.0, "lease_lost": 5.0, "failed": 10.0}
MOST_REST_SECONDS = 600.0


def rest_seconds(
    finish_reason: str,
    *,
    failure_count: int,
    found_work: bool,
    host_rests_seconds: float = 0.0,
    most_seconds: float = MOST_REST_SECONDS,
) -> float:
    """How long a source is left alone after a crawl that ended so; failures in a row double it.

    A crawl that did nothing but meet a host that is to be left alone is not begun again before that, or ten minutes.

    >>> rest_seconds("finished", failure_count=0, found_work=True)
    0.0
    >>> rest_seconds("failed", failure_count=3, found_work=True)
    40.0
    >>> rest_seconds("host_resting", failure_count=0, found_work=False, host_rests_seconds=86_400.0)
    600.0
    """
    if finish_reason not in REST_SECONDS:
        return 0.0 if found_work else LOOK_SECONDS
    if not found_work and host_rests_seconds > REST_SECONDS[finish_reason]:
        return min(host_rests_seconds, MOST_REST_SECONDS)
    return float(min(REST_SECONDS[finish_reason] * 2 ** min(max(0, failure_count - 1), 10), most_seconds))
