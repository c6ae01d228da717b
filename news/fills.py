"""Filling a span of a source's time: because its feed had a gap, or because somebody asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.gaps import Span


class FillKind(StrEnum):
    """Why a span is filled."""

    GAP = "gap"  # noticed in a feed: as urgent as the feed itself
    BACKFILL = "backfill"  # asked for: after everything that is new


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """A span that is or was filled from sitemaps and section pages."""

    id: int
    source_id: str
    kind: FillKind
    span: Span
    created_at: datetime
    ended_at: datetime | None  # None = documents are still to be read
    feed_url: str | None  # the feed that had the gap
    waiting_count: int  # documents still to be read
    document_count: int  # documents read
    found_count: int  # articles that were unknown
    detail: str  # why it ended early or found nothing to read
