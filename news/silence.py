"""Whether a source has gone silent: nothing new was found for much longer than its earlier pauses. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

LEAST_SILENCE = timedelta(days=3)  # a weekend without news is not silence
PAUSES = 2  # times the longest pause between the articles looked at
ARTICLES_LOOKED_AT = 100
LEAST_ARTICLES = 20  # fewer do not show how often a source publishes


def is_silent(published_at: Sequence[datetime], now: datetime) -> bool:
    """Whether an unusually long time has passed since the newest articles of a source, given newest first.

    >>> from datetime import UTC
    >>> daily = [datetime(2026, 11, 24, tzinfo=UTC) - timedelta(days=number) for number in range(30)]
    >>> [is_silent(daily, datetime(2026, 11, day, tzinfo=UTC)) for day in (26, 28)]
    [False, True]
    """
    if len(published_at) < LEAST_ARTICLES:
        return False
    longest = max(newer - older for newer, older in pairwise(published_at))
    return now - published_at[0] > max(LEAST_SILENCE, PAUSES * longest)
