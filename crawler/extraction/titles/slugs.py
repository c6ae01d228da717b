"""The words in an article's address, where publishers often put its first headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from crawler.extraction.spellings import spelled_in_addresses

MIN_SLUG_WORDS = 3  # fewer words name a section or a person
MAX_SLUG_WORDS = 40

_EXTENSION = re.compile(r"\.\w{2,5}$")
_BREAK = re.compile(r"[^\w]+|_")
_NUMBER = re.compile(r"\d{5,}|[a-z]{0,3}\d{4,}|aid|id|html?|article\d*")


def slug_words(url: str) -> list[str]:
    """The words of the path's longest part, without numbers and extension; empty if there are too few."""
    try:
        path = unquote(urlsplit(url).path).lower()
    except ValueError:
        return []
    parts = ([word for word in _BREAK.split(_EXTENSION.sub("", part)) if word] for part in path.split("/"))
    longest = max(([word for word in words if not _NUMBER.fullmatch(word)] for words in parts), key=len, default=[])
    return longest[:MAX_SLUG_WORDS] if len(longest) >= MIN_SLUG_WORDS else []


def shared_words(key: Sequence[str], slug: Sequence[str]) -> int:
    """How many of a headline's words the slug has in the same order, whichever way umlauts are spelled."""
    return max(_in_order(spelling, slug) for spelling in spelled_in_addresses(key))


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    before = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for column, wanted in enumerate(other):
            row.append(before[column] + 1 if word == wanted else max(before[column + 1], row[-1]))
        before = row
    return before[-1]
