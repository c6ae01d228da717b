"""When a source that brings nothing new is silent, and when it only pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from news.silence import LEAST_ARTICLES, is_silent

NEWEST = datetime(2026, 11, 20, 18, tzinfo=UTC)  # a Friday


def apart(count: int, **gap: float) -> list[datetime]:
    return [NEWEST - number * timedelta(**gap) for number in range(count)]


def test_a_weekend_is_no_silence_and_what_is_rare_is_waited_for() -> None:
    assert not is_silent(apart(100, minutes=20), NEWEST + timedelta(days=2.6))
    assert is_silent(apart(100, minutes=20), NEWEST + timedelta(days=3.1))
    assert not is_silent(apart(30, days=30), NEWEST + timedelta(days=59))
    assert is_silent(apart(30, days=30), NEWEST + timedelta(days=61))


def test_few_articles_tell_nothing() -> None:
    assert not is_silent(apart(LEAST_ARTICLES - 1, hours=1), NEWEST + timedelta(days=400))
    assert not is_silent([], NEWEST)
