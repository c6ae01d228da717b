"""Reading Link headers (RFC 8288) for the relations of the document they came with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from news.urls import join_url

MAX_CHARACTERS = 8192  # of all headers together; a choice
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[^\s;,=<>]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s;,\"<>]*))?)*)")
_PARAMETER = re.compile(r";\s*([^\s;,=<>]+)\s*(?:=\s*(?:\"([^\"]*)\"|([^\s;,\"<>]*)))?")


def links_related(headers: Iterable[tuple[str, str]], relation: str, *, base: str) -> list[str]:
    """The addresses that an answer's Link headers name for a relation, made absolute, in order; never raises.

    >>> links_related([("Link", '</hub>; rel="hub", <https://a.org/feed>; rel=self')], "hub", base="https://a.org/f")
    ['https://a.org/hub']
    """
    text = ", ".join(value for name, value in headers if name.lower() == "link")[:MAX_CHARACTERS]
    found = [join_url(base, link[1]) for link in _LINK.finditer(text) if relation in _relations(link[2])]
    return list(dict.fromkeys(url for url in found if url))


def _relations(parameters: str) -> list[str]:
    """The names of a link's first rel; others are ignored (section 3.3)."""
    rels = (each for each in _PARAMETER.finditer(parameters) if each[1].lower() == "rel")
    rel = next(rels, None)
    return (rel[2] or rel[3] or "").lower().split() if rel else []
