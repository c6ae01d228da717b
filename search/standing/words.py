"""Saved searches in words for people: query, filters and the targets of deliveries."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from news.index import Filters
from news.standing import Delivery, DeliveryKind, StandingSearch, filters_record
from search.params import FILTERS_OF_VALUES, Moment, SearchedFor

MIDNIGHT = time()


def search_words(params: SearchedFor) -> list[str]:
    """Return the query, if any, and each filter with its name.

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
    """Return a midnight as a day, any other moment as a time; the exclusive end of a span is given as its last day."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.time() != MIDNIGHT:
        return moment.isoformat(timespec="minutes").replace("+00:00", "Z")
    day: date = moment.date()
    return (day - timedelta(days=1) if is_end else day).isoformat()


def masked_target(delivery: Delivery) -> str | None:
    """Return where a delivery goes, masking what would let others use it.

    The path of a webhook's address is often its only secret.
    """
    if delivery.target is None:
        return None
    if delivery.kind is DeliveryKind.WEBHOOK:
        parts = urlsplit(delivery.target)
        return f"{parts.scheme}://{parts.netloc}/…"
    name, _, host = delivery.target.rpartition("@")
    return f"{name[:1]}…@{host}"


def described(query: str, filters: Filters) -> str:
    """Return the name of a search that was given none."""
    values = [str(each) for value in filters_record(filters).values() for each in _listed(value)]
    return query or ", ".join(values)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def searched_for(search: StandingSearch) -> SearchedFor:
    """Return a saved search as the parameters of a search."""
    filters = search.filters
    return SearchedFor(
        q=search.query,
        **{name: getattr(filters, filter_name) for name, filter_name in FILTERS_OF_VALUES.items()},
        published_from=filters.published_from,
        published_to=filters.published_to,
    )
