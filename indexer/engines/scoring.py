"""Scoring that both engines share, besides the weights in the field table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeGuard

from indexer.engines.plan import Plan, Words
from indexer.fields import LEAD_WORDS
from news.errors import EngineError
from news.index import SearchRequest, Sort

# Measured together on three judged collections; see docs/decisions/0003-language-analysis.md.
TIE_BREAKER = 0.7  # share of the other fields' scores that is added to the best one's
LEAD_BOOST = 0.15 / TIE_BREAKER  # for a match in the body's first LEAD_WORDS; seldom the best field, so 0.15 counts
WORD_BONUS = 0.2  # for each of several words that an article has at all, so that many words outdo one repeated

BLEND_DAYS = tuple(2**power for power in range(10))  # to 512; an article younger than each gains a step
BLEND_STEP = 1.0  # score for each halving of an article's age: a choice; a rare word weighs some ten steps

MAX_WINDOW = 11_000  # offset + limit of one search
FRAGMENT_CHARACTERS = 160  # of a highlighted piece of the body
MAX_FRAGMENTS = 3
WHOLE_FIELDS = ("title", "dek")  # highlighted from beginning to end


def check_window(request: SearchRequest) -> None:
    """Raise EngineError for a page that no engine gives."""
    if request.offset < 0 or request.limit < 0 or request.offset + request.limit > MAX_WINDOW:
        raise EngineError(
            f"hits {request.offset} to {request.offset + request.limit} were asked for, the engine gives the first"
            f" {MAX_WINDOW}; narrow the search with filters"
        )


def blend_dates(request: SearchRequest) -> tuple[datetime, ...]:
    """Times since which an article gains BLEND_STEP each; none if recency does not count."""
    if request.sort is not Sort.BLEND or request.now is None:
        return ()
    return tuple(request.now - timedelta(days=days) for days in BLEND_DAYS)


def lead_of(spoken: str) -> str:
    """The terms of the lead, from all terms, separated by spaces."""
    return " ".join(spoken.split(" ", LEAD_WORDS)[:LEAD_WORDS])


def has_lead(planned: Plan) -> TypeGuard[Words]:
    """Whether the clause is a single word searched for in the body among others, which counts more in the lead."""
    return isinstance(planned, Words) and len(planned.terms) == 1 and len(planned.fields) > 1
