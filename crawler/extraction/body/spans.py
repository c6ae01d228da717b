"""Links and emphasis inside a passage, read again from its element once it is part of the story."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.page.passages import BOLD, INLINE, ITALIC, MAX_DEPTH, SKIPPED, Passage
from crawler.extraction.text import scrub
from news.article import Span, SpanKind

MAX_SPANS = 500  # of one block
Link = Callable[[str | None], str | None]  # makes an address of the page absolute; None if it is not an address


@dataclass(frozen=True, slots=True)
class _Look:
    """The link and emphasis of a run of text."""

    url: str | None = None
    strong: bool = False
    emphasis: bool = False


_Piece = tuple[str, _Look]


def spans_of(passage: Passage, link: Link) -> tuple[Span, ...]:
    """The spans of a passage's text; none if the text cannot be found again in its element."""
    if not (passage.link_count or passage.bold_characters or passage.italic_characters):
        return ()
    around = _look_around(passage.box.element, link)
    for pieces in _runs(passage.box.element, around, link):
        text, runs = _folded(pieces)
        if text == passage.text:
            return tuple(_spans(runs))[:MAX_SPANS]
    return ()


def _look_around(element: HtmlElement, link: Link) -> _Look:
    """The link that the element is or stands in: a link may wrap whole paragraphs."""
    anchor = next((each for each in (element, *element.iterancestors()) if each.tag == "a"), None)
    return _Look(url=link(anchor.get("href")) if anchor is not None else None)


def _runs(element: HtmlElement, look: _Look, link: Link) -> list[list[_Piece]]:
    """The pieces of text that the element itself holds, split at line breaks and block elements."""
    runs: list[list[_Piece]] = [[]]
    _gather(element, look, link, runs, 0)
    return runs


# Not nested in _runs: a recursive closure is a reference cycle and would keep the page until it is collected.
def _gather(inside: HtmlElement, look: _Look, link: Link, runs: list[list[_Piece]], depth: int) -> None:
    if inside.text:
        runs[-1].append((inside.text, look))
    for child in inside:
        tag = child.tag
        if isinstance(tag, str) and tag in INLINE and depth < MAX_DEPTH:
            if tag != "img":
                _gather(child, _look_inside(child, tag, look, link), link, runs, depth + 1)
        elif isinstance(tag, str) and tag not in SKIPPED:
            runs.append([])
        if child.tail:
            runs[-1].append((child.tail, look))


def _look_inside(element: HtmlElement, tag: str, look: _Look, link: Link) -> _Look:
    if tag == "a":
        return _Look(link(element.get("href")), look.strong, look.emphasis)
    if tag in BOLD:
        return _Look(look.url, True, look.emphasis)
    return _Look(look.url, look.strong, True) if tag in ITALIC else look


def _folded(pieces: list[_Piece]) -> tuple[str, list[tuple[int, int, _Look]]]:
    """Join the pieces into one line, as text.tidy would, with the start and end of each."""
    parts: list[str] = []
    runs: list[tuple[int, int, _Look]] = []
    length, gap = 0, False
    for raw, look in pieces:
        words = raw.split()
        if not words:
            gap = gap or bool(raw)
            continue
        folded = unicodedata.normalize("NFC", " ".join(scrub(" ".join(words)).split()))
        if length and (gap or raw[0].isspace()):
            parts.append(" ")
            length += 1
        runs.append((length, length + len(folded), look))
        parts.append(folded)
        length += len(folded)
        gap = raw[-1].isspace()
    return "".join(parts), runs


def _spans(runs: list[tuple[int, int, _Look]]) -> Iterator[Span]:
    """Spans of adjacent runs with the same link or emphasis, in order of their start."""
    found: list[Span] = []
    for kind, value_of in _VALUES.items():
        start, end, value = 0, 0, None
        for run_start, run_end, look in [*runs, (-9, -9, _Look())]:
            here = value_of(look)
            if here == value and run_start - end in (0, 1):
                end = run_end
                continue
            if value and end > start:
                found.append(Span(start=start, end=end, kind=kind, url=value if kind is SpanKind.LINK else None))
            start, end, value = run_start, run_end, here
    yield from sorted(found, key=lambda span: (span.start, -span.end))


_VALUES: dict[SpanKind, Callable[[_Look], str | None]] = {
    SpanKind.LINK: lambda look: look.url,
    SpanKind.STRONG: lambda look: "strong" if look.strong else None,
    SpanKind.EMPHASIS: lambda look: "emphasis" if look.emphasis else None,
}
