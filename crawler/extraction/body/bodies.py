"""The body: by the publisher's rule, else the passages judged to be the story, with the page's own data as guard."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from crawler.extraction.body.link_boxes import prune_link_boxes
from crawler.extraction.found import SECOND_OPINION
from crawler.extraction.live.data import heads_among, posts_body, stated_posts
from crawler.extraction.page.blocks import container_blocks, engine_blocks, line_blocks
from crawler.extraction.page.document import Document, parse_markup
from crawler.extraction.page.flight import Flight, read_flight
from crawler.extraction.page.structured import Structured
from crawler.extraction.rules import select
from crawler.extraction.text import scrub, word_key
from news.article import Block
from news.source import ExtractionRules

SHORT_BODY_CHARACTERS = 250  # below it, the page's data is searched for a body as well
# A second opinion this many times longer is taken: a smaller surplus is only a kicker, the dek or a caption.
SECOND_OPINION_FACTOR = 2.5
STATED_BODY_FACTOR = 2.0  # a stated body this many times longer than the one read replaces it
MIN_STATED_CHARACTERS = 400
MIN_HEADLINE_WORDS = 3  # fewer may stand in any text
MAX_HEAP_CHARACTERS = 600  # of menu, headline and a prompt; a longer heap may hold a story; a choice
MIN_SHOWN_POSTS = 2  # of a live blog; if fewer are shown, the stated posts are its body


@dataclass(frozen=True)
class Body:
    """The blocks of the story as read, still with furniture lines, and where they came from."""

    blocks: tuple[Block, ...]
    origin: str
    certainty: float = 1.0  # 0 to 1
    told: Flight | None = None  # the page's script data, if the story came from it

    @property
    def length(self) -> int:
        """Characters of text."""
        return sum(len(block.text) for block in self.blocks)


def read_body(document: Document, structured: Structured, rules: ExtractionRules, shown: Body, *, title: str) -> Body:
    """The body by the publisher's rule, else the one `shown`, unless another reading has far more."""
    if rules.body and (body := _by_rule(document.tree, rules.body)):
        return body
    body = shown
    stated = _stated(structured)
    if body.length < SHORT_BODY_CHARACTERS and stated.length < MIN_STATED_CHARACTERS:
        second = _by_engine(document, word_key(title))
        body = second if second.length > SECOND_OPINION_FACTOR * body.length else body
    if stated.length >= MIN_STATED_CHARACTERS and stated.length > STATED_BODY_FACTOR * body.length:
        body = stated
    if (posts := stated_posts(structured)) and len(heads_among(body.blocks, posts)[0]) < MIN_SHOWN_POSTS:
        body = max(body, Body(posts_body(posts), "json-ld", 0.7), key=lambda candidate: candidate.length)
    if body.length < SHORT_BODY_CHARACTERS:
        told = read_flight(document, title)
        data = Body(told.blocks, "flight data", 0.5, told)
        body = max(body, data, key=lambda candidate: candidate.length)
    return body


def _by_rule(tree: HtmlElement, selector: str) -> Body | None:
    blocks = tuple(block for container in select(tree, selector) for block in container_blocks(container))
    return Body(blocks, "rule") if blocks else None


def _by_engine(document: Document, headline: Sequence[str]) -> Body:
    """The body as trafilatura reads it: a second opinion for pages where hardly anything was found.

    Where it finds no story either, it gives all words of the page in one piece, with the headline behind the menu.
    """
    pruned = deepcopy(document.tree)
    prune_link_boxes(pruned)
    result = bare_extraction(pruned, url=document.url, with_metadata=False, include_comments=False)
    body = getattr(result, "body", None)
    blocks = engine_blocks(body) if body is not None else ()
    is_short = len(blocks) == 1 and len(blocks[0].text) <= MAX_HEAP_CHARACTERS
    is_heap = is_short and _has_headline_inside(word_key(blocks[0].text), headline)
    return Body(() if is_heap else blocks, SECOND_OPINION, 0.5)


def _has_headline_inside(words: Sequence[str], headline: Sequence[str]) -> bool:
    return len(headline) >= MIN_HEADLINE_WORDS and f" {' '.join(headline)} " in f" {' '.join(words[1:])} "


def _stated(structured: Structured) -> Body:
    """The article body that JSON-LD states."""
    raw = structured.article.get("articleBody")
    if not isinstance(raw, str):
        return Body((), "json-ld", 0.0)
    text = scrub(raw)
    if "</p>" in text and (tree := parse_markup(text)) is not None:
        return Body(container_blocks(tree), "json-ld", 0.7)
    return Body(line_blocks(text), "json-ld", 0.7)
