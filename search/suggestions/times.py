"""Dates typed as words, rewritten in the query language: offered when the words find nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from news.index import SearchRequest
from news.query.tree import Query
from search.suggestions.spelling import Search

_DAYS = r"[12]\d{3}(?:-\d{2}){0,2}"
_YEARS = re.compile(r"(?<!\S)(?P<first>[12]\d{3})(?:\.\.|[-–])(?P<last>[12]\d{3})(?!\S)")
_BOUND = re.compile(rf"(?<!\S)(?P<field>before|after|since|until) (?P<days>{_DAYS})(?!\S)", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<!\S)(?:(?:in|on|during) )?(?P<days>{_DAYS})(?!\S)", re.IGNORECASE)
_LAST = re.compile(r"(?<!\S)(?:the )?(?:last|past|this) (?P<unit>week|month|year)(?!\S)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\S)(?P<day>today|yesterday)(?!\S)", re.IGNORECASE)
_LENGTHS = {"week": "7d", "month": "1m", "year": "1y"}


def timed(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """The query with its dates as operators, if that finds something; None if it does not or there are none."""
    better = with_times(text)
    if better == text or not search(SearchRequest(query=read(better), limit=0)).total:
        return None
    return better


def with_times(text: str) -> str:
    """Replace words that denote a time by operators, except in queries with quotes or parentheses.

    >>> with_times("oil before 2024"), with_times("floods last week"), with_times("talks yesterday")
    ('oil before:2024', 'floods last:7d', 'talks on:yesterday')
    >>> with_times("floods 2012-2014"), with_times("oil prices in 2024-03"), with_times('"before 2024" oil')
    ('floods date:2012..2014', 'oil prices on:2024-03', '"before 2024" oil')
    """
    if any(sign in text for sign in '"()'):
        return text
    years = _YEARS.sub(lambda found: f"date:{found['first']}..{found['last']}", text)
    bounded = _BOUND.sub(lambda found: f"{found['field'].lower()}:{found['days']}", years)
    within = _WITHIN.sub(lambda found: f"on:{found['days']}", bounded)
    lasting = _LAST.sub(lambda found: f"last:{_LENGTHS[found['unit'].lower()]}", within)
    return _DAY.sub(lambda found: f"on:{found['day'].lower()}", lasting)
