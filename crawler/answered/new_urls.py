"""The frontier's URL for what a document names."""

from __future__ import annotations

from news.fetch import Discovered, UrlKind
from news.source import Source
from news.urls import normalize_url
from store.records import NewUrl


def new_url(found: Discovered, kind: UrlKind, source: Source, *, depth: int = 0) -> NewUrl:
    """What was found, under its normalized address."""
    url = normalize_url(found.url, strip_parameters=source.strip_parameters) or found.url
    return NewUrl(url=url, kind=kind, depth=depth, found=found)
