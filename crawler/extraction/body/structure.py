"""Add to the story's blocks what a page shows besides words: lists, tables, links, images, embeds, rules.

The words stay as they are, except that a live blog's subheads may replace the lines that show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.extraction.body.placed_media import placed_media
from crawler.extraction.body.spans import spans_of
from crawler.extraction.body.table_cells import TableCells
from crawler.extraction.body.units import Unit, units_of
from crawler.extraction.live.data import Live, heads_among
from crawler.extraction.page.document import Document
from crawler.extraction.page.passages import Box, Passage, Reading
from crawler.extraction.text import MAX_BLOCK_CHARACTERS, scrub
from news.article import Block, BlockKind

_SPANNED = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.SUBHEAD})


def structured_blocks(
    blocks: Sequence[Block], reading: Reading, document: Document, lead_url: str | None, live: Live
) -> tuple[Block, ...]:
    """The blocks in the same order, with their structure and with the media among them.

    A live blog's posts also get subheads, which replace the blocks with the same content.
    """
    units = units_of(blocks, reading.passages)
    heads = _placed_heads(units, live, blocks)
    placed = sorted(
        [*heads.placed, *placed_media(units, reading, document, lead_url)],
        key=lambda each: (each[0], each[1].at is None),
    )
    woven: list[Block] = []
    for index, (block, unit) in enumerate(zip(_told(blocks, units, document), units, strict=True)):
        while placed and unit is not None and placed[0][0] <= unit.first:
            woven.append(placed.pop(0)[1])
        if index not in heads.told:
            woven.append(block)
    return tuple(_tidied([*woven, *(block for _, block in placed)]))


@dataclass(frozen=True)
class _Heads:
    """The subheads of posts."""

    placed: list[tuple[int, Block]]  # (index of the passage that follows, subhead)
    told: set[int]  # indexes of the blocks that they replace


def _placed_heads(units: Sequence[Unit | None], live: Live, blocks: Sequence[Block]) -> _Heads:
    """Place the subheads of posts as shown on the page or as stated in its data, whichever finds more with text."""
    firsts = [unit.first for unit in units if unit is not None]
    ends = [*sorted(live.heads)[1:], len(firsts) and firsts[-1] + 1]
    shown = [
        (start, live.heads[start])
        for start, end in zip(sorted(live.heads), ends, strict=False)
        if any(start <= first < end for first in firsts)
    ]
    stated, titles = heads_among(blocks, live.stated)
    if len(stated) > len(shown):
        known = [
            (unit.first, stated[index]) for index, unit in enumerate(units) if index in stated and unit is not None
        ]
        return _Heads(known, titles)
    return _Heads(shown, {index for index, unit in enumerate(units) if unit is not None and unit.first in live.told})


def _told(blocks: Sequence[Block], units: Sequence[Unit | None], document: Document) -> Iterator[Block]:
    """Each block with the details that its element gives."""
    before: HtmlElement | None = None
    tables = TableCells()
    for block, unit in zip(blocks, units, strict=True):
        if unit is None:
            before = None
            yield block
            continue
        around = _around(unit.passages[0].box, block.kind)
        if around is None and block.kind is BlockKind.QUOTE:  # a line after the quote that says who said it
            around = before
        is_opening = around is not before
        if block.kind is BlockKind.TABLE_ROW:
            heads = all(_in_tag(cell.box, "th") for cell in unit.passages)
            yield replace(block, cells=tables.of_row(unit.passages), heads=heads, opens=is_opening)
        else:
            yield _details(block, unit, around, document, opens=is_opening)
        before = around


_WHOLES = {
    BlockKind.LIST_ITEM: frozenset({"ul", "ol", "dl"}),
    BlockKind.TABLE_ROW: frozenset({"table"}),
    BlockKind.QUOTE: frozenset({"blockquote"}),
}


def _around(box: Box | None, kind: BlockKind) -> HtmlElement | None:
    """The list, table or quote that a block is part of."""
    tags = _WHOLES.get(kind, frozenset())
    while tags and box is not None:
        if box.tag in tags:
            return box.element
        box = box.parent
    return None


def _details(block: Block, unit: Unit, around: HtmlElement | None, document: Document, *, opens: bool) -> Block:
    passage = unit.passages[0]
    spans = spans_of(passage, document.link) if block.kind in _SPANNED and len(unit.passages) == 1 else ()
    match block.kind:
        case BlockKind.SUBHEAD:
            tag = passage.box.tag
            return replace(block, level=int(tag[1]) if tag in ("h2", "h3", "h4", "h5", "h6") else 2, spans=())
        case BlockKind.LIST_ITEM:
            return replace(block, ordered=around is not None and around.tag == "ol", opens=opens, spans=spans)
        case BlockKind.QUOTE:
            return replace(block, opens=opens, spans=spans)
        case BlockKind.PARAGRAPH if _in_tag(passage.box, "pre"):
            return _preformatted(block, passage)
        case _:
            return replace(block, spans=spans)


def _in_tag(box: Box | None, tag: str) -> bool:
    for _ in range(3):
        if box is None:
            return False
        if box.tag == tag:
            return True
        box = box.parent
    return False


def _preformatted(block: Block, passage: Passage) -> Block:
    """The block with the element's own line breaks, if the element holds nothing else."""
    raw = scrub("".join(map(str, passage.box.element.itertext())))[:MAX_BLOCK_CHARACTERS]
    if " ".join(raw.split()) != block.text:
        return block
    lines = [line.rstrip() for line in raw.strip("\n").splitlines()]
    return replace(block, kind=BlockKind.PREFORMATTED, text="\n".join(lines).rstrip())


def _tidied(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without repeated images and embeds, and without rules at the ends or in a row."""
    seen: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        url = block.image.url if block.image else block.embed.url if block.embed else None
        if url in seen or (block.kind is BlockKind.SEPARATOR and (not kept or kept[-1].kind is BlockKind.SEPARATOR)):
            continue
        seen |= {url} if url else set()
        kept.append(block)
    while kept and kept[-1].kind is BlockKind.SEPARATOR:
        kept.pop()
    yield from kept
