"""Gaps of feeds: entries that came and went between two readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

PINNED = 2  # an entry that outlives this many newer ones is pinned by hand


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry as a feed lists it."""

    key: str  # news.urls.url_key of its address
    at: datetime | None  # published, else modified; None if the feed states no time


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; both ends belong to it."""

    since_at: datetime
    until_at: datetime


def gap_between(
    last: Sequence[FeedEntry], last_read_at: datetime, entries: Sequence[FeedEntry], read_at: datetime
) -> Span | None:
    """The span between two readings whose entries the feed no longer holds; None when there is no gap.

    There is a gap when none of the entries read last is left and the oldest entry now is newer than the newest then.
    A pinned entry (one that outlived PINNED newer ones) proves nothing and is left out. In a feed without times, the
    gap is the time between the two readings.
    """
    pinned = _pinned(last, {entry.key for entry in entries})
    then = [entry for entry in last if entry.key not in pinned]
    now = [entry for entry in entries if entry.key not in pinned]
    if not then or not now or {entry.key for entry in then} & {entry.key for entry in now}:
        return None
    newest = max((entry.at for entry in then if entry.at), default=last_read_at)
    oldest = min((entry.at for entry in now if entry.at), default=read_at)
    return Span(newest, oldest) if newest < oldest else None


def _pinned(last: Sequence[FeedEntry], held: set[str]) -> set[str]:
    """The keys of entries still in the feed although newer ones are gone."""
    ordered = sorted(last, key=lambda entry: entry.at.timestamp() if entry.at else 0.0, reverse=True)
    pinned: set[str] = set()
    gone = 0
    for entry in ordered:
        if entry.key in held:
            pinned |= {entry.key} if gone >= PINNED else set()
        else:
            gone += 1
    return pinned
