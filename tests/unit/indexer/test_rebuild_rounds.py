"""A rebuild's rounds: none is empty before the end, and together they are all."""

from __future__ import annotations

import pytest

from indexer import rebuild
from news.index import IndexEntry

ENTRIES = [IndexEntry(id=f"a{number}", revision=1, document=None) for number in range(3)]


@pytest.mark.parametrize(("seconds", "rounds"), [(-1.0, 3), (600.0, 1)])
def test_rounds_go_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch, seconds: float, rounds: int) -> None:
    monkeypatch.setattr(rebuild, "ROUND_SECONDS", seconds)
    remaining = iter(ENTRIES)
    seen = []
    while one := list(rebuild.one_round(remaining)):
        seen.append(one)
    assert len(seen) == rounds
    assert [entry for one in seen for entry in one] == ENTRIES
