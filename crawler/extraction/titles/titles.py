"""The headline: chosen by learned trees among a page's statements of it, without site names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.choice import certainties
from crawler.extraction.found import Found
from crawler.extraction.page.document import Document
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import in_link, outside_story, text_of
from crawler.extraction.text import plain, tidy, word_key
from crawler.extraction.titles.headings import without_kicker
from crawler.extraction.titles.home_links import home_keys, is_home_heading
from crawler.extraction.titles.leading_lines import leading_line
from crawler.extraction.titles.sitenames import strip_ends, strip_site, without_media
from crawler.extraction.titles.title_measures import MAX_TITLE_CHARACTERS, Candidate, Statement, candidates
from news.article import Hints

HINT_BONUS = 0.2  # added to the certainty of the feed's headline: the trees were trained without feeds; a choice

_META_NAMES = (
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
)
MIN_PART_SHARE = 0.4  # of a title's characters in the part that the page shows; a choice
MAX_LINES = 60  # looked at for each tag
_LINE_TAGS = ("h2", "h3", "h4", "b", "strong", "font")
MIN_CALLED_WORDS = 3  # of an element whose class names it a headline
MIN_CALLED_SIGNS = 6  # its characters in Chinese and Japanese
_UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# Matched in full: "titleBar" and "post-title-wrap" are not headlines.
_HEADLINE_NAMES = re.compile(
    r"(?:(?:article|story|news|post|entry|main)[-_]?)?(?:head-?line|title|hed)|content-?heading|tit(?:olo|ulo|ular|re|el|el1)|başlık|baslik"
    r"|naslov|tytu[lł]|nadpis|zagolovok|titlu|otsikko|rubrik|overskrift",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")


def read_title(
    document: Document, structured: Structured, hints: Hints, passages: Sequence[Passage] = ()
) -> Found[str] | None:
    """The headline without the site's name; None if the page states none."""
    found = title_candidates(document, structured, hints, passages)
    if not found:
        return None
    sure = certainties("title", [candidate.measures for candidate in found]) if len(found) > 1 else [1.0]
    hinted = word_key(plain(hints.title))
    ranked = [value + HINT_BONUS * (candidate.key == hinted) for candidate, value in zip(found, sure, strict=True)]
    best = max(range(len(found)), key=ranked.__getitem__)
    return Found(_ELLIPSIS.sub("…", found[best].text), found[best].origin, round(min(1.0, ranked[best]), 2))


def title_candidates(
    document: Document, structured: Structured, hints: Hints, passages: Sequence[Passage] = ()
) -> list[Candidate]:
    """Every reading of the page's statements that can be its headline, with measures."""
    sites = site_keys(document, structured, hints) | home_keys(document)
    raw = [entry for entry in _statements(document, structured, hints) if entry[1]]
    if all(origin in ("title", "hint") for origin, _ in raw) and (
        line := leading_line(passages, raw[-1][1] if raw else "")
    ):
        raw.append(("h1", tidy(line, limit=MAX_TITLE_CHARACTERS)))
    whole = {key for _, text in raw if "".join(key := word_key(text)) not in sites}
    stated = [Statement(origin, text, _stripped(origin, text, sites, whole)) for origin, text in raw]
    found = candidates(document, structured, stated, sites)
    return [candidate for candidate in found if "".join(candidate.key) not in sites] or found


def _stripped(origin: str, text: str, sites: frozenset[str], whole: set[tuple[str, ...]]) -> str:
    if origin == "h1":
        return strip_ends(without_kicker(text, whole), sites, whole=True)
    return strip_site(text, sites, agreed=whole - {word_key(text)})


def _statements(document: Document, structured: Structured, hints: Hints) -> list[tuple[str, str]]:
    """(origin, text) for every place where a headline may be stated."""
    title = document.elements.first("title")
    stated = [("h1", text) for text in _headings(document)]
    stated += [
        ("json-ld", structured.field("headline") or structured.field("name")),
        ("og:title", structured.meta("og:title")),
        ("itemprop", _itemprop(document)),
        ("meta", structured.meta(*_META_NAMES)),
        ("hint", plain(hints.title)),
        ("title", plain(title.text_content()) if title is not None else ""),
    ]
    lines = [(origin, tidy(unescape(text), limit=MAX_TITLE_CHARACTERS)) for origin, text in stated]
    lines = [(origin, line if origin == "h1" else without_media(line)) for origin, line in lines]
    whole = {"".join(word_key(line)): line for origin, line in reversed(lines) if origin != "h1"}
    return [
        (origin, whole["".join(word_key(line))] if _is_spelt(origin, line, whole) else line) for origin, line in lines
    ]


def _is_spelt(origin: str, line: str, whole: Mapping[str, str]) -> bool:
    """Whether a heading is another statement with more blanks: "C ycle", "Bridges : the cost", between two elements."""
    key = word_key(line)
    other = whole.get("".join(key)) if origin == "h1" else None
    if other is None:
        return False
    return len(word_key(other)) < len(key) or (line != other and "".join(line.split()) == "".join(other.split()))


def _headings(document: Document) -> list[str]:
    headings = [h1 for h1 in document.elements.tagged("h1") if not (in_link(h1) and outside_story(h1))]
    headings = [h1 for h1 in headings if not is_home_heading(h1, document)]
    headings = headings or _called_headlines(document) or _titled(document)
    inside = [h1 for h1 in headings if not outside_story(h1)] or headings
    return list(dict.fromkeys(text for h1 in inside[:6] for text in [text_of(h1, limit=MAX_TITLE_CHARACTERS)] if text))


def _called_headlines(document: Document) -> list[HtmlElement]:
    """The first element whose class names it a headline, for pages without h1; a list of one or none."""
    called = (element for element, classes in document.elements.classed if _is_headline_name(classes))
    told = (each for each in called if not (in_link(each) or outside_story(each)))
    return [each for each in islice(told, 1) if _is_long_enough(text_of(each))]


def _is_long_enough(text: str) -> bool:
    """Whether a text has enough words for a headline, or enough characters in a script without spaces."""
    return len(text.split()) >= MIN_CALLED_WORDS or len(_UNPARTED.findall(text)) >= MIN_CALLED_SIGNS


def _titled(document: Document) -> list[HtmlElement]:
    """In a list, the longest heading or bold line that is part of the page's title but not all of it."""
    title = document.elements.first("title")
    whole = tidy(title.text_content() if title is not None else "", limit=MAX_TITLE_CHARACTERS)
    lines = [element for tag in _LINE_TAGS for element in document.elements.tagged(tag)[:MAX_LINES]]
    parts = [
        (len(text), line) for line in lines for text in [text_of(line, limit=MAX_TITLE_CHARACTERS)] if text in whole
    ]
    size, found = max(parts, key=lambda part: part[0], default=(0, None))
    return [found] if found is not None and MIN_PART_SHARE * len(whole) <= size < len(whole) else []


@lru_cache(maxsize=10_000)  # most classes occur on many elements of a site
def _is_headline_name(names: str) -> bool:
    return _HEADLINE_NAMES.fullmatch(names) is not None


def _itemprop(document: Document) -> str:
    found = document.marked("headline")
    return text_of(found[0], limit=MAX_TITLE_CHARACTERS) if found else ""
