"""Writers named on one line, each in an element: "<a>Jane Doe</a> (Nice) | <a>John Roe</a>"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extraction.bylines.byline_labels import without_opener
from crawler.extraction.bylines.byline_lines import is_role, may_name
from crawler.extraction.bylines.name_words import NAME_JOINERS, SMALL_JOINERS
from crawler.extraction.bylines.own_names import MAX_AUTHORS
from crawler.extraction.bylines.people import names_group, people_of
from crawler.extraction.page.tree import text_of
from crawler.extraction.text import tidy

_TAGS = ("a", "span", "b", "strong", "em")
_BETWEEN = re.compile(
    rf"(?:\s*\([^()]{{1,40}}\))?[\s,;|·•&/]*(?:{'|'.join((*NAME_JOINERS, *SMALL_JOINERS))})?[\s,;|·•&]*", re.IGNORECASE
)
# "홍길동 기자", "記者王小明"
_EAST_REPORTER = re.compile(
    r"(?:(?:記者|记者)\s?)?(?P<name>[가-힣]{2,4}|[\u4e00-\u9fff]{2,4}?)\s?(?:(?:선임|전문|수습|인턴)?\s?(?:기자|특파원)|記者|记者)?"
)
_EAST_MARK = re.compile("(?:기자|특파원|記者|记者)$|^(?:記者|记者)")
_OTHERS = re.compile(r"\((?:photos?|fotos?|fotogra|bild|video|illustra|kamera|cámara)", re.IGNORECASE)


def written_together(name: str, line: HtmlElement) -> tuple[str, ...]:
    """The persons in a line's elements of the same kind as the one with `name`, joined only by "and" and the like.

    Just the name if there are no others.
    """
    own = next((each for each in line.iter(*_TAGS) if _is_of(text_of(each, limit=100), name)), None)
    if own is None or not people_of((name,), None, frozenset()):
        return (name,)
    before = list(_beside(own, forward=False))[::-1]
    found = tuple(dict.fromkeys((*before, name, *_beside(own, forward=True))))
    return found if len(found) <= MAX_AUTHORS else (name,)


def _beside(own: HtmlElement, *, forward: bool) -> Iterator[str]:
    """The persons in the elements after or before one, as long as only punctuation and joining words separate them."""
    last = own
    between = (own.tail or "") if forward else ""
    for each in own.itersiblings(preceding=not forward):
        if not isinstance(each.tag, str):
            return
        text = text_of(each, limit=100)
        between = between if forward else f"{each.tail or ''}{between}"
        is_alike = each.tag == last.tag and (each.tag == "a" or each.get("class") == last.get("class"))
        if is_alike and (person := _person(text)):
            is_joined = _is_between(between) if between.strip() else _are_marked(last, each)
            if not is_joined or _OTHERS.match(_behind(each)):
                return
            yield person
            last, between = each, (each.tail or "") if forward else ""
        else:
            between = f"{between} {text} {each.tail or ''}" if forward else f"{text} {between}"


def _are_marked(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two adjacent elements are of one kind by more than their tag: by class, a word or rel="author"."""
    is_classed = bool(one.get("class")) and one.get("class") == other.get("class")
    are_reporters = all(_EAST_MARK.search(text_of(each, limit=100)) for each in (one, other))
    return bool(is_classed or are_reporters or one.get("rel") == other.get("rel") == "author")


def _behind(element: HtmlElement) -> str:
    """The text after an element on its line, up to and including the next element."""
    following = element.getnext()
    return tidy(f"{element.tail or ''}{'' if following is None else text_of(following, limit=100)}", limit=100)


def _is_between(text: str) -> bool:
    return _BETWEEN.fullmatch(tidy(text, limit=100)) is not None and not _OTHERS.search(text)


def _is_of(text: str, name: str) -> bool:
    return without_opener(text) == name or _east_reporter(text) == name


def _east_reporter(text: str) -> str:
    """The name in an element that calls its bearer a reporter; "" for scripts with spaces within names."""
    match = None if text.isascii() else _EAST_REPORTER.fullmatch(text)
    return match["name"] if match else ""


def _person(text: str) -> str:
    if reporter := _east_reporter(text):
        return reporter
    name = without_opener(text).strip(" ,;")
    return name if may_name(name, strict=True) and not (names_group(name) or is_role(name)) else ""
