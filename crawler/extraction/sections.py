"""The publisher's section and the label above the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.breadcrumbs import CRUMB_NAMES, HOME_WORDS, read_paths
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.found import Found
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list, name_of
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import names_of, outside_story, text_of
from crawler.extraction.text import plain, word_key
from crawler.extraction.titles.headings import heading_kicker
from crawler.extraction.titles.slugs import unaccented
from news.article import Hints

MAX_SECTION_CHARACTERS = 60

# Lines above a headline that are about the story and do not name a section.
_SURTITLES = "over-?title|antetitulo|sobretitulo|volanta|surtitre|r(?:oo?|u)-?titr|uptitle"
_SURTITLE_NAMES = re.compile(rf"(?:^|[-_\s])(?:{_SURTITLES})(?:$|[-_\s\d])", re.IGNORECASE)
_KICKER_NAMES = re.compile(
    rf"(?:^|[-_\s])(?:kicker|category|categorie|kategori\w*|section|rubri\w*|topic|eyebrow|overline|tagline|channel|dachzeile|spitzmarke|{_SURTITLES}"
    r"|(?:cat|post|article|story|news)[-_]?label)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
# Boxes above a headline that lead elsewhere: to share, skip, go back, or to the writer.
_CONTROL_NAMES = re.compile(
    r"share|sharing|social|tool-?(?:bar|box)|menu|(?:^|\s)(?:(?:top|main|sub)-?)?nav(?:bar)?(?:$|\s)|navigation|skip|filmstrip"
    r"|(?:^|[-_\s])(?:back|user|jump)(?:$|[-_\s\d])|back-?to|author|vcard|byline|comment|profile|disclosure",
    re.IGNORECASE,
)
_CONTROL_LINK = re.compile(
    r"^\s*(?:#|/$|mailto:|javascript:|https?://(?:www\.)?[\w-]+\.[\w-]+/?$)|facebook\.com|twitter\.com/|/authors?/",
    re.IGNORECASE,
)
_CONTROL_TEXT = re.compile(
    r"[←↓↑‹].*|.*\w{3}\.|\d+\s+(?:comments?|kommentare?|commentaires?|comentarios?|yorum|shares?|likes?|views?)"
    r"|(?:zurück|back to|go back|retour|volver|zum inhalt|skip to|diese seite|all (?:stories|articles|posts))\b.*"
    rf"|{HOME_WORDS}"
    r"|menu|menü|url:?|back|vorheriges|nächstes"
    r"|e-?mail|facebook|twitter|learn more|read more|previous|next|updated",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:date|time)\b|\d{1,2}:\d{2}", re.IGNORECASE
)
_DATED_LABEL = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})\s(?P<label>[^\W\d_]+(?:\s[^\W\d_]+){0,2})"
)
# The reading time, which some sites put on the section's line: "3 MIN READ", "3 DK OKUMA".
_READING_TIME = re.compile(
    r"(?<!\w)\d{1,3}\s*(?:min|dk|dak|мин|хв|دقائق|دقيقة|دقیقه|דקות|perc|λεπτ|phút|menit|分|분).*", re.IGNORECASE
)
# Names that say only that something is a page, not which section it is in.
_NO_SECTION = frozenset(
    {
        "article", "articles", "news", "story", "stories", "post", "posts", "blog", "content", "detail", "page",
        "item", "doc", "index", "home", "archive", "archives", "uncategorized", "general", "front", "amp", "en",
        "de", "fr", "es", "tr", "ar", "read", "id", "p", "a", "n", "story-detail", "latest", "artikel", "artikeln",
        "articulo",
        "articolo", "artykul", "artigo", "haber", "haberler", "nachrichten", "noticias", "noticia", "actualites",
        "actualités", "notizie", "nyheter", "uutiset", "aktuell", "aktuelles", "allgemein", "start", "startseite",
        "web", "shareddocs", "documents", "downloads", "cms", "node", "pages", "threads", "details", "newsdetails",
        "informationen", "service", "wiki", "feeds", "docs", "all", "latest-news", "neuigkeiten", "meldungen",
        "en-us", "en-gb", "de-de", "latest news", "all articles", "alle artikel", "alle news", "all news", "top news",
        "main navigation", "view", "views", "themen", "thema", "topics", "topic", "temas", "tema", "sujets", "teemat",
        "tematy", "konular", "onderwerpen", "argomenti", "emner", "headlines", "headline", "schlagzeilen", "titulares",
        "ニュース", "新闻", "新聞", "뉴스", "новости", "новини", "wiadomości", "aktualności", "nieuws", "noutăți",
        "știri", "zprávy", "hírek", "vijesti", "vesti", "nyhed", "nyheder", "fréttir", "ειδήσεις", "أخبار", "اخبار",
        "חדשות", "notícias", "notícia", "الأخبار", "ข่าว", "tin tức", "berita", "latest posts", "blogs", "all posts",
        "all stories", "übersicht", "nachricht", "allgemeines", "archiv", "other", "sonstiges", "popular", "highlight",
        "list", "anzeige", "component", "stiri", "blogposts", "aktuelle meldungen", "neue artikel",
    }
)  # fmt: skip
_META_NAMES = ("article:section", "og:article:section", "article.section", "cxenseparse:articlesection")
_CATEGORY_BOX = re.compile(
    r"(?:^|\s)(?:category-name|cat-links|(?:entry|post|article|meta|td-post|jeg_meta)[-_]category)(?:$|\s)"
)
_MAX_MENU_LINKS = 150
_MAX_WRAPPERS = 2  # around a headline that opens them
_WRITERS = frozenset({"autor", "autoren", "author", "authors", "auteurs", "autores", "yazar", "yazarlar", "people"})
_SLUG = re.compile(r"[a-z][a-z]*(?:-[a-z]+){0,2}$")


def read_section(document: Document, structured: Structured, hints: Hints) -> Found[str] | None:
    """The section as the publisher writes it."""
    sites = site_keys(document, structured, hints)
    path = [step for step in chain(*read_paths(document, structured)) if not _CONTROL_TEXT.fullmatch(step)]
    kicker = _label_above(document, crumbs=True) or ""
    address = _from_path(document.url)
    meta = structured.meta("section", "parsely-section", "sailthru.section", "dc.subject", "category")
    stated: list[tuple[str, Iterable[str]]] = [
        ("json-ld", (name_of(value) for value in as_list(structured.article.get("articleSection")))),
        ("article:section", (text for _, text in structured.all(*_META_NAMES))),
        ("meta", [meta]),
        ("breadcrumb", path),
        ("category", _category_links(document)),
        ("category", _named_categories(document)),
        ("kicker", [kicker]),
        ("hint", [plain(hints.section)]),
        ("url", _as_shown(address, document)),
    ]
    witnesses = {word_key(text) for text in (*path, kicker, address)} - {()}
    for origin, texts in stated:
        sections = [section for text in texts for section in _sections_in(text)]
        usable = [section for section in sections if "".join(word_key(section)) not in sites]
        if usable:
            agreed = (section for section in usable if origin != "breadcrumb" and word_key(section) in witnesses)
            return Found(next(agreed, usable[0]), origin)
    return None


def read_kicker(document: Document) -> str | None:
    """The short label before the headline in its heading, or right above it, without its date."""
    headline = document.elements.first("h1")
    inside = heading_kicker(headline) if headline is not None else ""
    return inside or _label_above(document)


def _label_above(document: Document, *, crumbs: bool = False) -> str | None:
    """The first label above the headline that is not navigation; with `crumbs`, breadcrumb steps count as labels."""
    headline = document.elements.first("h1")
    if headline is None:
        return None
    for element in _above(headline):
        is_close = element.getparent() in (headline.getparent(), _outer(headline))
        if crumbs and (label := _beside_date(element)):
            return label
        for part in (element, *element.iter("a", "span", "p", "div", "li")):
            text = _READING_TIME.sub("", _DATE.sub(" ", text_of(part, limit=200))).strip(" |·•-–—/,")
            names = names_of(part)
            named = bool(_KICKER_NAMES.search(names)) or (part.tag == "a" and (is_close or _is_slug(part)))
            if crumbs and _SURTITLE_NAMES.search(names):
                continue
            short = 1 < len(text) <= MAX_SECTION_CHARACTERS and len(text.split()) <= 5
            if not (named and short) or find_moment(text) or is_furniture(text):
                continue
            if not _is_control(part, element, text, crumbs=crumbs):
                return " ".join(text.split())
    return None


def _outer(element: HtmlElement) -> HtmlElement | None:
    parent = element.getparent()
    return None if parent is None else parent.getparent()


def _is_slug(link: HtmlElement) -> bool:
    """Whether a link is all of an element that systems name after the slug line, the label above a headline."""
    around = link.getparent()
    return around is not None and "slug" in names_of(around).split() and text_of(around) == text_of(link)


def _beside_date(element: HtmlElement) -> str:
    """The label of an element that is just a date and a label in capitals: "2026-07-03 MAGAZINE"; else ""."""
    text = text_of(element, limit=MAX_SECTION_CHARACTERS)
    match = _DATED_LABEL.fullmatch(text)
    return match["label"] if match and match["label"].isupper() else ""


def _is_control(part: HtmlElement, outer: HtmlElement, text: str, *, crumbs: bool) -> bool:
    """Whether a label is navigation, judged by its words, its target or the names of the boxes around it."""
    if _CONTROL_TEXT.fullmatch(text) or _CONTROL_LINK.search(part.get("href") or ""):
        return True
    boxes = [part]
    while boxes[-1] is not outer and (parent := boxes[-1].getparent()) is not None:
        boxes.append(parent)
    names = " ".join(map(names_of, boxes))
    is_step = bool(CRUMB_NAMES.search(names)) and word_key(text_of(outer, limit=200)) != word_key(text)
    return bool(_CONTROL_NAMES.search(names)) or (is_step and not crumbs)


def _above(headline: HtmlElement) -> list[HtmlElement]:
    """Up to three elements above a headline, nearest first; if it has none, up to two above its wrappers."""
    above = [element for element in headline.itersiblings(preceding=True) if isinstance(element.tag, str)][:3]
    for parent in islice(headline.iterancestors(), _MAX_WRAPPERS):
        if above or parent.tag not in ("div", "header", "section", "article"):
            break
        above = [element for element in parent.itersiblings(preceding=True) if isinstance(element.tag, str)][:2]
    return [
        element
        for element in above
        if element.tag not in ("nav", "script", "style", "figure") and len(text_of(element, limit=300)) < 160
    ]


def _category_links(document: Document) -> list[str]:
    """The texts of links marked as this page's categories (rel="category"), those of other stories left out."""
    return [
        text_of(marked.element, limit=100)
        for marked in document.elements.marked
        if marked.relation
        and "category" in marked.relation.split()
        and marked.element.tag == "a"
        and not outside_story(marked.element)
    ]


def _named_categories(document: Document) -> Iterator[str]:
    """The text of the first link in the first box that is named as the page's category."""
    boxes = (element for element, classes in document.elements.classed if _names_a_category(classes))
    box = next((each for each in boxes if not outside_story(each)), None)
    link = None if box is None else box if box.tag == "a" else next(box.iter("a"), None)
    if link is not None:
        yield text_of(link, limit=100)


@lru_cache(maxsize=20_000)  # a site uses most classes on many elements
def _names_a_category(classes: str) -> bool:
    return _CATEGORY_BOX.search(classes) is not None


def _as_shown(address: str, document: Document) -> Iterator[str]:
    """A section from the address, spelled as a link on the page spells it: "Belföld" for "belfold"."""
    if not address:
        return
    key = unaccented(address.casefold())
    links = document.elements.tagged("a")[:_MAX_MENU_LINKS]
    texts = [text_of(link, limit=MAX_SECTION_CHARACTERS) for link in links]
    alike = (text for text in texts if len(text) == len(address) and not text.isascii())
    yield next((text for text in alike if unaccented(text.casefold()) == key), address)


def _from_path(url: str) -> str:
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    first = next((part for part in parts[:-1] if part not in _NO_SECTION), "")
    if first in _WRITERS or not _SLUG.match(first) or len(first) <= 2:
        return ""
    return first.replace("-", " ").title()


def _sections_in(text: str) -> list[str]:
    """The section names in a text that states one or several."""
    return [section for part in re.split(r"[,;]|\s\|\s", text) for section in [_tidy(part)] if section]


def _tidy(text: str) -> str:
    section = text.strip(" |/>»›·#")
    if not section or len(section) > MAX_SECTION_CHARACTERS or section.lower() in _NO_SECTION or "{" in section:
        return ""
    return section.title() if section.isupper() and len(section) > 4 and section.isascii() else section
