"""Clusters of copies: which copy came first, and what belongs together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

# Seconds since 1900 in 33 bits, until 2172, then 20 bits that order copies of one second alike everywhere: together
# they fit into the 53 bits a search engine's floating-point minimum keeps exactly
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_SECONDS_BITS, _TIE_BITS = 33, 20


class Standing(IntEnum):
    """What an article is in its cluster."""

    EARLIEST = 0  # of the whole cluster; an article without copies is the earliest too
    FIRST_OF_SOURCE = 1  # a later copy, and the earliest of its own source
    REPEATED = 2  # a later copy at a source that had one before


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """An article among its copies."""

    number: int
    source_id: str
    seniority: int  # seniority_of: less is earlier


def seniority_of(
    article_id: str, *, published_at: datetime | None, published_day_only: bool, first_seen_at: datetime
) -> int:
    """The article's place in the order of who had a text first: by publication, then by when it was first seen.

    Of a day without a time, the moment on it is taken that is nearest to the first sight.
    """
    moment = published_at or first_seen_at
    if published_day_only and published_at is not None:
        moment = min(max(published_at, first_seen_at), published_at + timedelta(days=1) - timedelta(seconds=1))
    seconds = int((moment - _FIRST).total_seconds())
    tie = int.from_bytes(hashlib.sha256(article_id.encode()).digest()[:4]) >> (32 - _TIE_BITS)
    return min(max(seconds, 0), (1 << _SECONDS_BITS) - 1) << _TIE_BITS | tie


def standings(members: Iterable[Member]) -> dict[int, Standing]:
    """What each member of one cluster is, by number."""
    found: dict[int, Standing] = {}
    sources: set[str] = set()
    for member in sorted(members, key=lambda each: (each.seniority, each.number)):
        later = Standing.REPEATED if member.source_id in sources else Standing.FIRST_OF_SOURCE
        found[member.number] = later if found else Standing.EARLIEST
        sources.add(member.source_id)
    return found


def cluster_number(cluster_id: str) -> int:
    """The cluster as a number that search engines count by: 48 bits of its name, exact as floating point."""
    return int(hashlib.sha256(cluster_id.encode()).hexdigest()[:12], 16)
