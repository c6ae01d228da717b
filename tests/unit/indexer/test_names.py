"""Writers' names in another writing than their bylines'."""

from __future__ import annotations

import pytest

from indexer.engines.plan import Disjunction, Plan, Words
from indexer.engines.planner import plan
from news.query.parser import parse_query

AUTHORS = ("authors",)


def ways(query: str) -> set[tuple[str, ...]]:
    planned: Plan | None = plan(parse_query(query), "en")
    found = planned.children if isinstance(planned, Disjunction) else (planned,)
    return {each.terms for each in found if isinstance(each, Words) and each.fields == AUTHORS}


@pytest.mark.parametrize(
    ("query", "byline"),
    [
        ("author:oneill", ("o", "neill")),
        ('author:"jane oneill"', ("jane", "o", "neill")),
        ("author:o'neill", ("neill",)),
        ("author:Mueller", ("muller",)),
        ("author:Müller", ("mueller",)),
        ('author:"Karl Müller"', ("karl", "muller")),
        ("author:Michael", ("michael",)),
    ],
)
def test_a_writer_is_found_by_a_name_in_another_writing(query: str, byline: tuple[str, ...]) -> None:
    assert byline in ways(query)


def test_a_name_is_not_taken_for_its_like() -> None:
    assert ways("author:Michael") == {("michael",)}
    assert ways("author:joe") == {("joe",)}
