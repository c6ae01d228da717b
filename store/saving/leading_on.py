"""Addresses that lead on to the one under which their story is followed as well, as after a redesign."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import SAME, Outcome, UrlState
from news.urls import url_key
from store.records import FetchResult
from store.schema import url

LOOKED_AT_AGAIN = timedelta(days=1)  # a choice: a site may take its new addresses back, and shows that only here


def spared(connection: Connection, result: FetchResult, *, outcome: Outcome, article_id: str | None) -> FetchResult:
    """The result with a look at its address a day later at least, if it only redirects to one looked at anyway.

    Otherwise each story of a site with new addresses would cost three requests in place of one: the old address, the
    new one that it leads to, and the new one by itself.
    """
    leads_to = result.redirected_to or result.effective_url
    if leads_to is None or result.next_due_at is None or article_id is None or outcome not in SAME:
        return result
    query = sa.select(url.c.id).where(
        url.c.url_key == url_key(leads_to),
        url.c.id != result.row.id,
        url.c.article_id == article_id,
        url.c.state == UrlState.FETCHED.value,
        url.c.next_due_at.is_not(None),
    )
    if connection.execute(query).first() is None:
        return result
    return replace(result, next_due_at=max(result.next_due_at, result.fetched_at + LOOKED_AT_AGAIN))
