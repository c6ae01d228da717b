"""Days on the page of an offer: its own, not those on which buyers judged it."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.extraction.dates.day_statements import Statement

OFFER_REACH = 5  # passages from an offer's name, within which a day is the offer's; a choice

_OFFERED = ("json-ld", "json-ld created", "json-ld node", "meta", "vague meta")  # places that state a day of the offer


def without_reviews(statements: Iterable[Statement]) -> list[Statement]:
    """The days of an offer's page without those on which buyers judged: shown far from its name, or guessed."""
    ways: tuple[list[Statement], list[Statement]] = ([], [])
    for one in statements:
        ways[one.place in _OFFERED or abs((one.measures or {}).get("distance", OFFER_REACH + 1)) <= OFFER_REACH].append(
            one
        )
    days = {one.moment.day for one in ways[False] if one.place in ("time", "shown")}
    return ways[True] + [one for one in ways[False] if one.place == "script" and one.moment.day not in days]
