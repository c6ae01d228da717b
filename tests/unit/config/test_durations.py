"""Durations are written in words, and a near miss is told what to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10 minutes", 600), ("1 minute", 60), ("90 seconds", 90), (" 2  Hours ", 7200), ("1 day", 86400)],
)
def test_a_number_and_a_unit_is_a_duration(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("every 5", "5 minutes"),
        ("15m", "15 minutes"),
        ("1h", "1 hour"),
        ("30 secs", "30 seconds"),
        ("600", "10 minutes"),
        ("often", "10 minutes"),
        ("", "10 minutes"),
    ],
)
def test_a_near_miss_names_what_was_meant(text: str, suggestion: str) -> None:
    with pytest.raises(ValueError, match=f'is not a duration; write "{suggestion}"'):
        parse_duration(text)


@given(st.integers(min_value=1, max_value=999_999))
def test_what_is_formatted_is_read_back(seconds: int) -> None:
    assert parse_duration(format_duration(seconds)) == seconds
