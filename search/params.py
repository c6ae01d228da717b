"""The parameters of a search in an address: one set for the page, the API and the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from news.index import Sort
from news.query.parser import parse_query
from news.query.tree import Query, is_about_edits, ranks
from news.times import as_utc
from search.export import ExportFormat

MAX_QUERY_CHARACTERS = 512  # the most that the query parser reads
MAX_SIZE = 100
MEANING_ORDERED = 50  # of the first hits by relevance; measured, see decision 15
MAX_DEPTH = 10_000  # hits that can be paged through; engines sort all of them to give the last page
FILTERS_OF_VALUES = {  # parameters that may be repeated for alternatives, and their names in news.index.Filters
    "source": "sources",
    "section": "sections",
    "language": "languages",
    "author": "authors",
    "agency": "agencies",
    "tag": "tags",
}
MAX_VALUES = 50  # alternatives in one filter
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)  # any moment will do: with one, "last:7d" is read as a date

_RULES = {  # by pydantic's error type; other errors keep pydantic's message
    "bool_parsing": "has to be true or false",
    "enum": "has to be {expected}",
    "extra_forbidden": "is not a parameter of this address",
    "greater_than_equal": "has to be at least {ge}",
    "int_parsing": "has to be a whole number",
    "less_than_equal": "has to be at most {le}",
    "missing": "is needed",
    "string_too_short": "is empty: write something, or leave it out",
    "string_too_long": "may have {max_length} characters at most",
    "too_long": "may be given {max_length} times at most",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:.+")  # fromisoformat alone also accepts week dates and bare digits
_UNESCAPED_PLUS = re.compile(r" (?=\d{2}:\d{2}$)")  # "+03:00" in an address that was not percent-encoded


def _parse_moment(value: Any) -> Any:
    if value is None or isinstance(value, date):
        return value
    try:
        if not isinstance(value, str):  # from a JSON body: a number must not be read as seconds since 1970
            raise ValueError(value)
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        if not _TIME.fullmatch(value):
            raise ValueError(value)
        moment = datetime.fromisoformat(_UNESCAPED_PLUS.sub("+", value))
        return as_utc(moment)
    except (ValueError, OverflowError):
        raise PydanticCustomError(
            "moment", "is not a day such as 2026-11-24 or a time such as 2026-11-24T08:30:00Z"
        ) from None


Moment = Annotated[date | datetime, BeforeValidator(_parse_moment)]
FilterValues = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=300)], ...], Field(max_length=MAX_VALUES)
]


class SearchedFor(BaseModel):
    """What is searched for, and what every hit must satisfy."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    q: str = Field(
        "",
        json_schema_extra={"maxLength": MAX_QUERY_CHARACTERS},
        description='Words, "a phrase", -not, OR, begin*, fuzzy~, field:word, after:2022-01-31; empty finds everything',
        examples=["ceasefire talks"],
    )
    source: FilterValues = Field((), description="Source ids; several are alternatives")
    section: FilterValues = Field((), description="Sections, in any letter case; several are alternatives")
    language: FilterValues = Field((), description="ISO 639-1 codes; several are alternatives")
    author: FilterValues = Field((), description="Whole names, in any letter case; several are alternatives")
    agency: FilterValues = Field((), description="News agencies credited, such as AFP; several are alternatives")
    tag: FilterValues = Field((), description="The publisher's tags, in any letter case; several are alternatives")
    published_from: Moment | None = Field(
        None, alias="from", description="Published on this day or later, or at this time or later; UTC unless stated"
    )
    published_to: Moment | None = Field(
        None, alias="to", description="Published on this day or earlier, or before this time; UTC unless stated"
    )
    strict: bool = Field(False, description="Refuse a query that does not mean what it looks like; point at the place")

    @field_validator("q")
    @classmethod
    def _trim(cls, value: str) -> str:
        return value.strip()

    @property
    def ends_before_it_begins(self) -> bool:
        """Whether the dates exclude everything; the answer then has no hits, but is not an error."""
        start, end = self.published_from, self.published_to
        return start is not None and end is not None and end_of(end) <= start_of(start)


class SearchParams(SearchedFor):
    """A search, and which page of the answer is wanted."""

    sort: Sort | None = Field(
        None,
        description="Order of hits; by default, relevance if the query has text words, otherwise newest, "
        "or edited if it asks for edits",
    )
    size: int = Field(20, ge=1, le=MAX_SIZE, description="Hits on a page")
    page: int = Field(1, ge=1, le=MAX_DEPTH, description=f"Which page; page times size is at most {MAX_DEPTH:,}")
    cursor: str | None = Field(
        None,
        max_length=400,
        pattern=r"^[A-Za-z0-9_-]*$",
        description="Continue after the hits of another answer: taken from its `next`; `page` is then ignored",
    )
    timeline: bool = Field(False, description="Also count how much was published when")
    collapse: bool = Field(True, description="Of matching copies of one text, find and count only the earliest")

    meaning: bool = Field(
        False,
        description="Of the first 50 hits by relevance, put those first that are also closest to the query in meaning; "
        "for English, and only where `search.meaning` is set",
    )
    as_of: Moment | None = Field(
        None, description="Search what the sites said at the end of this day, or at this time; UTC unless stated"
    )

    @property
    def past_moment(self) -> datetime | None:
        """The moment that is searched; None = now."""
        return None if self.as_of is None else end_of(self.as_of)

    @property
    def is_too_deep(self) -> bool:
        """Whether the page is beyond what can be paged through by number."""
        return self.cursor is None and self.page * self.size > MAX_DEPTH

    @property
    def in_meaning_order(self) -> bool:
        """Whether hits of this page are among those that are ordered by meaning too."""
        return self.meaning and self.may_be_in_meaning_order

    @property
    def may_be_in_meaning_order(self) -> bool:
        """Whether hits of this page would be ordered by meaning too if that were asked for."""
        plain = self.cursor is None and self.as_of is None and self.effective_sort is Sort.RELEVANCE
        return plain and self.offset < MEANING_ORDERED

    @property
    def effective_sort(self) -> Sort:
        """The order actually used: without words of texts there is no relevance."""
        if (self.sort is None or self.sort.is_scored) and not self.has_relevance:
            return Sort.EDITED if self.is_about_edits else Sort.NEWEST
        return self.sort or Sort.RELEVANCE

    @property
    def is_about_edits(self) -> bool:
        """Whether the query asks for what was edited."""
        return is_about_edits(_query(self.q))

    @property
    def has_relevance(self) -> bool:
        """Whether one article can match the query better than another."""
        return ranks(_query(self.q))

    @property
    def offset(self) -> int:
        """The number of hits before this page."""
        return 0 if self.cursor is not None else (self.page - 1) * self.size


class ExportParams(SearchedFor):
    """A search, and how everything it finds is written."""

    sort: Sort = Field(Sort.NEWEST, description="Order of the articles")
    format: ExportFormat = Field(ExportFormat.NDJSON, description="One JSON object a line, or a table")
    text: bool = Field(False, description="Include the body of every article")
    receipt: bool = Field(False, description="Include what each text was read from: digests and place in the archive")
    collapse: bool = Field(False, description="Of matching copies of one text, export only the earliest")

    @property
    def search(self) -> SearchParams:
        """The search whose results are exported."""
        return SearchParams.model_validate(self.model_dump(exclude={"format", "text", "receipt"}))


@lru_cache(maxsize=256)
def _query(text: str) -> Query:
    return parse_query(text, now=_ANY_TIME)


def start_of(moment: date | datetime) -> datetime:
    """The first instant of a day in UTC, or the instant itself."""
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def end_of(moment: date | datetime) -> datetime:
    """The first instant after a day in UTC, or the instant itself."""
    if isinstance(moment, datetime):
        return moment
    if moment == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return start_of(moment + timedelta(days=1))


def rule_message(error: Mapping[str, Any]) -> str:
    """The rule that a parameter breaks, from one of pydantic's errors; the offending value is not repeated."""
    rule = _RULES.get(error["type"])
    if rule is not None:
        return rule.format(**error.get("ctx", {}))
    message = str(error["msg"])
    return message[:1].lower() + message[1:]
