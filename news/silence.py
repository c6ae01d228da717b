"""Whether a source has gone silent: nothing newer is found of it for much longer than it paused before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

LEAST_SILENCE = timedelta(days=3)  # a weekend without news is none
PAUSES = 2  # of the longest between the articles that are looked at
ARTICLES_LOOKED_AT = 100
LEAST_ARTICLES = 20  # fewer do not tell how often a source publishes


def is_silent(published_at: Sequence[datetime], now: datetime) -> bool:
    """Whether nothing came for unusually long after these, the newest articles of a source, the newest first.

    >>> from datetime import UTC
    >>> daily = [datetime(2026, 11, 24, tzinfo=UTC) - timedelta(days=number) for number in range(30)]
    >>> [is_silent(daily, datetime(2026, 11, day, tzinfo=UTC)) for day in (26, 28)]
    [False, True]
    """
    if len(published_at) < LEAST_ARTICLES:
        return False
    longest = max(newer - older for newer, older in pairwise(published_at))
    return now - published_at[0] > max(LEAST_SILENCE, PAUSES * longest)
