"""What keeps a forgotten article from coming back, without keeping its address: digests that its addresses lead to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from news.identity import story_number
from news.urls import normalize_url, url_key

TRACES = ("_rt",)  # parameters that TRT's sites add and that `news.identity` does not count either


def address_keys(addresses: Iterable[str]) -> frozenset[str]:
    """The keys of normalised addresses, and of the story numbers in those of a known form.

    >>> address_keys(["https://a.example/x"]) == address_keys(["http://www.a.example/x/"])
    True
    """
    keys: set[str] = set()
    for address in addresses:
        keys.add(_key("address", url_key(address)))
        normal = normalize_url(address, strip_parameters=TRACES)
        if normal is not None:
            keys.add(_key("address", url_key(normal)))
        if (number := story_number(address)) is not None:
            keys.add(_key("number", f"{number.form} {number.number}"))
    return frozenset(keys)


def article_key(article_id: str) -> str:
    """The key of an article's id, for records that come back from a backup."""
    return _key("article", article_id)


def _key(kind: str, what: str) -> str:
    return hashlib.sha256(f"forgotten {kind} {what}".encode("utf-8", "replace")).hexdigest()[:32]
