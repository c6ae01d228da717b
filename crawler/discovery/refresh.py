"""Pages that send their readers on to another address at once: by a meta element, or by a Refresh header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import html

from crawler.discovery.page_tree import NOT_HTML, page_tree
from crawler.discovery.readings import Unreadable
from crawler.discovery.sections import base_of
from news.urls import join_url, normalize_url
from news.words import word_count

MOST_SECONDS = 5  # longer delays leave time to read, or make a page come anew, as front pages do each five minutes
FEW_WORDS = 80  # of a page that only says where its story is; with as many, `sources add` takes a sample for one
MOST_CHARACTERS = 4096  # of a value
# The value of both, as browsers read it (HTML Standard, "shared declarative refresh steps")
_VALUE = re.compile(
    r"\s*+(?=[\d.])(\d*+)[\d.]*+(?:\s*+[;,]|\s)\s*+(?:url\s*+=\s*+)?+(.*)", re.ASCII | re.IGNORECASE | re.DOTALL
)
_HIDDEN = frozenset({"noscript", "template", "script", "style", "head", "title", "svg"})
_NOT_SHOWN = frozenset({"noscript", "template"})  # browsers do not obey what is in them


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a browser does with a page after a while."""

    seconds: int
    url: str  # absolute; the page's own if it is to come anew


def led_to(
    body: bytes, url: str, content_type: str | None, headers: Iterable[tuple[str, str]], *, is_empty: bool
) -> str | None:
    """The address that a page leads on to, as a redirect would; None if it is meant to be seen, or to come anew.

    `is_empty` says that it is known to hold nothing of its own: then words of its frame do not keep readers who leave
    at once. Never raises.
    """
    stated = next((value for name, value in headers if name.lower() == "refresh"), None)
    if stated is None and not _may_refresh(body):
        return None
    page = page_tree(body, content_type)
    if isinstance(page, Unreadable):
        return None
    _, tree = page
    try:
        refresh = refresh_of(stated, url) if stated is not None else _declared(tree, url)
        if refresh is None or refresh.seconds > MOST_SECONDS or _is_same(refresh.url, url):
            return None
        leaves_at_once = is_empty and refresh.seconds == 0
        return refresh.url if leaves_at_once or _shown_words(tree) < FEW_WORDS else None
    except NOT_HTML:
        return None


def refresh_of(value: str, base: str) -> Refresh | None:
    """What a value of a meta element or header says; None if it names no address that could be asked.

    >>> refresh_of("0;URL='/world/ferry'", "https://a.org/x")
    Refresh(seconds=0, url='https://a.org/world/ferry')
    >>> refresh_of("300", "https://a.org/x") is None
    True
    """
    found = _VALUE.fullmatch(value[:MOST_CHARACTERS])
    target = found[2].strip() if found is not None else ""
    if found is None or not target:
        return None
    if target[:1] in ("'", '"'):
        target = target[1:].partition(target[0])[0]
    url = join_url(base, target)
    return Refresh(int(found[1][:9] or 0), url) if url else None


def _may_refresh(body: bytes) -> bool:
    lower = body.lower()
    return b"http-equiv" in lower and b"refresh" in lower


def _declared(tree: html.HtmlElement, url: str) -> Refresh | None:
    """What the page's first such element says: a browser ignores the rest."""
    for element in tree.iter("meta"):
        if (element.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if not any(outer.tag in _NOT_SHOWN for outer in element.iterancestors()):
            return refresh_of(element.get("content") or "", base_of(tree, url))
    return None


def _shown_words(tree: html.HtmlElement) -> int:
    """The words that a reader would see, counted no further than needed."""
    count = 0
    waiting = [tree]
    while waiting and count < FEW_WORDS:
        element = waiting.pop()
        if element.tag not in _HIDDEN:
            count += word_count(element.text or "")
            waiting.extend(element)
        count += word_count(element.tail or "")
    return count


def _is_same(target: str, url: str) -> bool:
    return (normalize_url(target) or target) == (normalize_url(url) or url)
