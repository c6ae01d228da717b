"""A search in words for people: its query and its filters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from search.params import FILTERS_OF_VALUES, Moment, SearchedFor

MIDNIGHT = time()


def search_words(params: SearchedFor) -> list[str]:
    """The query, where there is one, and each filter with its name.

    >>> search_words(SearchedFor(q="ankara", source=("trtworld",), published_to=datetime(2026, 12, 2)))
    ['ankara', 'source: trtworld', 'to: 2026-12-01']
    """
    filters = [f"{name}: {value}" for name in FILTERS_OF_VALUES for value in getattr(params, name)]
    if params.published_from is not None:
        filters.append(f"from: {_as_written(params.published_from)}")
    if params.published_to is not None:
        filters.append(f"to: {_as_written(params.published_to, is_end=True)}")
    return [params.q, *filters] if params.q else filters


def _as_written(moment: Moment, *, is_end: bool = False) -> str:
    """A day, or a time that is none's beginning; the end of a span of days is told as its last day."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.time() != MIDNIGHT:
        return moment.isoformat(timespec="minutes").replace("+00:00", "Z")
    day: date = moment.date()
    return (day - timedelta(days=1) if is_end else day).isoformat()
