"""Reading what a page says about its site: feeds, sections, language, name and time zone. Pure, no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import html

from crawler.discovery.guesses import belongs_together
from crawler.discovery.page_tree import MAX_ANCHORS, page_tree
from crawler.discovery.readings import Unreadable
from crawler.discovery.scope import looks_like_story
from crawler.discovery.sections import base_of
from crawler.discovery.text import one_line
from news.urls import host_of, join_url, normalize_url, path_and_query, same_site, url_key

MAX_FEEDS = 50
MAX_SECTIONS = 50
EMPTY_CHARACTERS = 200  # of text on a page that scripts have to fill first
EMPTY_LINKS = 5
LEAST_LABEL = 4  # letters of a host's name that a title has not by chance

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_NOT_NEWS_FEED = re.compile(  # in path, query and title, in whole words: "Commentary" is a magazine
    r"(?<![a-z])(?:comments?|kommentare?|yorum(?:lar)?|commentaires?|comentarios?)(?![a-z])"
    r"|/author/|/tag/|oembed|wp-json",
    re.IGNORECASE,
)
_FEED_NAME = re.compile(r"(?:^|[/.=?_-])(?:rss2?|rdf|feeds?|atom)(?:$|[/.=?_-])", re.IGNORECASE)  # in an address
# Pages that every site has and that list no stories.
_SERVICE = re.compile(
    r"(about|contact|privacy|terms|imprint|impressum|cookie|legal|login|log-in|signin|sign-in|register|account|subscri|"
    r"newsletter|advert|careers?|jobs?|help|faq|search|shop|store|donat|rss|sitemap|accessibility|kunye|iletisim|hakkimizda)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"""time_?-?zone(?:_?name|_?string)?["']?\s*[:=]\s*\\?["']([A-Z][A-Za-z_]+/[A-Za-z_/+-]{2,40})""", re.IGNORECASE
)
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:$|[-_])")
_TITLE_PARTS = re.compile(r"\s+[|\u2013\u2014\u00b7:\u00bb-]\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class SitePage:
    """What one page says about its site."""

    feeds: tuple[str, ...] = ()  # announced by link elements, in page order
    linked_feeds: tuple[str, ...] = ()  # links of the page whose addresses are named like feeds, or pages of feeds
    sections: tuple[str, ...] = ()  # pages that its navigation leads to
    language: str | None = None  # as declared, ISO 639-1
    name: str | None = None  # of the site, where the page states it
    title: str | None = None  # the part of the page's title that may be the site's name
    time_zone: str | None = None  # IANA name, where the page states one
    needs_scripts: bool = False  # next to nothing is there before scripts run


def read_site_page(body: bytes, url: str, content_type: str | None) -> SitePage | Unreadable:
    """Read what a page says about its site; never raises. Bounds as for section pages."""
    page = page_tree(body, content_type)
    if isinstance(page, Unreadable):
        return page
    text, tree = page
    base = base_of(tree, url)
    links = list(_links(tree, base, url))
    return SitePage(
        feeds=tuple(dict.fromkeys(_feeds(tree, base)))[:MAX_FEEDS],
        linked_feeds=tuple(dict.fromkeys(_linked_feeds(tree, base)))[:MAX_FEEDS],
        sections=_sections(links),
        language=_language(tree),
        name=_cut(_meta(tree, "og:site_name", "application-name", "apple-mobile-web-app-title")),
        title=_cut(site_in_title(tree.findtext(".//title") or "", host_of(url))),
        time_zone=stated_time_zone(text),
        needs_scripts=_needs_scripts(tree, len(links)),
    )


def site_in_title(title: str, host: str) -> str:
    """The part of a title that is the site's name: the one that the host is called after, else the last.

    >>> site_in_title("The Canal Post – News", "www.canalpost.example"), site_in_title("News | Canal", "cp.example")
    ('The Canal Post', 'Canal')
    """
    label = _letters(host.removeprefix("www.").partition(".")[0])
    parts = _TITLE_PARTS.split(title)
    named = (part for part in parts if len(label) >= LEAST_LABEL and label in _letters(part))
    return next(named, parts[-1])


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def stated_time_zone(text: str) -> str | None:
    """An IANA zone that a page's settings name.

    >>> stated_time_zone('{"timezone":"Europe/Istanbul"}')
    'Europe/Istanbul'
    """
    for match in _ZONE.finditer(text):
        try:
            return ZoneInfo(match[1]).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _feeds(tree: html.HtmlElement, url: str) -> Iterator[str]:
    for link in tree.iter("link"):
        relation = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" not in relation or kind not in _FEED_TYPES:
            continue
        target = join_url(url, link.get("href") or "")
        if target and not _NOT_NEWS_FEED.search(f"{path_and_query(target)} {link.get('title') or ''}"):
            yield target


def _linked_feeds(tree: html.HtmlElement, base: str) -> Iterator[str]:
    for anchor in islice(tree.iter("a"), MAX_ANCHORS):
        target = join_url(base, anchor.get("href") or "")
        if target is None or not belongs_together(target, base):
            continue
        where = path_and_query(target)
        if _FEED_NAME.search(where) and not _NOT_NEWS_FEED.search(where):
            yield target


def _links(tree: html.HtmlElement, base: str, url: str) -> Iterator[tuple[str, bool]]:
    """Links to pages of the same site, and whether each stands in the navigation."""
    for number, anchor in enumerate(tree.iter("a")):
        if number >= MAX_ANCHORS:
            return
        target = anchor.get("href")
        link = join_url(base, target) if target and target.strip() else None
        normal = normalize_url(link) if link else None
        if normal and same_site(normal, url) and url_key(normal) != url_key(normalize_url(url) or url):
            yield normal, _is_navigation(anchor)


def _is_navigation(anchor: html.HtmlElement) -> bool:
    return any(
        parent.tag in ("nav", "header") or parent.get("role") == "navigation" for parent in anchor.iterancestors()
    )


def _sections(links: list[tuple[str, bool]]) -> tuple[str, ...]:
    """The short addresses in the navigation, or on the whole page if no navigation is marked."""
    fit = [(link, marked) for link, marked in links if _is_section(link)]
    marked = [link for link, in_navigation in fit if in_navigation]
    return _each_once(marked or [link for link, _ in fit])[:MAX_SECTIONS]


def _is_section(link: str) -> bool:
    parts = urlsplit(link)
    words = parts.path.strip("/").split("/")
    return (
        bool(parts.path.strip("/"))
        and not parts.query
        and len(words) <= 2
        and not (looks_like_story(link) or _SERVICE.search(parts.path) or re.search(r"\.\w{2,4}$|\d", parts.path))
    )


def _each_once(links: list[str]) -> tuple[str, ...]:
    return tuple({url_key(link): link for link in reversed(links)}.values())[::-1]


def _language(tree: html.HtmlElement) -> str | None:
    stated = [tree.get("lang") or tree.get("xml:lang") or "", _meta(tree, "og:locale", "content-language", "language")]
    return next((match[1].lower() for tag in stated if tag and (match := _LANGUAGE.match(tag.strip()))), None)


def _cut(raw: str | None) -> str | None:
    """One line of a length that names have."""
    text = one_line(raw)
    return text[:200] if text else None


def _meta(tree: html.HtmlElement, *names: str) -> str | None:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").lower()
        if name in names and (meta.get("content") or "").strip():
            found.setdefault(name, meta.get("content") or "")
    return next((found[name] for name in names if name in found), None)


def _needs_scripts(tree: html.HtmlElement, link_count: int) -> bool:
    scripts = len(list(tree.iter("script")))
    if not scripts or link_count >= EMPTY_LINKS:
        return False
    body = tree.find("body")
    for element in list(tree.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    text = one_line(str(body.text_content())) if body is not None else None
    return len(text or "") < EMPTY_CHARACTERS
