"""One place's statement of a day that may be the story's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extraction.dates.moments import Moment, find_moment, parse_moment, written_moments

MAX_DATED_CHARACTERS = 300  # of a text whose dates are taken


@dataclass(frozen=True, slots=True)
class Statement:
    """One place's statement of a day."""

    moment: Moment
    place: str  # one of STATED, or "shown"
    origin: str  # the place as --explain shows it
    measures: dict[str, float] | None = None  # of a shown one
    is_localized: bool = False  # its offset is inferred from a shown day


def read_statement(value: str | None, place: str, origin: str) -> Iterator[Statement]:
    """The statement in one value; nothing where it holds no date."""
    if not value:
        return
    moment = parse_moment(value) or find_moment(value)
    if moment is None:
        moment = next((found for _, _, found in written_moments(value[:MAX_DATED_CHARACTERS], month_first=True)), None)
    if moment:
        yield Statement(moment, place, origin)
