"""`newsdex sources show` lists what a source's hosts were asked beside what they allowed."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from cli.commands.asked import print_asked
from cli.output import console
from store.crawls.paces import AskedRequest
from store.service import Store
from tests.support.stores import after


def test_requests_are_shown_with_what_was_demanded_of_them(store: Store) -> None:
    common: dict[str, Any] = {"host": "paper.example", "source_id": "paper", "rule": "robots.txt allows it"}
    store.paces.record(
        [
            AskedRequest(
                **common,
                asked_at=after(),
                url="https://paper.example/a",
                demanded_seconds=2,
                kept_seconds=None,
                status=200,
            ),
            AskedRequest(
                **common,
                asked_at=after(seconds=3),
                url="https://paper.example/[b]",
                demanded_seconds=2,
                kept_seconds=3,
                status=None,
            ),
        ]
    )
    with console.capture() as captured:
        print_asked(store.paces.requests("paper", limit=9), store.paces.days("paper", limit=9), UTC)
    lines = [line.split() for line in captured.get().splitlines()]
    assert ["2026-03-01", "paper.example", "2", "0", "1", "0", "3.00", "s", "2.00", "s"] in lines
    assert [line[-1] for line in lines[-2:]] == ["https://paper.example/[b]", "https://paper.example/a"]
    assert "none" in lines[-2]
