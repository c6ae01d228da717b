"""Finds the passages from which each block of a story was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.extraction.body.story_blocks import is_data_row, row_of
from crawler.extraction.page.passages import Passage
from news.article import Block


@dataclass(frozen=True)
class Unit:
    """The passages from which one block was made."""

    text: str
    first: int  # index of the first passage
    passages: tuple[Passage, ...]


def units_of(blocks: Sequence[Block], passages: Sequence[Passage]) -> list[Unit | None]:
    """The passages that each block was made from, found by text in page order; None if not found."""
    places: dict[str, list[Unit]] = defaultdict(list)
    for unit in _units(passages):
        places[unit.text].append(unit)
    last = -1
    found: list[Unit | None] = []
    for block in blocks:
        match = next((each for each in places.get(block.text, ()) if each.first > last), None)
        last = match.first if match else last
        found.append(match)
    return found


def _units(passages: Sequence[Passage]) -> Iterator[Unit]:
    index = 0
    for row, group in groupby(passages, key=row_of):
        cells = tuple(group)
        if row is not None and is_data_row(cells):
            yield Unit(" | ".join(cell.text for cell in cells), index, cells)
        else:
            yield from (Unit(cell.text, index + place, (cell,)) for place, cell in enumerate(cells))
        index += len(cells)
