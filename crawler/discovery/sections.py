"""Section pages: link lists that are read for article addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import html

from crawler.discovery.json_lists import read_json_list
from crawler.discovery.next_page import next_page
from crawler.discovery.page_numbers import numbered_on
from crawler.discovery.page_tree import MAX_ANCHORS, MAX_PAGE_BYTES, NOT_HTML, not_html, page_tree
from crawler.discovery.readings import SectionReading, Unreadable
from crawler.discovery.scope import classify, looks_like_story
from crawler.discovery.text import decode, one_line
from news.fetch import Discovered, UrlKind
from news.source import Section, Source
from news.urls import join_url, normalize_url, same_site, url_key


def read_section(
    body: bytes, url: str, content_type: str | None, *, section: Section, source: Source, limit: int
) -> SectionReading | Unreadable:
    """The articles a section page links to, at most `limit`, each once; never raises.

    Where the source has no article patterns, only addresses that look like stories count. A page longer than
    MAX_PAGE_BYTES is read to there.
    """
    text = decode(body[:MAX_PAGE_BYTES], content_type).lstrip()
    if text.startswith(("{", "[")):
        return _of_json(text, url, section=section, source=source, limit=limit)
    page = page_tree(body, content_type)
    if isinstance(page, Unreadable):
        return page
    _, tree = page
    try:
        links = list(_links(tree, section.links, url))
        next_url = next_page(tree, base=base_of(tree, url), url=url, list_url=section.url)
    except NOT_HTML as error:
        return not_html(error)
    entries = _entries(links, url, source)
    if next_url is None and _is_fragment(text):
        next_url = _counted_on(url, entries, section)
    return _reading(entries, next_url, section, limit)


def _of_json(text: str, url: str, *, section: Section, source: Source, limit: int) -> SectionReading | Unreadable:
    """The articles that an answer to a script names, as where readers press a button for more."""
    read = read_json_list(text, url)
    if isinstance(read, Unreadable):
        return read
    links = list(read.links)
    for fragment in read.fragments:
        page = page_tree(fragment.encode("utf-8", "replace"), "text/html; charset=utf-8")
        if not isinstance(page, Unreadable):
            links += _links(page[1], None, url)
    if not links and _is_first(url, section):
        return Unreadable(reason="no HTML in it")
    entries = _entries(links, url, source)
    is_of_site = read.next_url is not None and same_site(read.next_url, url)
    next_url = read.next_url if is_of_site else None if read.is_last else _counted_on(url, entries, section)
    return _reading(entries, next_url, section, limit)


def _reading(entries: Sequence[Discovered], next_url: str | None, section: Section, limit: int) -> SectionReading:
    return SectionReading(
        entries=tuple(entries[:limit]),
        next_url=next_url,
        max_pages=section.max_pages,
        truncated_count=max(0, len(entries) - limit),
    )


def _entries(links: Iterable[tuple[str, str | None]], url: str, source: Source) -> list[Discovered]:
    """The articles among these links, each once."""
    found: dict[str, Discovered] = {}
    for link, title in links:
        if entry := _article(link, title, url, source):
            key = url_key(normalize_url(entry.url, strip_parameters=source.strip_parameters) or entry.url)
            # The first link to a story is often its picture; a later one holds the headline.
            if key not in found or (found[key].title is None and entry.title is not None):
                found[key] = entry
    return list(found.values())


def _counted_on(url: str, entries: Sequence[Discovered], section: Section) -> str | None:
    """The next answer to a script, which counts by itself how far it has come."""
    return numbered_on(url, len(entries)) if entries and not _is_first(url, section) else None


def _is_first(url: str, section: Section) -> bool:
    return normalize_url(url) == normalize_url(section.url)


def _is_fragment(text: str) -> bool:
    """Whether an answer is a piece of a page, for a script to insert."""
    return "<html" not in text[:2000].lower()


def _links(tree: html.HtmlElement, selector: str | None, url: str) -> Iterator[tuple[str, str | None]]:
    base = base_of(tree, url)
    for anchor in _anchors(tree, selector):
        target = anchor.get("href")
        link = join_url(base, target) if target and target.strip() else None
        if link is not None:
            yield link, one_line(str(anchor.text_content()))


def _anchors(tree: html.HtmlElement, selector: str | None) -> Iterator[html.HtmlElement]:
    roots = tree.cssselect(selector) if selector else [tree]
    seen = 0
    for root in roots:
        for anchor in root.iter("a"):
            seen += 1
            if seen > MAX_ANCHORS:
                return
            yield anchor


def _article(link: str, title: str | None, page_url: str, source: Source) -> Discovered | None:
    normalized = normalize_url(link, strip_parameters=source.strip_parameters)
    if normalized is None or url_key(normalized) == url_key(page_url):
        return None
    if classify(link, source) is not UrlKind.ARTICLE:
        return None
    if not source.article_patterns and not looks_like_story(normalized):
        return None
    return Discovered(url=link, title=title)


def base_of(tree: html.HtmlElement, url: str) -> str:
    """The base of a page's relative links: its base element if that stays on the site, else its address."""
    for element in tree.iter("base"):
        base = join_url(url, element.get("href") or "")
        return base if base and same_site(base, url) else url
    return url
