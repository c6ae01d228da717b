"""Tables and code of which the story has most pieces belong to it as a whole."""

from __future__ import annotations

from crawler.extraction.page.passages import ROLES, Box, Passage, line_of

WHOLE_SHARE = 0.5  # of a table's cells or the lines of code: if so many are story, the rest are too; .3 does as well
MAX_CELL_CHARACTERS = 300  # of a data table; a choice

MIN_ITEMS = 2  # pieces of items built alike that are story already; a choice

TABLE_ROLE = ROLES["table"]
_LIST_ROLES = ROLES["ul"] | ROLES["ol"]
_TABLE_TAGS, _ROW_TAGS, _CELL_TAGS = frozenset({"table"}), frozenset({"tr"}), frozenset({"td", "th"})


def make_whole(passages: list[Passage], chosen: list[bool]) -> None:
    """Add what is left of tables and code that are mostly chosen."""
    _fill_tables(passages, chosen)
    _fill_code(passages, chosen)
    _fill_items(passages, chosen)


def within(box: Box, tags: frozenset[str]) -> Box | None:
    """The innermost box with one of these tags that a box is or stands in."""
    return next((each for each in line_of(box) if each.tag in tags), None)


def _fill_code(passages: list[Passage], chosen: list[bool]) -> None:
    """Keep all lines of a piece of code if enough of them are story."""
    pieces: dict[Box, list[int]] = {}
    for index, passage in enumerate(passages):
        if passage.box.tag == "pre":
            pieces.setdefault(passage.box, []).append(index)
    for lines in pieces.values():
        if WHOLE_SHARE * len(lines) <= sum(chosen[index] for index in lines):
            for index in lines:
                chosen[index] = True


def _fill_items(passages: list[Passage], chosen: list[bool]) -> None:
    """Keep what is built like half of the story's pieces in the items of a list, if it stands right among them."""
    alike: dict[str, list[int]] = {}
    for index, passage in enumerate(passages):
        if passage.box.roles & _LIST_ROLES and not passage.link_characters:
            alike.setdefault(passage.box.path, []).append(index)
    for run in alike.values():
        held = sum(chosen[index] for index in run)
        if MIN_ITEMS <= held < len(run) and held >= WHOLE_SHARE * len(run):
            for index in run:
                chosen[index] = chosen[index] or (
                    0 < index < len(chosen) - 1 and chosen[index - 1] and chosen[index + 1]
                )


def _fill_tables(passages: list[Passage], chosen: list[bool]) -> None:
    """Keep all cells of a data table if enough of them are story."""
    inside = [index for index, passage in enumerate(passages) if passage.box.roles & TABLE_ROLE]
    if not any(chosen[index] for index in inside):
        return
    tables: dict[Box | None, list[int]] = {}
    for index in inside:
        tables.setdefault(within(passages[index].box, _TABLE_TAGS), []).append(index)
    for cells in tables.values():
        enough = WHOLE_SHARE * len(cells) <= sum(chosen[index] for index in cells) < len(cells)
        if enough and holds_data([passages[index] for index in cells]):
            for index in cells:
                chosen[index] = True


def holds_data(passages: list[Passage]) -> bool:
    """Whether a table has short cells of one text each, two or more to a row; otherwise it only lays out a page."""
    cells = {within(passage.box, _CELL_TAGS) for passage in passages}
    rows = {within(passage.box, _ROW_TAGS) for passage in passages}
    is_short = all(len(passage.text) <= MAX_CELL_CHARACTERS for passage in passages)
    return is_short and len(cells) == len(passages) >= 2 * len(rows)
