"""The report of a finished crawl."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from news.crawl_ends import FinishReason
from news.errors import StoreError


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlReport:
    """How a crawl ended."""

    source_id: str
    run_id: int | None  # None = it did not begin, as when another crawl is asking its servers
    finish_reason: FinishReason
    counts: Counter[str]  # outcome -> number, and new_urls
    detail: str = ""
    rest_seconds: float = 0.0  # how long to leave the host alone that ended it
    outage: StoreError | None = None  # the store's failure that ended it

    @classmethod
    def busy(cls, source_id: str, detail: str) -> CrawlReport:
        """The report of a crawl that did not begin, as another crawl asks its server."""
        reason = FinishReason.BUSY
        return cls(source_id=source_id, run_id=None, finish_reason=reason, counts=Counter(), detail=detail)

    @classmethod
    def failed(cls, source_id: str, *, outage: StoreError | None = None) -> CrawlReport:
        """The report of a crawl that ended by a defect, or because the store failed."""
        return cls(source_id=source_id, run_id=None, finish_reason=FinishReason.FAILED, counts=Counter(), outage=outage)
