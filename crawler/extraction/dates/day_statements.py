"""The statement by one place on a page of a day that may be the story's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extraction.dates.day_order import DayOrder
from crawler.extraction.dates.moments import Moment, find_moment, parse_moment, written_moments

MODIFIED_NAMES = re.compile(r"modif|updat|aktual|edit|changed", re.IGNORECASE)  # of elements: the day of a change
MAX_DATED_CHARACTERS = 300  # of a text that is searched for dates
_DEFAULT_ORDER = DayOrder()


@dataclass(frozen=True, slots=True)
class Statement:
    """A day as stated by one place."""

    moment: Moment
    place: str  # one of STATED, or "shown"
    origin: str  # the place as --explain shows it
    measures: dict[str, float] | None = None  # of a shown day or `time` element
    is_localized: bool = False  # its offset is inferred from a shown day


def read_statement(value: str | None, place: str, origin: str, order: DayOrder = _DEFAULT_ORDER) -> Iterator[Statement]:
    """The statement in one value; nothing if it holds no date. `order` is how the page writes "3/4/2025"."""
    if not value:
        return
    moment = parse_moment(value) or find_moment(value)
    if moment is None:
        days = (order.month,) if order.month else ()
        found = written_moments(
            value[:MAX_DATED_CHARACTERS], month_first=order.month_first, days=days, latest=order.latest
        )
        moment = next((each for _, _, each in found), None)
    if moment:
        yield Statement(moment, place, origin)
