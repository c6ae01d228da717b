"""What in a query was read otherwise than it looks, and what its author is told to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from news.query.dates import DATE_FIELDS
from news.query.tokens import FIELDS, QueryToken

_FIELD_NAMES = tuple(dict.fromkeys([*FIELDS, *DATE_FIELDS]))
_NAMES_ELSEWHERE = {"site": "source", "inurl": "url", "intitle": "title", "by": "author", "byline": "author"}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that was not read the way it looks."""

    position: int  # in the cleaned text, in characters
    message: str  # what is wrong and what to write


class Complaints:
    """The complaints about one text, collected while it is read."""

    def __init__(self, end: int) -> None:
        """`end` is the length of the cleaned text: the place of what is missing behind it."""
        self._end = end
        self._found: list[Complaint] = []

    def about(self, token: QueryToken | None, message: str) -> None:
        """Note a complaint about a token; None = about the end of the text."""
        self._found.append(Complaint(token.position if token else self._end, message))

    def first(self) -> Complaint | None:
        """The one that stands first in the text; None when there is none."""
        return min(self._found, key=lambda complaint: complaint.position, default=None)


def unknown_field(text: str) -> str:
    """What to write instead of `text`, a word that looks like a field: the field that is spelt like it, or any."""
    name = text.split(":", maxsplit=1)[0]
    close = get_close_matches(name.casefold(), _FIELD_NAMES, n=1)
    meant = [_NAMES_ELSEWHERE[name]] if name in _NAMES_ELSEWHERE else close
    known = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(_FIELD_NAMES)}."
    return f'there is no field {name!r}; {known} As a word: "{text}"'


def wrong_date(name: str) -> str:
    """What a field of dates takes."""
    if name == "last":
        return "last: takes a length of time such as 12h, 7d, 2w, 3m or 1y"
    return f"{name}: takes a day, month or year such as 2022-01-31, 2022-01 or 2022, or today or yesterday"
