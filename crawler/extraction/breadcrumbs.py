"""The paths from the home page to a story: as stated in JSON-LD and as shown above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list, name_of, types
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import names_of, text_of
from crawler.extraction.text import word_key

MAX_STEP_WORDS = 5
_MAX_PATH_CHARACTERS = 400  # a longer box is a menu, or holds more than the path
_MAX_STEPS = 4  # between home page and story; a box with more is a menu
_MAX_PATHS = 4  # how many boxes of one page are examined

CRUMB_NAMES = re.compile(r"bread-?_?cru?mb|(?:^|[-_\s])(?:crumbs?|arbo)(?:$|[-_\s\d])", re.IGNORECASE)
HOME_WORDS = r"home(?:page)?|home icon|blog home|startseite|accueil|inicio|início|ana ?sayfa|hjem|hem|etusivu|главная"
_HOME = re.compile(
    rf"{HOME_WORDS}|"
    r"strona główna|ホーム|トップ(?:ページ)?|首页|首頁|홈|forside|forsíða|domů|kezdőlap|acasă|αρχική|zur startseite",
    re.IGNORECASE,
)
_HOME_PATH = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:index\.\w+)?", re.IGNORECASE)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|^\d+$")  # an issue or a month
_NUMBER = re.compile(r"\d")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")


@dataclass(frozen=True, slots=True)
class _Step:
    text: str
    href: str


def read_paths(document: Document, structured: Structured) -> tuple[list[str], list[str]]:
    """(stated, shown): for each kind, the steps between home page and story of the first path that has any."""
    headlines = _headlines(document, structured)
    return _stated_path(structured, headlines), _shown_path(document, headlines)


def _stated_path(structured: Structured, headlines: set[tuple[str, ...]]) -> list[str]:
    for node in structured.nodes:
        if "BreadcrumbList" not in types(node):
            continue
        entries = [entry for entry in as_list(node.get("itemListElement")) if isinstance(entry, Mapping)]
        names = [name_of(entry) or name_of(entry.get("item")) for entry in entries]
        kept = [
            name
            for name in names[1:] or names
            if name and len(name.split()) < MAX_STEP_WORDS and not _is_headline(name, headlines)
        ]
        if kept:
            return kept
    return []


def _shown_path(document: Document, headlines: set[tuple[str, ...]]) -> list[str]:
    for box, _ in zip(_boxes(document), range(_MAX_PATHS), strict=False):
        if len(text_of(box, limit=_MAX_PATH_CHARACTERS + 1)) > _MAX_PATH_CHARACTERS:
            continue
        steps = [
            step.text
            for step in _steps(box)
            if len(step.text.split()) <= MAX_STEP_WORDS
            and word_key(step.text)
            and not _DATED.search(step.text)
            and not _leads_home(step, document)
            and not _is_headline(step.text, headlines)
        ]
        if 0 < len(steps) <= _MAX_STEPS:
            return steps
    return []


def _headlines(document: Document, structured: Structured) -> set[tuple[str, ...]]:
    """The keys of the page's own names for itself: its stated headline and name, og:title and first headings."""
    stated = [structured.field("headline"), structured.field("name"), structured.meta("og:title")]
    shown = [text_of(heading, limit=300) for heading in document.elements.tagged("h1")[:3]]
    return {word_key(text) for text in (*stated, *shown)} - {()}


def _is_headline(text: str, headlines: set[tuple[str, ...]]) -> bool:
    """Whether a step is the page's own headline, in full or cut short."""
    key = word_key(_CUT.sub("", text))
    was_cut = bool(_CUT.search(text))
    return key in headlines or (was_cut and any(headline[: len(key) - 1] == key[:-1] for headline in headlines))


def _boxes(document: Document) -> Iterator[HtmlElement]:
    """The elements marked as a path: by the standard's label, by schema.org's type or by their own names."""
    for nav in document.elements.tagged("nav"):
        if CRUMB_NAMES.search(f"{nav.get('aria-label') or ''} {names_of(nav)}"):
            yield nav
    for marked in document.elements.marked:
        if marked.type and marked.type.endswith("/BreadcrumbList"):
            yield marked.element
    for element, classes in document.elements.classed:
        if _names_a_path(classes) and element.tag not in ("body", "nav", "main", "article"):
            yield element
    for tag in ("div", "ol", "ul", "p"):
        for element in document.elements.tagged(tag):
            if (name := element.get("id")) and _names_a_path(name):
                yield element


@lru_cache(maxsize=20_000)  # a site uses most classes on many elements
def _names_a_path(names: str) -> bool:
    return bool(CRUMB_NAMES.search(names))


def _steps(box: HtmlElement) -> Iterator[_Step]:
    """The links in a box; text without a link is the page itself, or tells readers that this is a path.

    In a box without links, its child elements, provided there is more than one.
    """
    if next(box.iter("a"), None) is None:
        texts = [text_of(each, limit=100).strip(" |/<>»›‹·#") for each in box if isinstance(each.tag, str)]
        yield from (_Step(text, "") for text in texts[: len(texts) * (len(texts) > 1)] if not _NUMBER.search(text))
    for link in box.iter("a"):
        href, text = (link.get("href") or "").strip(), text_of(link, limit=100).strip(" |/<>»›‹·#")
        if text and href and not href.lower().startswith(("#", "javascript:")):
            yield _Step(text, href)


def _leads_home(step: _Step, document: Document) -> bool:
    if _HOME.fullmatch(step.text):
        return True
    if not step.href:
        return False
    target = urlsplit(step.href)
    is_itself = bool(target.path) and target.path == urlsplit(document.url).path
    return (is_itself and _is_near(target, document)) or is_home(step.href, document)


def is_home(href: str, document: Document) -> bool:
    """Whether an address is the site's home page."""
    target = urlsplit(href)
    is_bare = bool(href) and not (target.query or target.fragment)
    return is_bare and _is_near(target, document) and bool(_HOME_PATH.fullmatch(target.path))


def _is_near(target: SplitResult, document: Document) -> bool:
    """Whether an address is on the page's host or on a parent domain of it."""
    return not target.netloc or document.host.endswith(target.netloc.removeprefix("www."))
