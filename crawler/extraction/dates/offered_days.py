"""Days on the page of an offer: its own, not those on which buyers judged it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extraction.dates.day_statements import Statement

OFFER_REACH = 5  # passages from an offer's name, within which a day is the offer's; a choice

_OFFERED = ("json-ld", "json-ld created", "json-ld node", "meta", "vague meta")  # places that state a day of the offer


def without_reviews(statements: Iterable[Statement]) -> list[Statement]:
    """The days of an offer's page without those on which buyers judged: shown far from its name, or guessed."""
    own: list[Statement] = []
    others: list[Statement] = []
    for one in statements:
        (own if _is_of_offer(one) else others).append(one)
    judged = {one.moment.day for one in others if one.place in ("time", "shown")}
    return own + [one for one in others if one.place == "script" and one.moment.day not in judged]


def _is_of_offer(one: Statement) -> bool:
    distance = (one.measures or {}).get("distance", OFFER_REACH + 1)
    return one.place in _OFFERED or abs(distance) <= OFFER_REACH
