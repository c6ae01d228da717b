"""Turn trees into blocks: trafilatura's own body tree, HTML containers of paragraphs, and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement

from crawler.extraction.page.tree import names_of, outside_story, text_of
from crawler.extraction.text import MAX_BLOCK_CHARACTERS, tidy
from news.article import Block, BlockKind

MAX_BLOCKS = 5_000

_CAPTION_NAME = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)

_HTML_KINDS = {
    "p": BlockKind.PARAGRAPH, "pre": BlockKind.PARAGRAPH, "h2": BlockKind.SUBHEAD, "h3": BlockKind.SUBHEAD,
    "h4": BlockKind.SUBHEAD, "h5": BlockKind.SUBHEAD, "h6": BlockKind.SUBHEAD, "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM, "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE, "tr": BlockKind.TABLE_ROW,
}  # fmt: skip


def engine_blocks(body: _Element) -> tuple[Block, ...]:
    """The blocks of trafilatura's body tree."""
    return _bounded(block for child in body for block in _engine_child(child))


def container_blocks(container: HtmlElement) -> tuple[Block, ...]:
    """The blocks of an HTML element by its paragraph tags, or its whole text as one block if it has none."""
    found = _bounded(_html_children(container))
    text = text_of(container, limit=MAX_BLOCK_CHARACTERS)
    return found or ((Block(kind=BlockKind.PARAGRAPH, text=text),) if text else ())


def line_blocks(text: str) -> tuple[Block, ...]:
    """Plain text as blocks, one for each line that is not empty."""
    return _bounded(Block(kind=BlockKind.PARAGRAPH, text=line) for line in text.splitlines())


def _bounded(blocks: Iterator[Block]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        text = tidy(block.text, limit=MAX_BLOCK_CHARACTERS)
        if text:
            kept.append(Block(kind=block.kind, text=text))
            if len(kept) >= MAX_BLOCKS:
                break
    return tuple(kept)


def _engine_child(element: _Element) -> Iterator[Block]:
    tag = element.tag
    if tag == "list":
        for item in element:
            yield from _lines(item, BlockKind.LIST_ITEM)
    elif tag == "table":
        for row in element.iter("row"):
            cells = [tidy("".join(map(str, cell.itertext()))) for cell in row.iter("cell")]
            yield Block(kind=BlockKind.TABLE_ROW, text=" | ".join(cell for cell in cells if cell))
    elif tag == "quote":
        yield from _lines(element, BlockKind.QUOTE)
    else:
        yield from _lines(element, BlockKind.SUBHEAD if tag == "head" else BlockKind.PARAGRAPH)
    if element.tail and element.tail.strip():
        yield Block(kind=BlockKind.PARAGRAPH, text=element.tail)


def _lines(element: _Element, kind: BlockKind) -> Iterator[Block]:
    """The element's text, starting a new block at each line break or paragraph inside it."""
    pieces: list[str] = [element.text or ""]
    for node in element.iterdescendants():
        if node.tag in ("lb", "p", "item", "head", "quote", "list", "row"):
            pieces.append("\n")
        elif node.tag == "cell":
            pieces.append(" ")
        pieces.append(node.text or "")
        if node.tag in ("p", "item", "head", "quote"):
            pieces.append("\n")
        pieces.append(node.tail or "")
    for line in _joined(pieces):
        yield Block(kind=kind, text=line)


def _joined(pieces: list[str]) -> list[str]:
    """Join the pieces into lines; only pieces that are line breaks count, not line breaks in the source text."""
    lines: list[list[str]] = [[]]
    for piece in pieces:
        if piece == "\n":
            lines.append([])
        else:
            lines[-1].append(piece)
    return ["".join(line) for line in lines]


def _captions(element: HtmlElement) -> bool:
    """Whether an element is an image caption or is inside one."""
    around = (element, *element.iterancestors())
    return any(each.tag == "figcaption" or _CAPTION_NAME.search(names_of(each)) for each in around)


def _html_children(container: HtmlElement) -> Iterator[Block]:
    taken: set[HtmlElement] = set()
    for element in container.iter(*_HTML_KINDS):
        if any(ancestor in taken for ancestor in element.iterancestors()):
            continue
        if outside_story(element) or _captions(element):
            continue
        kind = _HTML_KINDS[element.tag]
        if kind is BlockKind.QUOTE and element.find(".//p") is not None:
            for paragraph in element.iter("p"):
                yield Block(kind=kind, text=text_of(paragraph, limit=MAX_BLOCK_CHARACTERS))
        else:
            yield Block(kind=kind, text=text_of(element, limit=MAX_BLOCK_CHARACTERS))
        taken.add(element)
