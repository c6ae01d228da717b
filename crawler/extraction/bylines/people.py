"""Which names in a byline are people's, not an agency's, an editorial office's, a firm's or the site's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from crawler.extraction.bylines.agencies import agency_named
from crawler.extraction.bylines.newsroom_words import (
    NEWSROOM_ENDINGS,
    NEWSROOM_NAMES,
    NEWSROOM_PARTS,
    ORGANIZATION_PARTS,
    ORGANIZATION_WORDS,
    TRADE_WORDS,
)
from crawler.extraction.text import joined_key, word_key

# How names of organizations continue after the first word or two: "Center for …", "Departement für …".
_GOES_ON = re.compile(r"^\S+(?:\s\S+)?\s+(?:for|of|für|der|des|pour|de|para|per|di)\s", re.IGNORECASE)
_OFFICE = re.compile(rf"{'|'.join(NEWSROOM_PARTS)}|(?:{'|'.join(NEWSROOM_ENDINGS)})$")
_COMPOUND = re.compile("|".join(ORGANIZATION_PARTS))
_ACCOUNT = re.compile(r"admin(?:istrator)?\d*$|@|^https?:|\.(?:com|net|org|info|de|at|ch|fr|it|es|co\.uk|com\.tr)$")

# What a site's name may have behind it, or lack where the site itself signs; in the form of joined keys.
_ONLINE = tuple(
    joined_key(word)
    for word in (
        "online", "digital", "ออนไลน์", "オンライン", "デジタル", "온라인", "онлайн", "أونلاين", "اونلاين", "آنلاین",
        "ऑनलाइन", "অনলাইন", "신문", "일보", "뉴스", "新聞", "日報",
    )
)  # fmt: skip


def people_of(authors: Sequence[str], language: str | None, sites: Collection[str]) -> tuple[str, ...]:
    """The persons in a byline; `sites` are the site's own names, joined and case-folded."""
    return tuple(name for name in authors if not (agency_named(name, language) or _is_nobody(name, sites)))


def _is_nobody(name: str, sites: Collection[str]) -> bool:
    key = word_key(name)
    if names_group(name) or _ACCOUNT.search(name.casefold()) or key[:1] == ("the",):
        return True
    joined = "".join(key)
    alike = (form for tail in _ONLINE for form in (f"{joined}{tail}", joined.removesuffix(tail)))
    return joined in sites or any(form in sites for form in alike)


@lru_cache(maxsize=10_000)
def names_newsroom(name: str) -> bool:
    """Whether a byline names an editorial office instead of people.

    >>> names_newsroom("BR24 Redaktion"), names_newsroom("Our Correspondent"), names_newsroom("Jane Doe")
    (True, True, False)
    """
    folded = " ".join(name.casefold().replace("i̇", "i").split())
    if folded in NEWSROOM_NAMES or _OFFICE.search(folded):
        return True
    words = word_key(name)
    return bool(words) and all(word in TRADE_WORDS for word in words)


@lru_cache(maxsize=10_000)
def names_organization(name: str) -> bool:
    """Whether a byline has a word of names of firms, authorities, clubs or publications."""
    words = word_key(name)
    return any(word in ORGANIZATION_WORDS for word in words) or any(map(_COMPOUND.search, words))


def names_group(name: str) -> bool:
    """Whether a byline names a group: an editorial office or an organization."""
    return names_newsroom(name) or names_organization(name)


def is_long_organization(byline: str) -> bool:
    """Whether a byline begins like an organization's name, which may contain "and" and commas."""
    head = _GOES_ON.match(byline)
    return bool(head) and names_organization(head[0] if head else "")
