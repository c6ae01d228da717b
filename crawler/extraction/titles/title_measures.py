"""Headline candidates: every reading of a page's statements of its headline, with the measures to choose by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import types
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import text_of
from crawler.extraction.text import word_key
from crawler.extraction.titles.headings import headline_part
from crawler.extraction.titles.sitenames import STRONG_SEPARATOR, part_spans
from crawler.extraction.titles.slugs import shared_words, slug_words

ORIGINS = ("h1", "json-ld", "og:title", "itemprop", "meta", "title")
MAX_HEADINGS = 6
MAX_LOWER_HEADINGS = 12
MIN_PART_WORDS = 2  # of a part of a title that may be the headline
MAX_DATED_CHARACTERS = 120
MAX_TITLE_CHARACTERS = 400

# How a statement relates to a candidate.
_SAME, _STRIPPED, _PART, _HOLDS = 4.0, 3.0, 2.0, 1.0

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A headline as stated in one place of the page."""

    origin: str
    text: str  # as stated there
    stripped: str  # without site names


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of the statements, with its measures."""

    text: str
    origin: str  # of the statement that it was first read from
    key: Key
    measures: dict[str, float]


def candidates(
    document: Document, structured: Structured, stated: Sequence[Statement], sites: frozenset[str]
) -> list[Candidate]:
    """Every distinct headline that the statements allow, with its measures."""
    texts: dict[Key, tuple[str, str]] = {}
    in_small: dict[Key, str] = {}  # the first form that is not all capitals
    parts = _heading_parts(document)
    for origin, text in (*_readings(stated), *(("h1", part) for part in parts)):
        if key := word_key(text):
            texts.setdefault(key, (text, origin))
            if not text.isupper():
                in_small.setdefault(key, text)
    page = _Page(document, structured, stated, sites, list(texts), {word_key(part) for part in parts})
    return [
        Candidate(in_small.get(key, text), origin, key, page.measure(key, text))
        for key, (text, origin) in texts.items()
    ]


def _readings(stated: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """(origin, text) of each statement without site names and in full, then of its parts."""
    for statement in stated:
        yield statement.origin, statement.stripped
        yield statement.origin, statement.text
    for statement in stated:
        for start, end in part_spans(statement.stripped):
            for part in (statement.stripped[:start].strip(), statement.stripped[end:].strip()):
                if len(word_key(part)) >= MIN_PART_WORDS:
                    yield statement.origin, part


def _heading_parts(document: Document) -> list[str]:
    headings = document.elements.tagged("h1")[:MAX_HEADINGS]
    return [part for heading in headings if len(heading) for part in [headline_part(heading)] if part]


class _Page:
    """The facts of one page with which every candidate is measured."""

    def __init__(
        self,
        document: Document,
        structured: Structured,
        stated: Sequence[Statement],
        sites: frozenset[str],
        keys: list[Key],
        heading_parts: set[Key],
    ) -> None:
        self.sites = sites
        self.keys = keys
        self.raw = {origin: [word_key(s.text) for s in stated if s.origin == origin] for origin in ORIGINS}
        self.stripped = {origin: [word_key(s.stripped) for s in stated if s.origin == origin] for origin in ORIGINS}
        self.parts = heading_parts - set(self.raw["h1"])
        self.slug = slug_words(document.url)
        self.slug_fits = {key: self._slug_fit(key) for key in keys}
        self.longest = max(map(len, keys), default=1)
        self.lower_headings = {
            word_key(text_of(heading, limit=300))
            for _, heading in zip(range(MAX_LOWER_HEADINGS), document.tree.iter("h2", "h3"), strict=False)
        }
        self.facts = {
            "is_news": float(any("News" in kind for kind in types(structured.article))),
            "is_declared": float(bool(structured.article)),
            "og_article": float(structured.meta("og:type") == "article"),
            "distinct": float(len({key for found in self.stripped.values() for key in found})),
            "headings": float(len(self.raw["h1"])),
        }

    def measure(self, key: Key, text: str) -> dict[str, float]:
        """The candidate's measures by name."""
        stated = {f"in_{origin}": self._relation(key, origin) for origin in ORIGINS}
        return (
            stated
            | {"support": float(sum(value >= _STRIPPED for value in stated.values()))}
            | self._as_heading(key)
            | self._in_address(key)
            | self._beside_others(key)
            | self._wording(key, text)
            | self.facts
        )

    def _relation(self, key: Key, origin: str) -> float:
        if not self.raw[origin]:
            return -1.0
        if key in self.raw[origin]:
            return _SAME
        if key in self.stripped[origin]:
            return _STRIPPED
        if any(_inside(key, other) for other in self.raw[origin]):
            return _PART
        return _HOLDS if any(len(other) > 2 and _inside(other, key) for other in self.stripped[origin]) else 0.0

    def _as_heading(self, key: Key) -> dict[str, float]:
        headings = self.raw["h1"]
        return {
            "heading_part": float(key in self.parts),
            "heading_with_parts": float(key in headings and any(_inside(part, key) for part in self.parts)),
            "heading_place": float(headings.index(key)) if key in headings else -1.0,
            "sole_heading": float(headings == [key]),
            "lower_heading": float(key in self.lower_headings),
        }

    def _slug_fit(self, key: Key) -> tuple[float, float, float]:
        """The shares of the slug's and the candidate's words that they have in common, and the harmonic mean.

        All are -1 without a slug.
        """
        if not self.slug:
            return -1.0, -1.0, -1.0
        shared = shared_words(key, self.slug)
        of_slug, of_key = shared / len(self.slug), shared / len(key)
        return of_slug, of_key, 2 * of_slug * of_key / (of_slug + of_key) if shared else 0.0

    def _in_address(self, key: Key) -> dict[str, float]:
        of_slug, of_key, mean = self.slug_fits[key]
        return {
            "slug_share": of_slug, "slug_key_share": of_key, "slug_fit": mean,
            "slug_behind": of_slug - max(fit[0] for fit in self.slug_fits.values()),
            "slug_fit_behind": mean - max(fit[2] for fit in self.slug_fits.values()),
        }  # fmt: skip

    def _beside_others(self, key: Key) -> dict[str, float]:
        longer = [other for other in self.keys if len(other) > len(key)]
        return {
            "inside": float(sum(_inside(key, other) for other in longer)),
            "holds": float(sum(_inside(other, key) for other in self.keys)),
            "begins": float(sum(other[: len(key)] == key for other in longer)),
            "ends": float(sum(other[-len(key) :] == key for other in longer)),
            "cut": float(any(other[: len(key) - 1] == key[:-1] for other in longer)),
            "relative_length": len(key) / self.longest,
        }

    def _wording(self, key: Key, text: str) -> dict[str, float]:
        joined = "".join(key)
        return {
            "words": float(len(key)), "characters": float(len(text)), "ellipsis": float(bool(_ELLIPSIS.search(text))),
            "separated": float(bool(part_spans(text))), "barred": float(bool(STRONG_SEPARATOR.search(text))),
            "colon": float(":" in text), "digits": float(any(map(str.isdigit, text))),
            "dated": float(len(text) < MAX_DATED_CHARACTERS and find_moment(text) is not None),
            "upper": sum(map(str.isupper, text)) / len(text), "closed": float(text[-1] in ".!?"),
            "is_site": float(joined in self.sites),
            "names_site": float(any(len(site) > 3 and site in joined for site in self.sites)),
        }  # fmt: skip


def _inside(key: Key, other: Key) -> bool:
    """Whether a headline is a run of another's words, but not all of them."""
    size = len(key)
    return 0 < size < len(other) and any(other[start : start + size] == key for start in range(len(other) - size + 1))
