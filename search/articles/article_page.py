"""An article at one of its versions, with its history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from search.results import ArticlePage

if TYPE_CHECKING:
    from store.service import Store
    from store.views import VersionView

FETCHES_SHOWN = 50
_ARTICLE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def article_page(
    store: Store, source_names: Mapping[str, str], article_id: str, *, version: int | None, at: datetime | None
) -> ArticlePage | None:
    """An article at its newest version, a given one or that of a moment; follows merged ids.

    None if there is no such article or version, or it was not known at that time. Raises StoreError.
    """
    view = store.articles.get(article_id) if _ARTICLE_ID.fullmatch(article_id) else None
    if view is None:
        return None
    stored = view.stored
    versions = tuple(store.articles.versions(stored.id))
    shown = _version_at(versions, at) if at else _numbered(versions, version or stored.version)
    if shown is None:
        return None
    return ArticlePage(
        view=view,
        source_name=source_names.get(stored.source_id, stored.source_id),
        shown=shown,
        versions=versions,
        fetches=tuple(store.articles.fetches(stored.id, limit=FETCHES_SHOWN)),
    )


def _numbered(versions: Sequence[VersionView], number: int) -> VersionView | None:
    return next((each for each in versions if each.version == number), None)


def _version_at(versions: Sequence[VersionView], moment: datetime) -> VersionView | None:
    """The version current at a moment; None before the first."""
    return next((each for each in reversed(versions) if each.fetched_at <= moment), None)
