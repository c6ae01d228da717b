"""Traps: endless URL spaces are told from their URLs, and stories are not taken for them."""

from __future__ import annotations

import pytest

from news.traps import trap_reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://a.example/a/b/a/b/a/b", "repeated path segments 'a/b'"),
        ("https://a.example/x/y/x/x", "repeated path segments 'x'"),
        ("https://a.example/" + "/".join(map(str, range(20))), "20 path segments"),
        ("https://a.example/events/2031/05/", "calendar page"),
        ("https://a.example/agenda/list/2031-05", "calendar page"),
        ("https://a.example/whats-on?month=5&year=2031", "calendar page"),
        ("https://a.example/(S(abc123))/story", "session id"),
        ("https://a.example/list?page=501", "page number 501"),
        ("https://a.example/list?page=" + "9" * 50, "page number " + "9" * 20),
        ("https://a.example/list?" + "&".join(f"f{n}=1" for n in range(9)), "9 query parameters"),
        ("https://a.example/" + "x" * 2048, "longer than 2048 characters"),
    ],
)
def test_a_trap_is_named(url: str, reason: str) -> None:
    assert trap_reason(url) == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/",
        "https://a.example/article/0123456789ab?_rt=1",
        "https://a.example/news/news/2025/05/05/storm-hits-coast",
        "https://a.example/world/europe/uk/2024-election-results-12345",
        "https://a.example/view?date=20250505&no=123",
        "https://a.example/list?page=2",
        "https://a.example/events/2031-championship-final-report",
    ],
)
def test_a_story_is_no_trap(url: str) -> None:
    assert trap_reason(url) is None
