"""Clusters of copies: which copy came first, and a cluster's number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

# 33 bits of seconds since 1900 (until 2172), then 20 bits that order copies of the same second consistently: together
# they fit into the 53 bits that a search engine's floating-point minimum keeps exactly
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_SECONDS_BITS, _TIE_BITS = 33, 20


class Standing(IntEnum):
    """An article's place in its cluster."""

    EARLIEST = 0  # of the whole cluster; an article without copies is also the earliest
    FIRST_OF_SOURCE = 1  # a later copy, but the earliest of its own source
    REPEATED = 2  # a later copy, from a source that already had one


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """An article among its copies."""

    number: int
    source_id: str
    seniority: int  # from seniority_of: lower is earlier


def seniority_of(
    article_id: str, *, published_at: datetime | None, published_day_only: bool, first_seen_at: datetime
) -> int:
    """The article's rank in the order of who had a text first: by publication, then by when it was first seen.

    If only the day is known, the moment of that day closest to the first sight is taken.
    """
    moment = published_at or first_seen_at
    if published_day_only and published_at is not None:
        moment = min(max(published_at, first_seen_at), published_at + timedelta(days=1) - timedelta(seconds=1))
    seconds = int((moment - _FIRST).total_seconds())
    tie = int.from_bytes(hashlib.sha256(article_id.encode()).digest()[:4]) >> (32 - _TIE_BITS)
    return min(max(seconds, 0), (1 << _SECONDS_BITS) - 1) << _TIE_BITS | tie


def standings(members: Iterable[Member]) -> dict[int, Standing]:
    """Map the number of each member of one cluster to its standing."""
    found: dict[int, Standing] = {}
    sources: set[str] = set()
    for member in sorted(members, key=lambda each: (each.seniority, each.number)):
        later = Standing.REPEATED if member.source_id in sources else Standing.FIRST_OF_SOURCE
        found[member.number] = later if found else Standing.EARLIEST
        sources.add(member.source_id)
    return found


def cluster_number(cluster_id: str) -> int:
    """The number search engines count the cluster by: 48 bits of its id's hash, exact as floating point."""
    return int(hashlib.sha256(cluster_id.encode()).hexdigest()[:12], 16)
