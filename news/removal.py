"""Whether missing pages were removed one by one or the whole site is broken: rules over times and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

LEAST_GONE = 3  # pages; a choice: a source that is rarely asked may well remove two in a day

MANY_LOST = 5  # pages lost in a row; a choice: a publisher seldom takes away so many that hardly another lies between
LOST_TOGETHER = timedelta(days=1)  # within which they are


def is_outage(*, gone_count: int, answered_count: int) -> bool:
    """Whether so many of a source's pages answer 404 or 410 that no single such answer counts.

    `gone_count` is the number of pages whose last answer was one of these, `answered_count` of those that returned
    content within the time in which such an answer is confirmed. A site that moves, or whose servers lose their
    routes, loses all pages at once.

    >>> is_outage(gone_count=1, answered_count=0)
    False
    >>> is_outage(gone_count=40, answered_count=39)
    True
    """
    return gone_count >= LEAST_GONE and gone_count > answered_count


def are_lost_together(lost_at: Sequence[datetime], *, answered_count: int) -> bool:
    """Whether pages were lost one after the other, so that their site is broken rather than each of them removed.

    `lost_at` are the times, newest first, at which pages that had been read answered that they are gone;
    `answered_count` is how many others gave content since the last of MANY_LOST.
    """
    return (
        len(lost_at) >= MANY_LOST
        and lost_at[0] - lost_at[MANY_LOST - 1] <= LOST_TOGETHER
        and answered_count < MANY_LOST
    )


def confirmations(answers: Iterable[datetime], *, apart: timedelta) -> list[datetime]:
    """The "gone" answers that count, given oldest first: each at least `apart` after the one before.

    Asking repeatedly within a minute reveals nothing that the first answer did not.
    """
    counted: list[datetime] = []
    for at in answers:
        if not counted or at - counted[-1] >= apart:
            counted.append(at)
    return counted
