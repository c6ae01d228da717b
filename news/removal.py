"""Whether pages that are gone were removed one by one, or the whole site is broken: rules over times and counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

LEAST_GONE = 3  # pages; a choice: two may well be removed on one day by a source that is asked for little


def is_outage(*, gone_count: int, answered_count: int) -> bool:
    """Whether a source answers 404 or 410 for so many of its pages that no single answer counts.

    `gone_count` are pages whose last answers were such, `answered_count` those that gave content within the time in
    which such an answer is confirmed. A site that moves, or whose servers forget their routes, loses all at once.

    >>> is_outage(gone_count=1, answered_count=0)
    False
    >>> is_outage(gone_count=40, answered_count=39)
    True
    """
    return gone_count >= LEAST_GONE and gone_count > answered_count


def confirmations(answers: Iterable[datetime], *, apart: timedelta) -> list[datetime]:
    """Those of a page's answers that it is gone that count, given oldest first: each so long after the one before.

    Somebody who asks again and again within a minute learns nothing that the first answer did not tell.
    """
    counted: list[datetime] = []
    for at in answers:
        if not counted or at - counted[-1] >= apart:
            counted.append(at)
    return counted
