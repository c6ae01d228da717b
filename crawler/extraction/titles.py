"""The headline: candidates from everywhere a page states it, site names stripped, the best supported chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from news.article import Hints

from .document import Document
from .found import Found
from .moments import find_moment
from .structured import Structured
from .text import plain, tidy, word_key
from .tree import in_link, outside_story, text_of

MAX_TITLE_CHARACTERS = 400

# How far each statement is believed; agreement adds up. Where a page's only first-level heading and its og:title
# differ, readers were shown the heading: it is the headline in two of three such cases of the developers' corpora,
# even against all others together, so it alone outweighs them.
SOLE_HEADING_WEIGHT = 9.0
MIN_CORE_WORDS = 4  # a headline that is looked for inside a longer heading
MIN_KICKER_WORDS = 2  # fewer are an article or preposition that a shorter statement leaves out
MAX_LABEL_WORDS = 3
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
_SEPARATORS = re.compile(
    r"\s+(?:[|\-–—·•»«›‹~/│ㅣ]|::?)\s+|\s*[|｜»«│ㅣ]\s*|(?<=[^\W\d]):\s+|(?<=\w)[-–—]\s+|(?<=[^\W\d_a-zA-Z])[-_](?=[^\W\d_a-zA-Z])"
    r"|(?<=[！？。\"'”’」』》)])[-_](?=[^\W\d_a-zA-Z])"
)
_STRONG_SEPARATOR = re.compile(r"\s*(?:[|｜»«│ㅣ]|::)\s*")
_WORDS = re.compile(r"\w+")
_OPENING = re.compile(r"[\"'“„«»「『¿¡(#]+$")
_SET_OFF = re.compile(r"(?<!\s):|[–—-]")  # a colon behind a blank is how templates join a kicker
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
    stripped = [
        (
            origin,
            _strip_ends(text, sites, whole=True)
            if origin == "h1"
            else strip_site(text, sites, agreed=whole - {word_key(text)}),
        )
        for origin, text in raw
    ]
    named = [entry for entry in stripped if word_key(entry[1])]
    headlines = [entry for entry in named if "".join(word_key(entry[1])) not in sites] or named
    return _vote(_weighed(headlines)) if headlines else None


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
    spans = _spans(title)
    if not spans:
        return title
    agreed = set(agreed)
    for start, end in spans:
        for part in (title[:start], title[end:]):
            if len(word_key(part)) >= 3 and word_key(part) in agreed:
                return part.strip()
    stripped = _strip_ends(title, sites)
    strong = [span for span in _spans(stripped) if _STRONG_SEPARATOR.fullmatch(stripped, *span)]
    if strong:
        head, tail = stripped[: strong[-1][0]], stripped[strong[-1][1] :]
        if len(word_key(tail)) <= 3 < len(word_key(head)):
            return head.strip()
    return stripped


def _spans(title: str) -> list[tuple[int, int]]:
    """Where a title may be parted; an opening or closing quotation mark parts nothing."""
    spans = (match.span() for match in _SEPARATORS.finditer(title))
    return [(start, end) for start, end in spans if start and end < len(title)]


def _strip_ends(title: str, sites: frozenset[str], *, whole: bool = False) -> str:
    for _ in range(4):  # "Headline - Section - Site - Site.com" has no more names than that
        shorter = next(
            (
                rest.strip()
                for start, end in reversed(_spans(title))
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


def _weighed(stated: list[tuple[str, str]]) -> list[_Candidate]:
    """The statements with their weights; the page's one heading that can be the headline outweighs all others."""
    keyed = [(origin, text, word_key(text)) for origin, text in stated]
    others = [key for origin, _, key in keyed if origin != "h1"]
    headings = [_without_kicker(text, key, others) for origin, text, key in keyed if origin == "h1"]
    headings = list(dict.fromkeys(headings))
    backed = sorted(
        (heading for heading in headings if heading[1] in others),
        key=lambda heading: (-others.count(heading[1]), -len(heading[1])),
    )
    sole = (backed or headings)[:1] if len(headings) == 1 or backed else []
    candidates = [_Candidate(origin, text, key, _WEIGHTS[origin]) for origin, text, key in keyed if origin != "h1"]
    for text, key in headings:
        trusted = (text, key) in sole and not _is_label(key, others)
        weight = SOLE_HEADING_WEIGHT if trusted else _WEIGHTS["h1"] * (1.0 if len(headings) == 1 else 0.5)
        candidates.append(_Candidate("h1", text, key, weight))
    return candidates


def _without_kicker(text: str, key: tuple[str, ...], others: list[tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """A heading without the kicker before or the date behind the headline that another statement gives alone.

    Only words that run into the headline are a kicker; what a colon or dash sets off belongs to it.
    """
    words = list(_WORDS.finditer(text))
    for other in sorted(others, key=len, reverse=True):
        surplus = len(key) - len(other)
        if len(other) < MIN_CORE_WORDS or surplus < MIN_KICKER_WORDS or len(words) != len(key):
            continue
        if key[surplus:] == other:
            start = words[surplus].start()
            if not _SET_OFF.search(text[words[surplus - 1].end() : start]):
                opening = _OPENING.search(text[:start])
                return (opening[0] if opening else "") + text[start:], other
        elif key[: len(other)] == other and find_moment(text[words[len(other)].start() :]):
            return text[: words[len(other)].start()].rstrip(" |•·,-–—("), other
    return text, key


def _is_label(key: tuple[str, ...], others: list[tuple[str, ...]]) -> bool:
    """Whether a heading of a word or two names a section or the site, where a longer headline is stated twice."""
    longer = [other for other in others if len(other) >= len(key) + 3 and key != other[: len(key)]]
    return len(key) <= MAX_LABEL_WORDS and any(longer.count(other) > 1 for other in longer)


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
    share = support[best.key] / sum({entry.origin: entry.weight for entry in candidates}.values())
    return Found(_ELLIPSIS.sub("…", best.text), best.origin, round(min(1.0, share), 2))


def _is_cut(entry: _Candidate, key: tuple[str, ...]) -> bool:
    """Whether a candidate is the beginning of a longer one, cut for machines that allow some 60 or 110 characters."""
    words = entry.key[:-1] if _ELLIPSIS.search(entry.text) else entry.key
    return len(words) >= 5 and len(entry.text) >= 50 and len(words) < len(key) and key[: len(words)] == words
