"""Large amounts are found however they are written."""

from __future__ import annotations

import pytest

from indexer.engines.plan import Disjunction, Plan, Words
from indexer.engines.planner import plan
from news.query.parser import parse_query
from news.query.tree import TEXT_FIELDS


def ways(planned: Plan | None) -> list[tuple[str, ...]]:
    """The terms of each way in which a word may be written."""
    assert isinstance(planned, Disjunction)
    return [way.terms for way in planned.children if isinstance(way, Words)]


@pytest.mark.parametrize(
    ("text", "analysis", "other"),
    [
        ("5bn", "en", ("5", "billion")),
        ("$16M", "en", ("16", "million")),
        ("billions", "en", ("bn",)),
        ("Mrd.", "de", ("milliard",)),
        ("Millionen", "de", ("mio",)),
        ("млрд", "ru", ("миллиард",)),
        ("mld", "pl", ("miliard",)),
    ],
)
def test_a_unit_is_looked_for_in_full_and_short(text: str, analysis: str, other: tuple[str, ...]) -> None:
    assert other in ways(plan(parse_query(text), analysis))


def test_a_number_and_its_unit_may_be_one_word() -> None:
    assert "terms=('5bn',)" in repr(plan(parse_query("$5 billion"), "en"))


def test_a_letter_alone_is_no_unit() -> None:
    assert plan(parse_query("m"), "en") == Words(("m",), TEXT_FIELDS)


def test_in_a_description_a_name_or_amount_with_a_number_keeps_its_writings() -> None:
    planned = plan(parse_query("louvre buys painting for $16m"), "en")
    assert isinstance(planned, Disjunction)
    amount = next(child for child in planned.children if isinstance(child, Disjunction))
    assert ("16", "million") in ways(amount)
    assert Words(("louvr",), TEXT_FIELDS) in planned.children
