"""A request counts as early when it came sooner than was demanded, by more than clocks differ."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.crawls.paces import AskedRequest


@pytest.mark.parametrize(
    ("kept_seconds", "is_early"),
    [(None, False), (1.5, False), (1.0, False), (0.9995, False), (0.99, True), (0.0, True)],
)
def test_only_a_request_that_came_sooner_than_was_demanded_is_early(kept_seconds: float | None, is_early: bool) -> None:
    asked = AskedRequest(
        host="paper.example",
        source_id="paper",
        asked_at=datetime(2026, 11, 26, tzinfo=UTC),
        url="https://paper.example/a",
        rule="robots.txt allows it",
        demanded_seconds=1.0,
        kept_seconds=kept_seconds,
        status=200,
    )
    assert asked.is_early is is_early
