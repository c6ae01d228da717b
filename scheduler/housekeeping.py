"""Housekeeping that keeps a record in order over months: closing lost runs, deleting what retention says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from config.settings import RetentionSettings
from store.service import Store

PLACED_BATCHES = 10  # at a time; a hundred articles each, at a few milliseconds of CPU per article
log = logging.getLogger(__name__)


def close_lost_runs(store: Store, *, now: datetime) -> None:
    """Release what dead processes still held."""
    lost = store.runs.close_lost(now=now)
    if lost:
        log.warning("%d crawls were lost with their process; their URLs are due again", len(lost))


def finish_forgetting(store: Store, *, goes_on: Callable[[], bool]) -> None:
    """Finish what an interrupted `newsdex forget` had begun; when `goes_on` turns False, the rest follows next time."""
    for done in store.forgetting.finish_begun(goes_on=goes_on):
        log.warning("finished forgetting %d versions, %d archived records", done.version_count, done.record_count)


def place_older_copies(
    store: Store, after_id: str, *, now: Callable[[], datetime], goes_on: Callable[[], bool]
) -> str | None:
    """Look for copies of some articles saved before newsdex did so; returns where to resume, None when done."""
    for _ in range(PLACED_BATCHES):
        if not goes_on():
            break
        placed = store.copies.fill(after_id=after_id, now=now())
        if not placed:
            return None
        after_id = placed[-1]
    return after_id


def apply_retention(store: Store, retention: RetentionSettings, *, now: datetime, goes_on: Callable[[], bool]) -> None:
    """Delete what is older or more than retention allows; nothing by default, and never an article or a version.

    When `goes_on` turns False, the rest is deleted next time.
    """
    if retention.fetch_days is not None:
        before = now - timedelta(days=retention.fetch_days)
        forgotten = store.retention.forget_history(before=before, goes_on=goes_on)
        if forgotten:
            log.info("deleted %d records of what was done", forgotten)
    if retention.archive_days is not None:
        before = now - timedelta(days=retention.archive_days)
        files = store.retention.forget_archive(before=before, goes_on=goes_on)
        if files:
            log.info("deleted %d archive files that were older than retention.archive_days", files)
    if retention.archive_bytes is not None:
        files = store.retention.forget_archive_beyond(retention.archive_bytes, goes_on=goes_on)
        if files:
            log.info("deleted the %d oldest archive files: the archive took more than retention.archive_bytes", files)
