"""Turns the passages of a story into blocks: paragraphs, subheads, list items, quotes and table rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from crawler.extraction.page.passages import ROLES, Box, Passage, has_heading_role, line_of
from crawler.extraction.text import ends_sentence
from news.article import Block, BlockKind

MAX_BLOCKS = 5_000
MAX_SUBHEAD_CHARACTERS = 120
MAX_SUBHEAD_PROSE = 200  # of a heading; a longer one is a sentence of the story set large
MAX_QUOTED_SHARE = 0.9  # of a story's characters; beyond it blockquotes are only layout
MAX_ROW_CHARACTERS = 600
_KINDS = {
    "h1": BlockKind.SUBHEAD, "h2": BlockKind.SUBHEAD, "h3": BlockKind.SUBHEAD, "h4": BlockKind.SUBHEAD,
    "h5": BlockKind.SUBHEAD,
    "h6": BlockKind.SUBHEAD, "li": BlockKind.LIST_ITEM, "dt": BlockKind.LIST_ITEM, "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
}  # fmt: skip
_CELL_TAGS = frozenset({"td", "th"})


def blocks_of(passages: Sequence[Passage], kept: Sequence[int], spoken: Collection[int]) -> tuple[Block, ...]:
    """The blocks of a story; `spoken` passages take the kind of the block before them."""
    return _unquoted(tuple(_blocks(passages, kept, spoken))[:MAX_BLOCKS])


def _blocks(passages: Sequence[Passage], kept: Sequence[int], spoken: Collection[int]) -> Iterator[Block]:
    """One block per passage, or per table row."""
    kind = BlockKind.PARAGRAPH
    for row, group in groupby(kept, key=lambda index: row_of(passages[index])):
        indexes = list(group)
        cells = [passages[index] for index in indexes]
        if row is not None and is_data_row(cells):
            yield Block(kind=BlockKind.TABLE_ROW, text=" | ".join(cell.text for cell in cells))
            continue
        for index, cell in zip(indexes, cells, strict=True):
            kind = kind if index in spoken else _kind(cell)
            yield Block(kind=kind, text=cell.text)


def is_data_row(cells: Sequence[Passage]) -> bool:
    """Whether the passages of a table row are cells of data, not of a page laid out as a table."""
    boxes = {cell.box.number for cell in cells}
    if not 1 < len(cells) == len(boxes) or sum(len(cell.text) for cell in cells) > MAX_ROW_CHARACTERS:
        return False
    return len({_cell_of(cell.box) for cell in cells}) > 1  # a row of a newsletter is one cell with several paragraphs


def _unquoted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with quotes as paragraphs if nearly all are quotes: early pages used them to indent text."""
    quoted = sum(len(block.text) for block in blocks if block.kind is BlockKind.QUOTE)
    if quoted <= MAX_QUOTED_SHARE * sum(len(block.text) for block in blocks):
        return blocks
    return tuple(
        replace(block, kind=BlockKind.PARAGRAPH) if block.kind is BlockKind.QUOTE else block for block in blocks
    )


def _cell_of(box: Box) -> Box | None:
    """The table cell that a box is or stands in."""
    return next((each for each in line_of(box) if each.tag in _CELL_TAGS), None)


def _kind(passage: Passage) -> BlockKind:
    for box in islice(line_of(passage.box), 3):
        if has_heading_role(box):
            return BlockKind.SUBHEAD
        if box.tag in _KINDS:
            is_prose = _KINDS[box.tag] is BlockKind.SUBHEAD and len(passage.text) > MAX_SUBHEAD_PROSE
            return BlockKind.PARAGRAPH if is_prose and ends_sentence(passage.text) else _KINDS[box.tag]
    if passage.box.roles & ROLES["blockquote"]:
        return BlockKind.QUOTE
    wholly_bold = passage.bold_characters >= 0.95 * len(passage.text.replace(" ", ""))
    if wholly_bold and len(passage.text) <= MAX_SUBHEAD_CHARACTERS and passage.text[-1] not in ".,;:…":
        return BlockKind.SUBHEAD
    return BlockKind.PARAGRAPH


def row_of(passage: Passage) -> Box | None:
    """The table row that a passage stands in, at most two levels up."""
    return next((box for box in islice(line_of(passage.box), 3) if box.tag == "tr"), None)
