"""What a crawl writes about a page that is not there."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.answered.results import Results
from crawler.fetching.outcomes import Failed
from news.fetch import Outcome, UrlKind
from news.source import Source
from store.records import FrontierRow

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://paper.example/1"
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))
NOTHING: dict[str, Any] = {field.name: None for field in fields(FrontierRow)}
ROW = {"url": URL, "kind": UrlKind.ARTICLE, "depth": 0, "failure_count": 0, "discovered_at": NOW - HOUR}


@pytest.mark.parametrize(
    ("known", "wait"),
    [
        ({"published_hint": NOW - HOUR}, timedelta(minutes=2)),
        ({"published_hint": NOW - 25 * HOUR}, 12 * HOUR),
        ({}, 12 * HOUR),
        ({"published_hint": NOW - HOUR, "last_fetched_at": NOW - HOUR}, 12 * HOUR),
    ],
    ids=["news", "of another day", "of no time", "had before"],
)
def test_only_news_that_was_never_had_is_asked_for_again_soon(known: dict[str, Any], wait: timedelta) -> None:
    row = FrontierRow(**(NOTHING | ROW | known))
    gone = Failed(outcome=Outcome.GONE, detail="status 404")
    assert Results(SOURCE, run_id=1).unanswered(row, gone, now=NOW).result.next_due_at == NOW + wait
