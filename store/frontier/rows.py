"""Rows of the frontier as the records that others are given."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from news.fetch import Outcome, UrlKind, UrlState
from store.records import FrontierRow
from store.schema import url
from store.views import UrlView


def frontier_row(row: RowMapping) -> FrontierRow:
    """A row of the frontier as a record."""
    return FrontierRow(
        id=row["id"],
        url=row["url"],
        source_id=row["source_id"],
        host=row["host"],
        discovered_at=row["discovered_at"],
        kind=UrlKind(row["kind"]),
        depth=row["depth"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        payload_digest=row["payload_digest"],
        content_digest=row["content_digest"],
        article_id=row["article_id"],
        failure_count=row["failure_count"],
        last_status=row["last_status"],
        change_count=row["change_count"],
        last_fetched_at=row["last_fetched_at"],
        last_changed_at=row["last_changed_at"],
        title_hint=row["title_hint"],
        published_hint=row["published_hint"],
        section_hint=row["section_hint"],
        published_at=row["published_at"],
        requested_at=row["requested_at"],
    )


def url_view(row: RowMapping) -> UrlView:
    """The same for people."""
    return UrlView(
        url=row["url"],
        kind=UrlKind(row["kind"]),
        state=UrlState(row["state"]),
        source_id=row["source_id"],
        discovered_at=row["discovered_at"],
        discovered_from=row["discovered_from"],
        next_due_at=row["next_due_at"],
        last_outcome=Outcome(row["last_outcome"]) if row["last_outcome"] else None,
        last_detail=row["last_detail"],
        failure_count=row["failure_count"],
        article_id=row["article_id"],
    )


def state_of(connection: Connection, row_id: int) -> UrlState | None:
    """Where an address stands now, in this transaction; None if it is not known any more."""
    state = connection.execute(sa.select(url.c.state).where(url.c.id == row_id)).scalar()
    return UrlState(state) if state is not None else None
