"""The images, embeds and rules that belong to a story, and where among its passages they stand."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extraction.body.media import medium_block
from crawler.extraction.body.units import Unit
from crawler.extraction.images import same_image
from crawler.extraction.page.document import Document
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import HIDDEN, ROLES, Box, Medium, Reading
from news.article import Block

STORY_SHARE = 0.8  # of the story's characters, held by the story's box
MAX_MEDIA = 200  # blocks without text in one article
MIN_TEASER_CHARACTERS = 20  # of link text beside an image: then it is another story's headline
_OUTSIDE_ROLES = HIDDEN | sum(ROLES[role] for role in ("nav", "footer", "aside", "form"))
_OUTSIDE_NAMES = bits_of("related", "comment", "nav", "foot", "side", "ad", "share", "prompt")


def placed_media(
    units: Sequence[Unit | None], reading: Reading, document: Document, lead_url: str | None
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


def _weights(units: Sequence[Unit], reading: Reading) -> tuple[list[int], list[int]]:
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


def _story_box(units: Sequence[Unit], held: Sequence[int]) -> int:
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
