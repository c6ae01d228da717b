"""Adding discovered URLs to the frontier, unless they are in it already or were forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import UrlKind, UrlState
from news.forgetting import address_keys
from news.urls import host_of, url_key
from store.forgetting.forgotten_list import forgotten_among, is_any_forgotten
from store.priorities import Priority
from store.records import NewUrl
from store.schema import url
from store.sql.database import forms_of
from store.sql.statements import CHUNK, chunks, insert_missing

_MAY_WAKE = frozenset({UrlState.FETCHED.value, UrlState.GONE.value})  # states in which a change makes a URL due


def add_urls(
    connection: Connection, urls: Sequence[NewUrl], *, source_id: str, found_on: str | None, now: datetime
) -> list[int]:
    """Insert unknown URLs as due now; a known article becomes due if its site says it was modified since its fetch.

    Returns the row ids of those that were unknown.
    """
    unknown: list[int] = []
    for some in chunks(urls, CHUNK):
        chunk = {url_key(new.url): new for new in some}
        query = sa.select(url.c.url_key, url.c.id, url.c.kind, url.c.state, url.c.last_fetched_at, url.c.next_due_at)
        known = {row.url_key: row for row in connection.execute(query.where(url.c.url_key.in_(chunk)))}
        for key, row in known.items():
            _wake(connection, row, chunk[key], now)
        new_ones = {key: new for key, new in chunk.items() if key not in known}
        barred = _forgotten(connection, new_ones.values())
        fresh = [_new_row(k, new, source_id, found_on, now) for k, new in new_ones.items() if new.url not in barred]
        if fresh:
            # A crawl of another source may add the same URL at this moment: the first to do so keeps it
            added = insert_missing(connection, url).returning(url.c.id)
            unknown += [int(row_id) for row_id in connection.execute(added, fresh).scalars()]
    return unknown


def _forgotten(connection: Connection, urls: Iterable[NewUrl]) -> frozenset[str]:
    """Which of these lead to forgotten articles; if none was ever forgotten, this costs a single look."""
    if not is_any_forgotten(connection):
        return frozenset()
    forms = forms_of(connection)
    keys = {new.url: address_keys([new.url], forms) for new in urls}
    listed = forgotten_among(connection, frozenset().union(*keys.values()))
    return frozenset(address for address, mine in keys.items() if mine & listed)


def _wake(connection: Connection, row: Any, new: NewUrl, now: datetime) -> None:
    if row.state == UrlState.KNOWN.value and row.next_due_at is None:  # from an archive, or left by an ended backfill
        values = {"next_due_at": now} | ({"priority": new.priority} if new.priority else {})
        connection.execute(sa.update(url).where(url.c.id == row.id).values(**values))
        return
    modified = new.found.modified_at if new.found else None
    if modified is None or row.last_fetched_at is None or row.state not in _MAY_WAKE:
        return  # a failing page keeps its backoff
    if row.next_due_at is None and row.kind != UrlKind.SITEMAP.value:  # a sitemap read for a backfill may bring news
        return
    if row.last_fetched_at < modified <= now and (row.next_due_at is None or now < row.next_due_at):
        connection.execute(sa.update(url).where(url.c.id == row.id).values(next_due_at=now))


def _new_row(key: str, new: NewUrl, source_id: str, found_on: str | None, now: datetime) -> dict[str, Any]:
    discovery = new.kind is not UrlKind.ARTICLE
    return {
        "url_key": key,
        "url": new.url,
        "host": host_of(new.url),
        "source_id": source_id,
        "kind": new.kind.value,
        "state": UrlState.KNOWN.value,
        "priority": new.priority or int(Priority.DISCOVERY if discovery else Priority.NEW),
        "depth": new.depth,
        "discovered_at": now,
        "discovered_from": found_on,
        "next_due_at": now,
        "title_hint": new.found.title if new.found else None,
        "published_hint": new.found.published_at if new.found else None,
        "section_hint": new.found.section if new.found else None,
        "change_count": 0,
        "failure_count": 0,
        "last_detail": "",
    }
