"""Saved searches in words for people: query, filters and the targets of deliveries."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from news.index import Filters
from news.standing import Delivery, DeliveryKind, StandingSearch, filters_record
from search.params import FILTERS_OF_VALUES, Moment, SearchedFor

MIDNIGHT = time()
_FEED_ENDS = "The feed's address ends at once, for good."
ENDINGS = {  # what revoking a delivery takes away
    DeliveryKind.RSS: _FEED_ENDS,
    DeliveryKind.ATOM: _FEED_ENDS,
    DeliveryKind.JSON: _FEED_ENDS,
    DeliveryKind.WEBHOOK: "The webhook is not called again, not even with what still waits to be told.",
    DeliveryKind.MAIL: "No more mails are sent, not even of what still waits to be told.",
}


def search_words(params: SearchedFor) -> list[str]:
    """The query, if any, and each filter with its name.

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
    """A midnight as a day, any other moment as a time; the exclusive end of a span is given as its last day."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.time() != MIDNIGHT:
        return moment.isoformat(timespec="minutes").replace("+00:00", "Z")
    day: date = moment.date()
    return (day - timedelta(days=1) if is_end else day).isoformat()


def masked_target(delivery: Delivery) -> str | None:
    """Where a delivery goes, masking what would let others use it.

    The path of a webhook's address is often its only secret.
    """
    if delivery.target is None:
        return None
    if delivery.kind is DeliveryKind.WEBHOOK:
        parts = urlsplit(delivery.target)
        return f"{parts.scheme}://{parts.netloc}/…"
    name, _, host = delivery.target.rpartition("@")
    return f"{name[:1]}…@{host}"


def what_ends(match_count: int, delivery_count: int) -> str:
    """What removing a search takes away.

    >>> what_ends(1200, 1)
    'This removes the search, its list of 1,200 matches and its delivery, for good. The articles stay.'
    """
    parts = ["the search"]
    if match_count:
        parts.append(f"its list of {match_count:,} match{'es' if match_count > 1 else ''}")
    if delivery_count:
        parts.append(f"its {delivery_count} deliveries" if delivery_count > 1 else "its delivery")
    listed = " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    return f"This removes {listed}, for good.{' The articles stay.' if match_count else ''}"


def described(query: str, filters: Filters) -> str:
    """The name of a search that was given none."""
    values = [str(each) for value in filters_record(filters).values() for each in _listed(value)]
    return query or ", ".join(values)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def searched_for(search: StandingSearch) -> SearchedFor:
    """A saved search as the parameters of a search."""
    filters = search.filters
    return SearchedFor(
        q=search.query,
        **{name: getattr(filters, filter_name) for name, filter_name in FILTERS_OF_VALUES.items()},
        published_from=filters.published_from,
        published_to=filters.published_to,
    )
