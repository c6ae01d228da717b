"""Section pages: link lists that are read for article addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.discovery.page_tree import NOT_HTML, not_html, page_tree
from crawler.discovery.readings import SectionReading, Unreadable
from crawler.discovery.scope import classify, looks_like_story
from crawler.discovery.text import one_line
from news.fetch import Discovered, UrlKind
from news.source import Section, Source
from news.urls import join_url, normalize_url, path_and_query, same_site, url_key

MAX_ANCHORS = 20_000  # looked at on one page
# How lists state the number of their page
_PAGE_PARAMETERS = frozenset({"page", "paged", "pg", "p", "sayfa", "seite", "pagina"})
_PAGE_IN_PATH = re.compile(r"/(?:page|sayfa|seite|pagina)[/-]([0-9]{1,4})/*$", re.IGNORECASE)


def read_section(
    body: bytes, url: str, content_type: str | None, *, section: Section, source: Source, limit: int
) -> SectionReading | Unreadable:
    """The articles a section page links to, at most `limit`, each once; never raises.

    Where the source has no article patterns, only addresses that look like stories count. A page longer than
    MAX_PAGE_BYTES is read to there.
    """
    page = page_tree(body, content_type)
    if isinstance(page, Unreadable):
        return page
    _, tree = page
    try:
        anchors = list(_anchors(tree, section.links))
    except NOT_HTML as error:
        return not_html(error)
    base = base_of(tree, url)
    found: dict[str, Discovered] = {}
    for anchor in anchors:
        if entry := _article(anchor, base, url, source):
            key = url_key(normalize_url(entry.url, strip_parameters=source.strip_parameters) or entry.url)
            # The first link to a story is often its picture; a later one holds the headline.
            if key not in found or (found[key].title is None and entry.title is not None):
                found[key] = entry
    entries = tuple(found.values())
    return SectionReading(
        entries=entries[:limit],
        next_url=_next_url(tree, base, url) or _numbered_next(tree, base, url),
        max_pages=section.max_pages,
        truncated_count=max(0, len(entries) - limit),
    )


def _anchors(tree: html.HtmlElement, selector: str | None) -> Iterator[html.HtmlElement]:
    roots = tree.cssselect(selector) if selector else [tree]
    seen = 0
    for root in roots:
        for anchor in root.iter("a"):
            seen += 1
            if seen > MAX_ANCHORS:
                return
            yield anchor


def _article(anchor: html.HtmlElement, base: str, page_url: str, source: Source) -> Discovered | None:
    target = anchor.get("href")
    link = join_url(base, target) if target and target.strip() else None
    normalized = normalize_url(link, strip_parameters=source.strip_parameters) if link else None
    if link is None or normalized is None or url_key(normalized) == url_key(page_url):
        return None
    if classify(link, source) is not UrlKind.ARTICLE:
        return None
    if not source.article_patterns and not looks_like_story(normalized):
        return None
    return Discovered(url=link, title=one_line(str(anchor.text_content())))


def base_of(tree: html.HtmlElement, url: str) -> str:
    """The base of a page's relative links: its base element if that stays on the site, else its address."""
    for element in tree.iter("base"):
        base = join_url(url, element.get("href") or "")
        return base if base and same_site(base, url) else url
    return url


def _next_url(tree: html.HtmlElement, base: str, url: str) -> str | None:
    for element in tree.iter("link", "a"):
        if "next" not in (element.get("rel") or "").lower().split():
            continue
        target = join_url(base, element.get("href") or "")
        if target and same_site(target, url) and normalize_url(target) != normalize_url(url):
            return target
    return None


def _numbered_next(tree: html.HtmlElement, base: str, url: str) -> str | None:
    """The page whose address has the next number (`?page=2`, `/page/3/`), for pages without rel=next.

    After a first page without a number comes 1 on some sites and 2 on others.
    """
    path, number = _page_of(normalize_url(url) or url)
    further: dict[int, str] = {}
    for element in islice(tree.iter("a"), MAX_ANCHORS):
        target = normalize_url(join_url(base, element.get("href") or "") or "")
        if target and same_site(target, url):
            of_list, page = _page_of(target)
            if of_list == path:
                further.setdefault(page or 0, target)
    numbers = (1, 2) if number is None else (number + 1,)
    return next((further[each] for each in numbers if each in further), None)


def _page_of(url: str) -> tuple[str, int | None]:
    """A normalised address of a list without its page's number, and that number; None for a first page without one.

    >>> _page_of("https://a.org/world/page/3/?sort=new"), _page_of("https://a.org/world?page=2")
    (('/world?sort=new', 3), ('/world?', 2))
    """
    path, _, query = path_and_query(url).partition("?")
    number: str | None = None
    others = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name.lower() in _PAGE_PARAMETERS and re.fullmatch(r"[0-9]{1,4}", value):
            number = value
        else:
            others.append(pair)
    if found := _PAGE_IN_PATH.search(path):
        path, number = path[: found.start()], found[1]
    return f"{path.rstrip('/')}?{'&'.join(others)}", int(number) if number is not None else None
