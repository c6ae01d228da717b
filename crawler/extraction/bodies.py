"""The body: the publisher's rule, else trafilatura on the pruned tree, with the page's own data as guard."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from news.article import Block
from news.source import ExtractionRules

from .blocks import container_blocks, engine_blocks, line_blocks
from .document import Document, parse_markup
from .flight import read_flight
from .furniture import cut, prune_link_boxes
from .rules import select
from .structured import Structured
from .text import scrub

SHORT_BODY_CHARACTERS = 250  # below it the page's data is asked for a body as well
STATED_BODY_FACTOR = 2.0  # a stated body this many times longer than the one read replaces it
MIN_STATED_CHARACTERS = 400

_MARK = "data-newsdex-cut"


@dataclass(frozen=True)
class Body:
    """The blocks of the story as read, furniture lines still in, and where they came from."""

    blocks: tuple[Block, ...]
    origin: str

    @property
    def length(self) -> int:
        """Characters of text."""
        return sum(len(block.text) for block in self.blocks)


def read_body(
    document: Document,
    structured: Structured,
    rules: ExtractionRules,
    *,
    title: str,
    not_body: Iterable[HtmlElement],
) -> Body:
    """The story's blocks; `not_body` are elements of the tree known to be something else."""
    if rules.body and (body := _by_rule(document.tree, rules.body)):
        return body
    body = _by_engine(document, not_body)
    stated = _stated(structured)
    if stated.length >= MIN_STATED_CHARACTERS and stated.length > STATED_BODY_FACTOR * body.length:
        body = stated
    if body.length < SHORT_BODY_CHARACTERS:
        data = Body(read_flight(document, title), "flight data")
        body = max(body, data, key=lambda candidate: candidate.length)
    return body


def _by_rule(tree: HtmlElement, selector: str) -> Body | None:
    blocks = tuple(block for container in select(tree, selector) for block in container_blocks(container))
    return Body(blocks, "rule") if blocks else None


def _by_engine(document: Document, not_body: Iterable[HtmlElement]) -> Body:
    result = bare_extraction(
        _pruned(document.tree, not_body), url=document.url, with_metadata=False, include_comments=False
    )
    body = getattr(result, "body", None)
    return Body(engine_blocks(body) if body is not None else (), "trafilatura")


def _pruned(tree: HtmlElement, not_body: Iterable[HtmlElement]) -> HtmlElement:
    """A copy of the tree without these elements and without boxes of links."""
    marked = [element for element in not_body if element.tag not in ("body", "html", "article", "main")]
    for element in marked:
        element.set(_MARK, "1")
    copied = deepcopy(tree)
    for element in marked:
        element.attrib.pop(_MARK, None)  # an element may be named twice
    for element in [found for found in copied.iter() if found.get(_MARK) is not None]:
        cut(element)
    prune_link_boxes(copied)
    return copied


def _stated(structured: Structured) -> Body:
    """The article body of JSON-LD."""
    raw = structured.article.get("articleBody")
    if not isinstance(raw, str):
        return Body((), "json-ld")
    text = scrub(raw)
    if "</p>" in text and (tree := parse_markup(text)) is not None:
        return Body(container_blocks(tree), "json-ld")
    return Body(line_blocks(text), "json-ld")
