"""Figures of the status page in words and bars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.requests import RequestKind, RequestScope, RequestState, RequestView
from search.page.status_view import CHART_HEIGHT, relative, request_title, sparkline, tally

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "now"),
        (-30, "30 s ago"),
        (89, "in 89 s"),
        (-90, "2 min ago"),
        (5400, "in 2 h"),
        (-35 * 3600, "35 h ago"),
        (-37 * 3600, "2 days ago"),
        (400 * 86_400, "in 400 days"),
    ],
)
def test_times_are_told_in_the_unit_that_says_something(seconds: float, text: str) -> None:
    assert relative(NOW + timedelta(seconds=seconds), NOW) == text


def test_bars_are_shares_of_the_busiest_day_and_one_article_is_seen() -> None:
    line = sparkline((0, 1, 1000))
    assert [bar.height for bar in line.bars] == [1, 2, CHART_HEIGHT]
    assert all(bar.y + bar.height == CHART_HEIGHT for bar in line.bars)
    assert line.label == "1,001 new articles in 3 days; day by day, today last: 0, 1, 1000"


def test_quiet_sources_have_a_flat_line() -> None:
    assert {bar.height for bar in sparkline((0,) * 14).bars} == {1}
    assert sparkline(()).bars == ()


def test_a_crawl_is_told_by_what_is_new_and_what_failed() -> None:
    counts = {"new_article": 3, "new_version": 1, "unchanged": 4, "timeout": 1, "http_error": 1, "new_urls": 99}
    assert tally(counts) == "3 new, 1 edited, 2 failed, 10 URLs"
    assert tally({"new_urls": 3}) == tally({}) == "no URL"
    assert tally({"unchanged": 1}) == "1 URL"


@pytest.mark.parametrize(
    ("kind", "scope", "title"),
    [
        (RequestKind.CRAWL, RequestScope(source_id="a"), "Crawl · The A"),
        (RequestKind.FETCH, RequestScope(failed=True), "Fetch again · what failed"),
        (RequestKind.FETCH, RequestScope(urls=("https://a.example/x",)), "Fetch again · https://a.example/x"),
        (RequestKind.REPLAY, RequestScope(urls=("https://a/1", "https://a/2")), "Extract again · 2 URLs"),
        (RequestKind.REINDEX, RequestScope(since=NOW), "Index again · since 2026-11-24 12:00 UTC"),
        (RequestKind.REINDEX, RequestScope(), "Index again · everything"),
    ],
)
def test_a_request_is_a_line(kind: RequestKind, scope: RequestScope, title: str) -> None:
    view = RequestView(
        id="1", kind=kind, scope=scope, state=RequestState.OPEN, created_at=NOW, started_at=None, ended_at=None,
        total_count=0, done_count=0,
    )  # fmt: skip
    assert request_title(view, {"a": "The A"}) == title
