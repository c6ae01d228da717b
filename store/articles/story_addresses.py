"""The addresses of a fetched story: where its page was asked for and answered, and the one that it states."""

from __future__ import annotations

from news.urls import url_key
from store.records import FetchResult


def story_addresses(result: FetchResult) -> list[str]:
    """The story's normalized addresses, the one it is known by first."""
    urls = [result.canonical_url, *own_addresses(result)]
    return list(dict.fromkeys(u for u in urls if u))


def own_addresses(result: FetchResult) -> list[str]:
    """Where the page answered and was asked for."""
    return list(dict.fromkeys(u for u in (result.redirected_to, result.row.url) if u))


def own_keys(result: FetchResult) -> set[str]:
    """The keys of the addresses under which the page was asked for and answered."""
    return {url_key(address) for address in own_addresses(result)}
