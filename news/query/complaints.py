"""Complaints: what in a query was not read the way it looks, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from news.query.dates import DATE_FIELDS
from news.query.tokens import FIELDS, QueryToken

_FIELD_NAMES = (*FIELDS, *DATE_FIELDS)
_FIRST_NAMES = dict(zip(reversed(FIELDS.values()), reversed(FIELDS), strict=True))  # field -> the first of its names
_MAIN_NAMES = (*reversed(_FIRST_NAMES.values()), "site", "after", "before", "on", "last")
_NAMES_ELSEWHERE = {
    "allintext": "text",
    "allintitle": "title",
    "allinurl": "url",
    "by": "author",
    "byline": "author",
}
_OF_FILES = frozenset({"ext", "filetype"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """A part of a query that was not read the way it looks."""

    position: int  # in the cleaned text, in characters
    message: str  # what is wrong and what to write


class Complaints:
    """The complaints about one text, collected as it is read."""

    def __init__(self, end: int) -> None:
        """`end` is the length of the cleaned text: the position for complaints about what is missing after it."""
        self._end = end
        self._found: list[Complaint] = []

    def about(self, token: QueryToken | None, message: str) -> None:
        """Add a complaint about a token; None = about the end of the text."""
        self._found.append(Complaint(token.position if token else self._end, message))

    def first(self) -> Complaint | None:
        """The complaint that comes first in the text; None when there is none."""
        return min(self._found, key=lambda complaint: complaint.position, default=None)


def unknown_field(text: str) -> str:
    """Advice for `text`, a word that looks like a field: the field with the closest spelling, or all fields."""
    name = text.split(":", maxsplit=1)[0]
    if name.lower() in _OF_FILES:
        return f"there are only articles, no files; leave {text} out"
    close = get_close_matches(name.casefold(), _FIELD_NAMES, n=1)
    meant = [_NAMES_ELSEWHERE[name]] if name in _NAMES_ELSEWHERE else close
    known = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(_MAIN_NAMES)}."
    return f'there is no field {name!r}; {known} As a word: "{text}"'


def wrong_date(name: str) -> str:
    """What values a date field takes."""
    if name in {"last", "when"}:
        return f"{name}: takes a length of time such as 12h, 7d, 2w, 3m or 1y"
    if name == "edited":
        return f"{name}: takes a length of time such as 7d, or a day or month such as 2022-01-31, today or 2022-01"
    return f"{name}: takes a day, month or year such as 2022-01-31, 2022-01 or 2022, or today or yesterday"
