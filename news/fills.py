"""Fills of a span of a source's past: because its feed had a gap, or on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.gaps import Span


class FillKind(StrEnum):
    """Why a span is being filled."""

    GAP = "gap"  # noticed in a feed: as urgent as the feed itself
    BACKFILL = "backfill"  # requested: comes after everything that is new


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """A span that is being or was filled from sitemaps and section pages."""

    id: int
    source_id: str
    kind: FillKind
    span: Span
    created_at: datetime
    ended_at: datetime | None  # None = documents remain to be read
    feed_url: str | None  # the feed that had the gap
    waiting_count: int  # documents yet to be read
    document_count: int  # documents read
    found_count: int  # articles that were not known before
    detail: str  # why it ended early or found nothing to read
