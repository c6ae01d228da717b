"""Digests of a forgotten article's addresses, which keep it from coming back without keeping the addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from news.identity import StoryForms
from news.urls import url_key


def address_keys(addresses: Iterable[str], forms: StoryForms) -> frozenset[str]:
    """The keys of normalised addresses, and of the story numbers in addresses of a known form.

    >>> none = StoryForms()
    >>> address_keys(["https://a.example/x"], none) == address_keys(["http://www.a.example/x/"], none)
    True
    """
    keys: set[str] = set()
    for address in addresses:
        keys.add(_key("address", url_key(address)))
        normal = forms.normal(address)
        if normal is not None:
            keys.add(_key("address", url_key(normal)))
        if (number := forms.number_of(address)) is not None:
            keys.add(_key("number", f"{number.form} {number.number}"))
    return frozenset(keys)


def article_key(article_id: str) -> str:
    """The key of an article's id, which catches records restored from a backup."""
    return _key("article", article_id)


def _key(kind: str, what: str) -> str:
    return hashlib.sha256(f"forgotten {kind} {what}".encode("utf-8", "replace")).hexdigest()[:32]
