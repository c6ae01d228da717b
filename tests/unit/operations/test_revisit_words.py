"""How many looks a source is given, in words, and whether they suffice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cli.source_words import revisit_words
from news.revisits.budget import Spending
from news.source import Source

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=(), revisits_per_day=50)


def spent(edits: float) -> str:
    """After fourteen days of 50 looks, each over so many expected edits."""
    spending = Spending()
    for look in range(14 * 50):
        spending = spending.spend(NOW + timedelta(days=look / 50), edits=edits)
    return revisit_words(SOURCE, spending, NOW + timedelta(days=14))


def test_a_source_that_was_never_looked_at_has_its_budget() -> None:
    told = "at most 50 a day; about 0 in the last day, 0 edits a day expected"
    assert revisit_words(SOURCE, Spending(), NOW) == told


def test_looks_that_suffice_are_counted() -> None:
    assert spent(edits=0.4) == "at most 50 a day; about 50 in the last day, 20 edits a day expected"


def test_a_budget_that_is_short_is_told() -> None:
    assert spent(edits=3).endswith("edits a day expected: raise crawl.revisits_per_day to see more of them")
