"""Add to the story's blocks what a page shows besides words: lists, tables, links, images, embeds, rules.

The words stay as they are, except that a live blog's subheads may replace the lines that show them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml.html import HtmlElement

from crawler.extraction.body.media import medium_block
from crawler.extraction.body.spans import spans_of
from crawler.extraction.body.story_blocks import is_data_row, row_of
from crawler.extraction.images import same_image
from crawler.extraction.live.data import Live, heads_among
from crawler.extraction.page.document import Document
from crawler.extraction.page.nametokens import GROUP_NAMES
from crawler.extraction.page.passages import HIDDEN, ROLES, Box, Medium, Passage, Reading
from crawler.extraction.text import MAX_BLOCK_CHARACTERS, scrub
from news.article import Block, BlockKind

STORY_SHARE = 0.8  # of the story's characters, held by the story's box
MAX_MEDIA = 200  # blocks without text in one article
MIN_TEASER_CHARACTERS = 20  # of link text beside an image: then it is another story's headline

_OUTSIDE_ROLES = HIDDEN | sum(ROLES[role] for role in ("nav", "footer", "aside", "form"))
_OUTSIDE_NAMES = sum(
    1 << GROUP_NAMES.index(name) for name in ("related", "comment", "nav", "foot", "side", "ad", "share", "prompt")
)
_SPANNED = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.SUBHEAD})


@dataclass(frozen=True)
class _Unit:
    """The passages from which one block was made."""

    text: str
    first: int  # index of the first passage
    passages: tuple[Passage, ...]


def structured_blocks(
    blocks: Sequence[Block], reading: Reading, document: Document, lead_url: str | None, live: Live
) -> tuple[Block, ...]:
    """The blocks in the same order, with their structure and with the media among them.

    A live blog's posts also get subheads, which replace the blocks with the same content.
    """
    units = _units_of(blocks, reading.passages)
    heads = _placed_heads(units, live, blocks)
    placed = sorted(
        [*heads.placed, *_placed_media(units, reading, document, lead_url)],
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


def _placed_heads(units: Sequence[_Unit | None], live: Live, blocks: Sequence[Block]) -> _Heads:
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


def _units_of(blocks: Sequence[Block], passages: Sequence[Passage]) -> list[_Unit | None]:
    """The passages that each block was made from, found by text in page order; None if not found."""
    places: dict[str, list[_Unit]] = defaultdict(list)
    for unit in _units(passages):
        places[unit.text].append(unit)
    last = -1
    found: list[_Unit | None] = []
    for block in blocks:
        match = next((each for each in places.get(block.text, ()) if each.first > last), None)
        last = match.first if match else last
        found.append(match)
    return found


def _units(passages: Sequence[Passage]) -> Iterator[_Unit]:
    index = 0
    for row, group in groupby(passages, key=row_of):
        cells = tuple(group)
        if row is not None and is_data_row(cells):
            yield _Unit(" | ".join(cell.text for cell in cells), index, cells)
        else:
            yield from (_Unit(cell.text, index + place, (cell,)) for place, cell in enumerate(cells))
        index += len(cells)


def _told(blocks: Sequence[Block], units: Sequence[_Unit | None], document: Document) -> Iterator[Block]:
    """Each block with the details that its element gives."""
    before: HtmlElement | None = None
    for block, unit in zip(blocks, units, strict=True):
        if unit is None:
            before = None
            yield block
            continue
        around = _around(unit.passages[0].box, block.kind)
        if around is None and block.kind is BlockKind.QUOTE:  # a line after the quote that says who said it
            around = before
        yield _details(block, unit, around, document, opens=around is not before)
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


def _details(block: Block, unit: _Unit, around: HtmlElement | None, document: Document, *, opens: bool) -> Block:
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
        case BlockKind.TABLE_ROW:
            heads = all(_in_tag(cell.box, "th") for cell in unit.passages)
            return replace(block, cells=tuple(cell.text for cell in unit.passages), heads=heads, opens=opens)
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


def _placed_media(
    units: Sequence[_Unit | None], reading: Reading, document: Document, lead_url: str | None
) -> list[tuple[int, Block]]:
    """(index of the passage that follows, block) for each image, embed and rule of the story."""
    known = [unit for unit in units if unit is not None]
    if not known or not reading.media:
        return []
    first, last = known[0].first, max(unit.first + len(unit.passages) for unit in known)
    held, linked = _weights(known, reading)
    around = _story_box(known, held)
    chosen: list[tuple[int, Block]] = []
    for medium in reading.media:
        is_image = medium.element.tag == "img"
        if not (first + is_image <= medium.place <= last) or not _belongs(medium, around, held, linked):
            continue
        block = medium_block(medium, document)
        if block is not None and not (block.image and lead_url and same_image(block.image.url, lead_url)):
            chosen.append((medium.place, block))
    return chosen[:MAX_MEDIA]


def _weights(units: Sequence[_Unit], reading: Reading) -> tuple[list[int], list[int]]:
    """The characters of story, and of links outside it, in each box by its number."""
    held = [0] * len(reading.boxes)
    linked = [0] * len(reading.boxes)
    story = {id(passage) for unit in units for passage in unit.passages}
    for passage in reading.passages:
        if id(passage) in story:
            held[passage.box.number] += len(passage.text)
        else:
            linked[passage.box.number] += passage.link_characters
    for box in reversed(reading.boxes):  # inner boxes have higher numbers than outer ones
        if box.parent is not None:
            held[box.parent.number] += held[box.number]
            linked[box.parent.number] += linked[box.number]
    return held, linked


def _story_box(units: Sequence[_Unit], held: Sequence[int]) -> int:
    """The number of the smallest box around most of the story; boxes are numbered from the outside in."""
    total = sum(len(passage.text) for unit in units for passage in unit.passages)
    return max((number for number, size in enumerate(held) if size >= STORY_SHARE * total), default=0)


def _belongs(medium: Medium, around: int, held: Sequence[int], linked: Sequence[int]) -> bool:
    """Whether a medium is in the story's box, outside links to other stories and boxes named as furniture."""
    box: Box | None = medium.box
    while box is not None and box.number != around:
        if box.roles & _OUTSIDE_ROLES or box.bits & _OUTSIDE_NAMES:
            return False
        if not held[box.number] and linked[box.number] >= MIN_TEASER_CHARACTERS:
            return False
        box = box.parent
    return box is not None


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
