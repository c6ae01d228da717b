"""The publisher's section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from urllib.parse import urlsplit

from crawler.extraction.breadcrumbs import read_paths
from crawler.extraction.bylines.stated_writers import stated_in_json
from crawler.extraction.found import Found
from crawler.extraction.kickers import CONTROL_TEXT, MAX_LABEL_CHARACTERS, label_above
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list, name_of
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import outside_story, text_of
from crawler.extraction.section_names import as_shown
from crawler.extraction.text import joined_key, plain, word_key
from crawler.extraction.titles.slugs import MIN_SLUG_WORDS, shared_words
from news.article import Hints

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
        "html", "mnews",
    }
)  # fmt: skip
_META_NAMES = ("article:section", "og:article:section", "article.section", "cxenseparse:articlesection")
_CATEGORY_BOX = re.compile(
    r"(?:^|\s)(?:category-name|cat-links|(?:entry|post|article|meta|td-post|jeg_meta)[-_]category)(?:$|\s)"
)
MIN_HEADLINE_SHARE = 0.75  # of a headline's words, in the address of the story itself; a choice
_WRITERS = frozenset({"autor", "autoren", "author", "authors", "auteurs", "autores", "yazar", "yazarlar", "people"})
_REGION = re.compile(r"[a-z]{2}")  # a language, country or state, before the section
_SLUG = re.compile(r"[a-z][a-z]*(?:-[a-z]+){0,2}$")


def read_section(document: Document, structured: Structured, hints: Hints, title: str) -> Found[str] | None:
    """The section as the publisher writes it."""
    sites = site_keys(document, structured, hints) | {joined_key(name) for name in stated_in_json(structured)[1]}
    path = [step for step in chain(*read_paths(document, structured)) if not CONTROL_TEXT.fullmatch(step)]
    kicker = label_above(document, crumbs=True) or ""
    address = _from_path(document.url, word_key(title))
    meta = structured.meta("section", "parsely-section", "sailthru.section", "dc.subject", "category")
    stated: list[tuple[str, Iterable[str]]] = [
        ("json-ld", (name_of(value) for value in as_list(structured.article.get("articleSection")))),
        ("article:section", (text for _, text in structured.all(*_META_NAMES))),
        ("meta", [meta]),
        ("breadcrumb", path),
        ("category", _category_links(document)),
        ("category", _named_categories(document)),
        ("kicker", [] if kicker.endswith(":") else [kicker]),  # what it introduces is the headline
        ("hint", [plain(hints.section)]),
        ("url", [address]),
    ]
    witnesses = {word_key(text) for text in (*path, kicker, address)} - {()}
    for origin, texts in stated:
        sections = [section for text in texts for section in _sections_in(text)]
        usable = [section for section in sections if "".join(word_key(section)) not in sites]
        if usable:
            agreed = (section for section in usable if origin != "breadcrumb" and word_key(section) in witnesses)
            return Found(as_shown(next(agreed, usable[0]), document), origin)
    return None


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


def _from_path(url: str, title: tuple[str, ...]) -> str:
    """The first part of an address that may name a section, unless it is the headline."""
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    telling = (part for part in parts[:-1] if part not in _NO_SECTION and not _REGION.fullmatch(part))
    first = next(telling, "")
    if first in _WRITERS or not _SLUG.match(first) or len(first) <= 2:
        return ""
    words = first.split("-")
    is_headline = len(words) >= max(MIN_SLUG_WORDS, MIN_HEADLINE_SHARE * len(title))
    return "" if is_headline and shared_words(title, words) == len(words) else first


def _sections_in(text: str) -> list[str]:
    """The section names in a text that states one or several."""
    return [section for part in re.split(r"[,;]|\s\|\s", text) for section in [_tidy(part)] if section]


def _tidy(text: str) -> str:
    section = text.strip(" |/>»›·#")
    if not section or len(section) > MAX_LABEL_CHARACTERS or "{" in section:
        return ""
    if not _NO_SECTION.isdisjoint({section.lower(), section.lower().replace("-", " ")}):
        return ""
    return section.title() if section.isupper() and len(section) > 4 and section.isascii() else section
