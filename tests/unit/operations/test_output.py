"""What `--json` prints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from cli.output import plain


def test_times_are_written_as_the_api_writes_them() -> None:
    at = datetime(2026, 11, 26, 9, 6, 37, 540842, tzinfo=UTC)
    istanbul = at.astimezone(timezone(timedelta(hours=3)))
    assert plain({"at": [at, istanbul, None]}) == {
        "at": ["2026-11-26T09:06:37.540842Z", "2026-11-26T12:06:37.540842+03:00", None]
    }
