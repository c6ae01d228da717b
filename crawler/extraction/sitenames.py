"""Headlines without the names of their site: where a title may be parted, and which parts name the site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extraction.text import word_key

_SEPARATORS = re.compile(
    r"\s+(?:[|\-–—·•»«›‹~/│ㅣ⋆]|::?)\s+|\s*[|｜»«│ㅣ]\s*|(?<=[^\W\d]):\s+|(?<=\w)[-–—]\s+|(?<=[^\W\d_a-zA-Z])[-_](?=[^\W\d_a-zA-Z])"
    r"|(?<=[！？。\"'”’」』》)])[-_](?=[^\W\d_a-zA-Z])"
)
STRONG_SEPARATOR = re.compile(r"\s*(?:[|｜»«│ㅣ]|::)\s*")


def strip_site(title: str, sites: frozenset[str], *, agreed: Iterable[tuple[str, ...]] = ()) -> str:
    """The title without the names of its site before or after a separator.

    A part that is one of the `agreed` headlines is the title, whatever stands beside it.
    """
    spans = part_spans(title)
    if not spans:
        return title
    agreed = set(agreed)
    for start, end in spans:
        for part in (title[:start], title[end:]):
            if len(word_key(part)) >= 3 and word_key(part) in agreed:
                return part.strip()
    stripped = strip_ends(title, sites)
    strong = [span for span in part_spans(stripped) if STRONG_SEPARATOR.fullmatch(stripped, *span)]
    if strong:
        head, tail = stripped[: strong[-1][0]], stripped[strong[-1][1] :]
        if len(word_key(tail)) <= 3 < len(word_key(head)):
            return head.strip()
    return stripped


def part_spans(title: str) -> list[tuple[int, int]]:
    """Where a title may be parted; an opening or closing quotation mark parts nothing."""
    spans = (match.span() for match in _SEPARATORS.finditer(title))
    return [(start, end) for start, end in spans if start and end < len(title)]


def strip_ends(title: str, sites: frozenset[str], *, whole: bool = False) -> str:
    """The title without parts at its ends that name the site, as a `whole` only parts that are nothing but it."""
    for _ in range(4):  # "Headline - Section - Site - Site.com" has no more names than that
        shorter = next(
            (
                rest.strip()
                for start, end in reversed(part_spans(title))
                for rest, part in ((title[:start], title[end:]), (title[end:], title[:start]))
                if word_key(rest) and _names_site(part, sites, whole=whole or ":" in title[start:end])
            ),
            None,
        )
        if shorter is None:
            break
        title = shorter
    return title


def _names_site(part: str, sites: frozenset[str], *, whole: bool = False) -> bool:
    """Whether a part of a title is the site's name, or holds it among a few words unless it must be it as a `whole`."""
    words = word_key(part)
    joined = "".join(words)
    if not joined or len(words) > 6:
        return False
    return joined in sites or (not whole and len(words) <= 4 and any(len(s) > 3 and _at_word(words, s) for s in sites))


def _at_word(words: tuple[str, ...], site: str) -> bool:
    """Whether a site's name, words run together, begins at one of the words."""
    return any("".join(words[index:]).startswith(site) for index in range(len(words)))
