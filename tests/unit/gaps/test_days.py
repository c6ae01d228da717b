"""The days that a backfill is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cli.commands.backfill import span_of
from news.errors import ConfigError
from news.schedule import Schedule
from news.source import Source

SOURCE = Source(
    id="paper", name="Paper", home_url="https://paper.example/", schedule=Schedule(time_zone="Europe/Istanbul")
)


def test_days_begin_and_end_on_the_sources_clock() -> None:
    span = span_of(SOURCE, "2024-03-01", "2024-03-31")
    assert span is not None
    assert span.since_at == datetime(2024, 2, 29, 21, tzinfo=UTC)
    assert span.until_at == datetime(2024, 3, 31, 21, tzinfo=UTC) - timedelta(microseconds=1)
    assert span_of(SOURCE, None, None) is None


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-10-25", 25),
        ("Europe/Berlin", "2027-03-28", 23),
        ("America/Santiago", "2026-04-04", 25),  # clocks go back at its end, to 23:00 of the same day
        ("America/Santiago", "2026-09-06", 23),  # and forward at midnight
    ],
)
def test_a_day_on_which_clocks_change_is_whole(zone: str, day: str, hours: int) -> None:
    span = span_of(replace(SOURCE, schedule=Schedule(time_zone=zone)), day, day)
    assert span is not None
    length = span.until_at.astimezone(UTC) - span.since_at.astimezone(UTC)
    assert length == timedelta(hours=hours) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("date_from", "date_to", "named"),
    [
        ("2024-03-01", None, "both --from and --to"),
        (None, "2024-03-01", "both --from and --to"),
        ("2024-03-02", "2024-03-01", "--to 2024-03-01 is before --from 2024-03-02"),
        ("March", "2024-03-01", "--from 'March' is not a day"),
    ],
)
def test_a_span_that_is_none_is_told(date_from: str | None, date_to: str | None, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        span_of(SOURCE, date_from, date_to)
