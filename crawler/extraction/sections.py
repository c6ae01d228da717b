"""The publisher's section and the label above the headline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.document import Document
from crawler.extraction.found import Found
from crawler.extraction.furniture import is_furniture
from crawler.extraction.headings import heading_kicker
from crawler.extraction.jsonld import as_list, name_of, types
from crawler.extraction.moments import find_moment
from crawler.extraction.structured import Structured
from crawler.extraction.text import plain, word_key
from crawler.extraction.titles import site_keys
from crawler.extraction.tree import names_of, text_of
from news.article import Hints

MAX_SECTION_CHARACTERS = 60

_KICKER_NAMES = re.compile(
    r"(?:^|[-_\s])(?:kicker|category|categorie|kategori\w*|section|rubri\w*|topic|eyebrow|overline|tagline|channel|dachzeile|spitzmarke)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:date|time)\b|\d{1,2}:\d{2}", re.IGNORECASE
)
_NO_SECTION = frozenset(
    [
        "article",
        "articles",
        "news",
        "story",
        "stories",
        "post",
        "posts",
        "blog",
        "content",
        "detail",
        "page",
        "item",
        "doc",
        "index",
        "home",
        "archive",
        "uncategorized",
        "general",
        "front",
        "amp",
        "en",
        "de",
        "fr",
        "es",
        "tr",
        "ar",
        "read",
        "id",
        "p",
        "a",
        "n",
        "story-detail",
        "latest",
    ]
)
_SLUG = re.compile(r"[a-z][a-z]*(?:-[a-z]+){0,2}$")


def read_section(document: Document, structured: Structured, hints: Hints) -> Found[str] | None:
    """The section as the publisher writes it."""
    sites = site_keys(document, structured, hints)
    stated = [
        ("json-ld", structured.field("articleSection")),
        (
            "article:section",
            structured.meta("article:section", "og:article:section", "article.section", "cxenseparse:articlesection"),
        ),
        ("meta", structured.meta("section", "parsely-section", "sailthru.section", "dc.subject", "category")),
        ("breadcrumb", _breadcrumb(structured, sites)),
        ("kicker", _label_above(document.tree) or ""),
        ("hint", plain(hints.section)),
        ("url", _from_path(document.url)),
    ]
    for origin, text in stated:
        section = _tidy(text)
        if section and "".join(word_key(section)) not in sites:
            return Found(section, origin)
    return None


def read_kicker(tree: HtmlElement) -> str | None:
    """The short label in front of the headline in its heading, or right above it; its date is left out."""
    headline = next(tree.iter("h1"), None)
    inside = heading_kicker(headline) if headline is not None else ""
    return inside or _label_above(tree)


def _label_above(tree: HtmlElement) -> str | None:
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return None
    for element in _above(headline):
        for part in (element, *element.iter("a", "span", "p", "div", "li")):
            text = _DATE.sub(" ", text_of(part, limit=200)).strip(" |·•-–—/,")
            named = bool(_KICKER_NAMES.search(names_of(part))) or part.tag == "a"
            short = 1 < len(text) <= MAX_SECTION_CHARACTERS and len(text.split()) <= 5
            if named and short and not find_moment(text) and not is_furniture(text):  # a share button is no section
                return " ".join(text.split())
    return None


def _above(headline: HtmlElement) -> list[HtmlElement]:
    """The three elements above a headline, nearest first, looking out of one wrapper."""
    above = [element for element in headline.itersiblings(preceding=True) if isinstance(element.tag, str)][:3]
    parent = headline.getparent()
    if not above and parent is not None and parent.tag in ("div", "header", "section"):
        above = [element for element in parent.itersiblings(preceding=True) if isinstance(element.tag, str)][:2]
    return [
        element
        for element in above
        if element.tag not in ("nav", "script", "style", "figure") and len(text_of(element, limit=300)) < 160
    ]


def _breadcrumb(structured: Structured, sites: frozenset[str]) -> str:
    """The deepest list entry that is neither the site nor the article."""
    headline = word_key(structured.field("headline"))
    for node in structured.nodes:
        if "BreadcrumbList" not in types(node):
            continue
        names = [
            name_of(entry) or name_of(entry.get("item"))
            for entry in as_list(node.get("itemListElement"))
            if isinstance(entry, Mapping)
        ]
        kept = [name for name in names[1:] or names if name and word_key(name) != headline and len(name.split()) <= 4]
        kept = [name for name in kept if "".join(word_key(name)) not in sites]
        if kept:
            return kept[0]
    return ""


def _from_path(url: str) -> str:
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    first = next((part for part in parts[:-1] if part not in _NO_SECTION), "")
    return first.replace("-", " ").title() if _SLUG.match(first) and len(first) > 2 else ""


def _tidy(text: str) -> str:
    section = (
        text.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip(" |/>»·")
        if text.count(",") or text.count(";")
        else text.strip(" |/>»·")
    )
    if not section or len(section) > MAX_SECTION_CHARACTERS or section.lower() in _NO_SECTION:
        return ""
    return section.title() if section.isupper() and len(section) > 4 and section.isascii() else section
