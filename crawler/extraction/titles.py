"""The headline: candidates from everywhere a page states it, site names stripped, the best supported chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from news.article import Hints

from .document import Document
from .found import Found
from .structured import Structured
from .text import plain, tidy, word_key
from .tree import in_link, outside_story, text_of

MAX_TITLE_CHARACTERS = 400

# How far each statement is believed; agreement adds up. Chosen on the developers' corpora.
_WEIGHTS = {"h1": 3.0, "json-ld": 2.5, "og:title": 2.5, "hint": 2.0, "title": 2.0, "itemprop": 2.0, "meta": 1.5}
_SPELLING_ORDER = ("h1", "json-ld", "og:title", "itemprop", "meta", "hint", "title")  # whose spelling a group takes

_META_NAMES = (
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
)
_SEPARATORS = re.compile(r"\s+(?:[|\-–—·•»«›‹~/]|::?)\s+|\s*[|｜»«]\s*|(?<=[^\W\d]):\s+")
_STRONG_SEPARATOR = re.compile(r"\s*(?:[|｜»«]|::)\s*")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    origin: str
    text: str
    key: tuple[str, ...]
    weight: float


def read_title(document: Document, structured: Structured, hints: Hints) -> Found[str] | None:
    """The headline without the site's name; None when the page states none."""
    sites = site_keys(document, structured, hints)
    raw = [entry for entry in _statements(document, structured, hints) if entry[1]]
    whole = {word_key(text) for _, text in raw}
    candidates = [
        _Candidate(origin, text, word_key(text), _WEIGHTS[origin] * factor)
        for origin, stated, factor in _with_factors(raw)
        for text in [strip_site(stated, sites, agreed=whole)]
        if word_key(text)
    ]
    if not candidates:
        return None
    headline = [entry for entry in candidates if "".join(entry.key) not in sites]
    return _vote(headline or candidates)


def site_keys(document: Document, structured: Structured, hints: Hints) -> frozenset[str]:
    """The site's names and host, as words run together, for comparing."""
    names = [hints.site_name or "", *structured.site_names]
    labels = document.host.split(".")
    hosts = [document.host, ".".join(labels[-2:]), *(label for label in labels[:-1] if len(label) > 3)]
    return frozenset(key for name in (*names, *hosts) for key in ["".join(word_key(name))] if key)


def strip_site(title: str, sites: frozenset[str], *, agreed: Iterable[tuple[str, ...]] = ()) -> str:
    """The title without the names of its site before or after a separator.

    A part that is one of the `agreed` headlines is the title, whatever stands beside it.
    """
    spans = [match.span() for match in _SEPARATORS.finditer(title)]
    if not spans:
        return title
    agreed = set(agreed)
    for start, end in spans:
        for part in (title[:start], title[end:]):
            if len(word_key(part)) >= 3 and word_key(part) in agreed:
                return part.strip()
    stripped = _strip_ends(title, sites)
    strong = list(_STRONG_SEPARATOR.finditer(stripped))
    if strong and strong[-1].start() > 0:
        head, tail = stripped[: strong[-1].start()], stripped[strong[-1].end() :]
        if len(word_key(tail)) <= 3 < len(word_key(head)):
            return head.strip()
    return stripped


def _strip_ends(title: str, sites: frozenset[str]) -> str:
    for _ in range(4):  # "Headline - Section - Site - Site.com" has no more names than that
        spans = [match.span() for match in _SEPARATORS.finditer(title)]
        shorter = next(
            (
                rest.strip()
                for start, end in reversed(spans)
                for rest, part in ((title[:start], title[end:]), (title[end:], title[:start]))
                if word_key(rest) and _names_site(part, sites)
            ),
            None,
        )
        if shorter is None:
            break
        title = shorter
    return title


def _names_site(part: str, sites: frozenset[str]) -> bool:
    words = word_key(part)
    joined = "".join(words)
    if not joined or len(words) > 6:
        return False
    return joined in sites or (len(words) <= 4 and any(len(site) > 3 and site in joined for site in sites))


def _statements(document: Document, structured: Structured, hints: Hints) -> list[tuple[str, str]]:
    """(origin, text) of every place a headline is stated."""
    title = next(document.tree.iter("title"), None)
    stated = [("h1", text) for text in _headings(document)]
    stated += [
        ("json-ld", structured.field("headline") or structured.field("name")),
        ("og:title", structured.meta("og:title")),
        ("itemprop", _itemprop(document)),
        ("meta", structured.meta(*_META_NAMES)),
        ("hint", plain(hints.title)),
        ("title", plain(title.text_content()) if title is not None else ""),
    ]
    return [(origin, tidy(text, limit=MAX_TITLE_CHARACTERS)) for origin, text in stated]


def _with_factors(raw: list[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """Several first-level headings share their trust: at most one of them is the headline."""
    count = sum(origin == "h1" for origin, _ in raw) or 1
    return [(origin, text, (0.5 if origin == "h1" and count > 1 else 1.0)) for origin, text in raw]


def _headings(document: Document) -> list[str]:
    headings = [h1 for h1 in document.tree.iter("h1") if not (in_link(h1) and outside_story(h1))]
    inside = [h1 for h1 in headings if not outside_story(h1)] or headings
    return list(dict.fromkeys(text for h1 in inside[:6] for text in [text_of(h1, limit=MAX_TITLE_CHARACTERS)] if text))


def _itemprop(document: Document) -> str:
    found = document.tree.xpath("//*[@itemprop='headline'][not(self::meta)]")
    return text_of(found[0], limit=MAX_TITLE_CHARACTERS) if found else ""


def _vote(candidates: list[_Candidate]) -> Found[str]:
    support: dict[tuple[str, ...], float] = {}
    for key in {entry.key for entry in candidates}:
        backers = {entry.origin: entry.weight for entry in candidates if entry.key == key or _is_cut(entry, key)}
        support[key] = sum(backers.values())
    order = {origin: rank for rank, origin in enumerate(_SPELLING_ORDER)}
    best = max(candidates, key=lambda entry: (support[entry.key], -order[entry.origin]))
    return Found(_ELLIPSIS.sub("…", best.text), best.origin)


def _is_cut(entry: _Candidate, key: tuple[str, ...]) -> bool:
    """Whether a candidate is the beginning of a longer one, cut for machines that allow some 60 or 110 characters."""
    words = entry.key[:-1] if _ELLIPSIS.search(entry.text) else entry.key
    return len(words) >= 5 and len(entry.text) >= 50 and len(words) < len(key) and key[: len(words)] == words
