"""Searches for an address: an article is found by any of its addresses, in any form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from news.errors import StoreError
from news.query.tokens import clean_text, tokenize
from news.query.tree import Term
from news.urls import normalize_url

if TYPE_CHECKING:
    from store.service import Store
    from store.views import UrlView


def address_of(query: str) -> str | None:
    """The address if all of the query is one; None for any other query.

    >>> address_of("www.gazette.example/tides"), address_of("tides")
    ('https://www.gazette.example/tides', None)
    """
    tokens = tokenize(clean_text(query))
    return tokens[0].text if len(tokens) == 1 and tokens[0].kind == "url" else None


def asked_as_indexed(asked: Term, store: Store) -> Term:
    """Replace an address in a query by the article's address in the index; the record knows the others."""
    url = normalize_url(asked.text)
    return Term(_own_address(url, store), asked.field) if url else asked


def _own_address(url: str, store: Store) -> str:
    try:
        article_id = store.articles.id_at(url)
        view = store.articles.get(article_id) if article_id else None
    except StoreError:  # the engine's results can be shown without the store
        return url
    return view.stored.url if view else url


def met_at(address: str, store: Store) -> UrlView | None:
    """The record of an address, if it was ever seen. Raises StoreError."""
    url = normalize_url(address)
    return store.frontier.find(url) if url else None
