"""Addresses that are searched for: each form of an article's address and each other one it was met under finds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.errors import StoreError
from news.query.tree import Term
from news.urls import normalize_url

if TYPE_CHECKING:
    from store.service import Store
    from store.views import UrlView

_ADDRESS = re.compile(r'https?://[^\s"]+', re.IGNORECASE)


def address_of(query: str) -> str | None:
    """The address that is all of the query; None for any other query.

    >>> address_of("https://gazette.example/tides"), address_of("tides")
    ('https://gazette.example/tides', None)
    """
    return query if _ADDRESS.fullmatch(query) else None


def asked_as_indexed(asked: Term, store: Store) -> Term:
    """An address that is asked for, as the index has it: it holds one of each article, the record knows the others."""
    url = normalize_url(asked.text)
    return Term(_own_address(url, store), asked.field) if url else asked


def _own_address(url: str, store: Store) -> str:
    try:
        article_id = store.articles.id_at(url)
        view = store.articles.get(article_id) if article_id else None
    except StoreError:  # what the engine finds is told without the store too
        return url
    return view.stored.url if view else url


def met_at(address: str, store: Store) -> UrlView | None:
    """What became of an address, if it was ever met. Raises StoreError."""
    url = normalize_url(address)
    return store.frontier.find(url) if url else None
