"""The report of a finished crawl."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from news.errors import StoreError


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlReport:
    """How a crawl ended."""

    source_id: str
    run_id: int | None  # None = it did not begin, as when another crawl is asking its servers
    finish_reason: str  # finished | all_failed | url_limit | time_limit | host_resting | paused | yielded | busy | …
    counts: Counter[str]  # outcome -> number, and new_urls
    detail: str = ""
    rest_seconds: float = 0.0  # how long to leave the host alone that ended it
    outage: StoreError | None = None  # the store's failure that ended it

    @classmethod
    def failed(cls, source_id: str, *, outage: StoreError | None = None) -> CrawlReport:
        """The report of a crawl that ended by a defect, or because the store failed."""
        return cls(source_id=source_id, run_id=None, finish_reason="failed", counts=Counter(), outage=outage)
