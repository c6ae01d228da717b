"""Retry-After: seconds or a date, never longer than the cap."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from config.settings import CrawlSettings
from crawler.politeness.manners import Manners
from crawler.politeness.pace import REST_SECONDS
from crawler.politeness.rules import parse_retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = 86_400.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("315360000", DAY),
        ("9" * 5000, DAY),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120.0),
        ("Sun, 01 Mar 2026 12:02:00", 120.0),
        ("Sunday, 01-Mar-26 12:02:00 GMT", 120.0),
        ("Sun Mar  1 12:02:00 2026", 120.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Fri, 01 Mar 2036 12:00:00 GMT", DAY),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        ("Sun, 99 Mar 2026 12:02:00 GMT", None),
    ],
)
def test_a_wait_in_seconds(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW, DAY) == seconds


@given(st.text(max_size=60))
def test_no_value_makes_it_raise_or_pass_the_cap(value: str) -> None:
    seconds = parse_retry_after(value, NOW, DAY)
    assert seconds is None or 0 <= seconds <= DAY


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "7"}, 7.0),
        (503, {"Retry-After": "7"}, 7.0),
        (429, {}, REST_SECONDS),
        (503, {}, None),
        (200, {"Retry-After": "7"}, None),
        (404, {"Retry-After": "7"}, None),
    ],
)
def test_a_host_rests_by_answers_that_refuse(status: int, headers: dict[str, str], seconds: float | None) -> None:
    manners = cast("Manners", SimpleNamespace(_clock=lambda: NOW, _settings=CrawlSettings()))
    response = Response("https://paper.example/a", status=status, headers=headers)
    assert Manners.rest_seconds(manners, response) == seconds
