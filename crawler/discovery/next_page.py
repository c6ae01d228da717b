"""Finding the page on which a list of links goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl

from lxml import html

from crawler.discovery.page_numbers import Place, Unit, is_further, place_of
from crawler.discovery.page_tree import MAX_ANCHORS
from crawler.discovery.scope import looks_like_story
from news.urls import join_url, normalize_url, path_and_query, same_site

# How pages name links and buttons that go on, in classes, ids and labels
_GOES_ON = re.compile(
    r"(?<![a-z])(?:next|older)(?![a-z])|(?<![a-z])(?:load|show|view|see)[ _-]?more(?![a-z])", re.IGNORECASE
)
# Longer ones are identities: of the 1,421 pages of the corpora five have a link named "next" with such a parameter
_NUMBER = re.compile("[0-9]{1,3}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Where buttons that load more keep the address to load
_ADDRESSES = (
    "data-url", "data-href", "data-next", "data-next-url", "data-next-page", "data-next-page-url", "data-ajax-url",
    "data-load-more-url", "data-endpoint", "hx-get",
)  # fmt: skip
_BUTTONS = f"//*[{' or '.join(f'@{name}' for name in _ADDRESSES)}]"
# Parameters that say without a number where a list goes on
_CURSORS = frozenset({"after", "before", "cursor", "until", "older", "next", "max_id", "page_token", "pagetoken"})


def next_page(tree: html.HtmlElement, *, base: str, url: str, list_url: str) -> str | None:
    """The address of a list's next page, by what this page says of it or by its number; None if there is none.

    `list_url` is the address of the list's first page.
    """
    found = _declared(tree, base, url) or _numbered(tree, base, url, list_url)
    return found or _named(tree, base, url, list_url) or _loaded(tree, base, url)


def _declared(tree: html.HtmlElement, base: str, url: str) -> str | None:
    for element in tree.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and (target := _other(element, "href", base, url)):
            return target
    return None


def _numbered(tree: html.HtmlElement, base: str, url: str, list_url: str) -> str | None:
    """The page whose address has the next number (`?page=2`, `/page/3/`, `/2`, `?start=20`).

    After a first page without a number comes 1 on some sites and 2 on others; offsets grow by the least there is.
    """
    list_path = _path(list_url)
    here = place_of(normalize_url(url) or url, list_path)
    further: dict[Place, str] = {}
    for element in islice(tree.iter("a"), MAX_ANCHORS):
        target = normalize_url(_other(element, "href", base, url) or "")
        if target:
            place = place_of(target, list_path)
            if place.of_list == here.of_list and place.number is not None:
                further.setdefault(place, target)
    offsets = [place.number or 0 for place in further if place.unit is Unit.ENTRY]
    later = [offset for offset in offsets if offset > (here.number or 0)]
    pages = (1, 2) if here.number is None else (here.number + 1,)
    wanted = [Place(here.of_list, number, Unit.PAGE) for number in pages if here.unit is not Unit.ENTRY]
    if later and here.unit is not Unit.PAGE:
        wanted.append(Place(here.of_list, min(later), Unit.ENTRY))
    return next((further[place] for place in wanted if place in further), None)


def _named(tree: html.HtmlElement, base: str, url: str, list_url: str) -> str | None:
    """The page that a link leads to whose class or label says "next", if its address can be one of the list."""
    list_path = _path(list_url)
    for element in islice(tree.iter("a"), MAX_ANCHORS):
        if not _says_next(element):
            continue
        target = _other(element, "href", base, url)
        if target and (is_further(target, url, list_path) or _begins_later(target, url)):
            return target
    return None


def _loaded(tree: html.HtmlElement, base: str, url: str) -> str | None:
    """What a button loads whose class or label says "load more", if it is on the site."""
    for element in tree.xpath(_BUTTONS):
        if not _says_next(element):
            continue
        for name in _ADDRESSES:
            target = _other(element, name, base, url)
            if target and not (element.get(name) or "").strip().isdigit() and not looks_like_story(target):
                return target
    return None


def _other(element: html.HtmlElement, attribute: str, base: str, url: str) -> str | None:
    """The address in an attribute, if it is another one of the same site."""
    stated = (element.get(attribute) or "").strip()
    target = join_url(base, stated) if stated else None
    return target if target and same_site(target, url) and normalize_url(target) != normalize_url(url) else None


def _says_next(element: html.HtmlElement) -> bool:
    return any(_GOES_ON.search(_CAMEL.sub("-", name)) for name in _names(element))


def _names(element: html.HtmlElement) -> Iterator[str]:
    """What an element is called; the class of a list item is often set instead of that of the link in it."""
    yield from (element.get(name) or "" for name in ("class", "id", "aria-label", "title"))
    parent = element.getparent()
    if parent is not None and parent.tag in ("li", "span", "div") and len(parent) == 1:
        yield parent.get("class") or ""


def _begins_later(target: str, url: str) -> bool:
    """Whether an address differs from this page's in a parameter that says where in the list it begins."""
    path, _, query = path_and_query(target).partition("?")
    path_before, _, query_before = path_and_query(url).partition("?")
    before = dict(parse_qsl(query_before))
    later = (
        name.lower() in _CURSORS if not _NUMBER.fullmatch(value) else int(value) > _number(before.get(name))
        for name, value in parse_qsl(query)
        if before.get(name) != value
    )
    return path.rstrip("/") == path_before.rstrip("/") and any(later)


def _number(value: str | None) -> int:
    return int(value) if value and _NUMBER.fullmatch(value) else 0


def _path(url: str) -> str:
    return path_and_query(normalize_url(url) or url).partition("?")[0].rstrip("/")
