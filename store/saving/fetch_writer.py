"""Writing what a fetch leaves besides an article: its URL's new state, due time and priority, and its own record."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from news.fetch import Outcome, UrlKind, UrlState
from store.priorities import Priority
from store.records import FetchResult
from store.saving.article_writer import ArticleSave
from store.schema import fetch, url
from store.sql.gathered import GatheredRows

_UPDATE_URL = sa.update(url).where(url.c.id == sa.bindparam("row_id"))
_UPDATE_CHANGED_URL = _UPDATE_URL.values(change_count=url.c.change_count + 1)
_INSERT_FETCH = sa.insert(fetch)


def gather_fetch(
    rows: GatheredRows, result: FetchResult, saved: ArticleSave, *, asked_again: bool, priority: int
) -> None:
    """Gather the record of a fetch and its URL's new state.

    With `asked_again`, the URL was requested while this fetch was under way: it stays due for another. `priority` is
    what it had.
    """
    values = _url_values(result, saved, asked_again=asked_again, priority=priority)
    statement = _UPDATE_CHANGED_URL if saved.outcome is Outcome.NEW_VERSION else _UPDATE_URL
    rows.add(statement, {**values, "row_id": result.row.id})
    rows.add(_INSERT_FETCH, _fetch_values(result, saved))


def _url_values(result: FetchResult, saved: ArticleSave, *, asked_again: bool, priority: int) -> dict[str, Any]:
    now = result.fetched_at
    values: dict[str, Any] = {
        "state": result.state.value,
        "lease_run_id": None,
        "lease_expires_at": None,
        "next_due_at": None if saved.is_alias else result.next_due_at,
        "last_outcome": saved.outcome.value,
        "last_status": result.status,
        "last_detail": saved.detail or result.detail,
        "failure_count": 0 if result.state is UrlState.FETCHED else result.row.failure_count + 1,
    }
    if result.state is UrlState.FETCHED:
        values["last_fetched_at"] = now
        values["last_seen_at"] = now
        if result.outcome is not Outcome.NOT_MODIFIED:
            values |= {"etag": result.etag, "last_modified": result.last_modified}
            values["payload_digest"] = result.payload_digest
            values["content_digest"] = result.content_digest
    else:
        values["failed_at"] = now
    if result.is_removal or saved.is_doubted:
        values |= {"etag": None, "last_modified": None}  # so that its page is sent whole, to be archived or read
    if asked_again:
        values |= {"next_due_at": now, "priority": int(Priority.REQUESTED)}
    else:
        values |= {"requested_at": None, "priority": _resting_priority(result, priority)}
    if result.story is not None:
        values["published_at"] = result.story.published_at
    if saved.article_id is not None:
        values["article_id"] = saved.article_id
    if saved.outcome in {Outcome.NEW_ARTICLE, Outcome.NEW_VERSION}:
        values["last_changed_at"] = now
    return values


def _resting_priority(result: FetchResult, priority: int) -> int:
    """The priority of a row after this fetch; a row never fetched successfully keeps its own."""
    if result.row.kind is not UrlKind.ARTICLE:
        return int(Priority.DISCOVERY)
    ever_fetched = result.state is UrlState.FETCHED or result.row.last_fetched_at is not None
    if ever_fetched:
        return int(Priority.REVISIT)
    return priority if priority in (Priority.FRESH, Priority.BACKFILL) else int(Priority.NEW)


def _fetch_values(result: FetchResult, saved: ArticleSave) -> dict[str, Any]:
    archive = result.archive
    effective = result.effective_url if result.effective_url != result.row.url else None
    return {
        "url_id": result.row.id,
        "run_id": result.run_id,
        "fetched_at": result.fetched_at,
        "effective_url": effective,
        "outcome": saved.outcome.value,
        "status": result.status,
        "detail": saved.detail or result.detail,
        "body_bytes": result.body_bytes,
        "duration_seconds": result.duration_seconds,
        "warc_file": archive.warc_file if archive else None,
        "warc_offset": archive.warc_offset if archive else None,
        "payload_digest": archive.payload_digest if archive else None,
        "article_id": saved.article_id,
        "version": saved.version,
    }
