"""A crawl's session whose rows are taken, and whose requests nothing answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from config.settings import CrawlSettings
from crawler.crawls.session import CrawlSession
from crawler.fetching.outcomes import Failed
from crawler.reading.pool import ReadingPool
from crawler.recording.recorder import Recorder
from news.fetch import Outcome
from news.source import Source
from news.triggers import Trigger
from store.clock import utc_now
from store.service import Store

REFUSED = Failed(outcome=Outcome.CONNECTION_FAILED, detail="connection refused")


def session_of(
    source: Source, store: Store, recorder: Recorder, *, window: int, on_ending: Callable[[], None] = lambda: None
) -> CrawlSession:
    """A session of a run that begins now."""
    return CrawlSession(
        source,
        run_id=store.runs.start(source.id, Trigger.SCHEDULE, now=utc_now()),
        store=store,
        recorder=recorder,
        pool=cast("ReadingPool", None),  # nothing is read where nothing answers
        settings=CrawlSettings(),
        window=window,
        clock=utc_now,
        on_ending=on_ending,
    )
