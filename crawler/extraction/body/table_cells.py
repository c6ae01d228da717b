"""The cells of table rows in their columns: empty cells and those that reach over several are counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from crawler.extraction.page.passages import Passage, line_of

MAX_COLUMNS = 60  # of a row, and rows that one cell may reach over
_NUMBER = re.compile(r"\s*(\d{1,3})")
_Rows = Mapping[HtmlElement, Sequence[HtmlElement | None]]


class TableCells:
    """The rows of a page's tables, each table laid out once."""

    def __init__(self) -> None:
        self._tables: dict[HtmlElement, _Rows] = {}

    def of_row(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """The texts of the row that these passages fill, "" for a column without one."""
        texts = {_cell_of(passage): passage.text for passage in passages}
        plain = tuple(passage.text for passage in passages)
        row = next((box.element for box in line_of(passages[0].box) if box.tag == "tr"), None)
        table = next(row.iterancestors("table"), None) if row is not None else None
        if row is None or table is None or len(texts) != len(passages):
            return plain
        if table not in self._tables:
            self._tables[table] = _laid_out(table)
        columns = self._tables[table].get(row, ())
        if not texts.keys() <= set(columns):
            return plain
        cells = [texts.get(cell, "") for cell in columns]
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells)


def _cell_of(passage: Passage) -> HtmlElement | None:
    return next((box.element for box in line_of(passage.box) if box.tag in ("td", "th")), None)


def _laid_out(table: HtmlElement) -> _Rows:
    """Each row's columns: the cell that begins there; None where one reaches over from the left or from above."""
    rows: dict[HtmlElement, list[HtmlElement | None]] = {}
    above: dict[int, int] = {}  # column -> rows that a cell from above still reaches over
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table:
            continue
        columns: list[HtmlElement | None] = []
        for cell in row.iterchildren("td", "th"):
            _reach_down(columns, above)
            if len(columns) >= MAX_COLUMNS:
                break
            start, deep = len(columns), _span(cell, "rowspan")
            columns += [cell, *[None] * (_span(cell, "colspan") - 1)]
            above |= {column: deep - 1 for column in range(start, len(columns)) if deep > 1}
        _reach_down(columns, above)
        rows[row] = columns
    return rows


def _reach_down(columns: list[HtmlElement | None], above: dict[int, int]) -> None:
    """Fill the columns that a cell from above reaches over."""
    while above.get(len(columns), 0) > 0 and len(columns) < MAX_COLUMNS:
        above[len(columns)] -= 1
        columns.append(None)


def _span(cell: HtmlElement, name: str) -> int:
    match = _NUMBER.match(cell.get(name) or "")
    return min(MAX_COLUMNS, max(1, int(match[1]))) if match else 1
