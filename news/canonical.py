"""Which canonical addresses to believe: those with which a page names itself, and not its section or its site."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from news.urls import in_scope, is_home, normalize_url, same_site, url_key

_TWINS = frozenset({"/amp", "/amp.html", "/print"})  # suffixes of a story's other forms


def validated_canonical(page_url: str, canonical_url: str, hosts: Collection[str]) -> str | None:
    """The address a page claims for itself, normalized; None when the claim is not credible.

    A claim is refused when it leaves the site, or names the home page or a section: templates that do so would turn
    a whole site into one article.

    >>> validated_canonical("https://a.org/world/storm-12345?x=1", "https://a.org/world/storm-12345", ["a.org"])
    'https://a.org/world/storm-12345'
    >>> validated_canonical("https://a.org/world/storm-12345", "https://a.org/world", ["a.org"]) is None
    True
    """
    page, claim = normalize_url(page_url), normalize_url(canonical_url)
    if page is None or claim is None:
        return None
    if not (same_site(page, claim) or in_scope(claim, hosts)):
        return None
    if is_home(claim):
        return None
    is_own = claim == page or url_key(claim) == url_key(page)
    return claim if is_own or not _is_section_root(claim, page) else None


def _is_section_root(claim: str, page: str) -> bool:
    """Whether a claim looks like a section: an ancestor of the page's own path, or one or two plain words deep."""
    claimed = urlsplit(claim)
    claim_path, page_path = claimed.path.rstrip("/"), urlsplit(page).path.rstrip("/")
    if page_path.startswith(claim_path + "/") and page_path.removeprefix(claim_path).lower() not in _TWINS:
        return True
    segments = claim_path.strip("/").split("/")
    plain = all(not re.search(r"[0-9]", segment) and segment.count("-") <= 1 for segment in segments)
    return plain and len(segments) <= 2 and not claimed.query
