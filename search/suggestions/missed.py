"""What is offered where nothing matches: other queries, the words that stand nowhere, and the closest articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from news.index import Filters, Hit, SearchRequest
from news.query.tokens import clean_text
from news.query.tree import Query
from search.request import unfiltered_request
from search.suggestions.bylines import byline_query
from search.suggestions.nearest import nearest
from search.suggestions.parting import parted
from search.suggestions.spelling import (
    Search,
    continued,
    corrected,
    corrected_in_part,
    corrected_name,
    one_letter_away,
    unknown_words,
)
from search.suggestions.times import timed

_OTHER_WORDS = (timed, corrected, continued, parted, corrected_name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """Help for a search without a match."""

    unfiltered_total: int = 0  # matches without filters
    spelling: str | None = None  # another query
    unknown_words: tuple[str, ...] = ()  # in no article and no byline
    nearest: tuple[Hit, ...] = ()


def missed(text: str, request: SearchRequest, search: Search, read: Callable[[str], Query]) -> Missed:
    """What to offer instead of this request, whose query `read` made of the text. Raises EngineUnavailable."""
    unfiltered = search(unfiltered_request(request)).total if request.filters != Filters() else 0
    if not text:
        return Missed(unfiltered_total=unfiltered)
    search = cache(search)  # all of these look up the same words
    by = _writer(text, request.filters, search, read)
    if unfiltered:  # it is the filters that leave nothing, so no other words are offered
        return Missed(unfiltered_total=unfiltered, spelling=by)
    likelier = by or _likelier(text, search, read)
    closer = likelier or one_letter_away(text, search)
    return Missed(
        spelling=likelier,
        unknown_words=tuple(dict.fromkeys(token.text for token in unknown_words(clean_text(text), search))),
        nearest=nearest(request, read(closer) if closer else None, search),
    )


def _writer(text: str, filters: Filters, search: Search, read: Callable[[str], Query]) -> str | None:
    """The query for articles by whom the words name, if the filters leave any."""
    by = byline_query(text)
    found = by is not None and search(SearchRequest(query=read(by), filters=filters, limit=0)).total
    return by if found else None


def _likelier(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """Another query that finds something: words as times, other spellings, longer words."""
    found = next((better for way in _OTHER_WORDS if (better := way(text, search, read)) is not None), None)
    return found or corrected_in_part(text, search)
