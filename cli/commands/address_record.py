"""Everything known about an address, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.commands.record_bodies import plain_body
from cli.wiring import Installation
from search.api.bodies import article_body, copies_body, fetch_body
from search.service import SearchService
from store.views import FetchView, UrlView


def record_of(
    opened: Installation, row: UrlView | None, article_id: str | None, fetches: Sequence[FetchView]
) -> dict[str, Any]:
    """Article and copies as in the API, the frontier row and the fetches."""
    service = SearchService(opened.unopened_engine, opened.store, opened.source_names)
    page = service.article(article_id) if article_id else None
    return {
        "article": plain_body(article_body(page)) if page else None,
        "copies": plain_body(copies_body(service.copies(page.view.stored.id))) if page else None,
        "url": _url(row) if row else None,
        "fetches": [plain_body(fetch_body(each)) for each in fetches],
    }


def _url(row: UrlView) -> dict[str, Any]:
    return {
        "url": row.url,
        "kind": row.kind,
        "state": row.state,
        "source": row.source_id,
        "discovered_at": row.discovered_at,
        "discovered_from": row.discovered_from,
        "next_due_at": row.next_due_at,
        "outcome": row.last_outcome,
        "detail": row.last_detail,
        "failures": row.failure_count,
        "article_id": row.article_id,
    }
