"""The part of `sources show` that compares requests to a source's hosts with what they allow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from rich.table import Table
from rich.text import Text

from cli.output import console, moment
from store.crawls.paces import AskedRequest, HostDay

SHOWN_REQUESTS = 10
SHOWN_DAYS = 7
MAX_URL_LENGTH = 60


def print_asked(requests: Sequence[AskedRequest], days: Sequence[HostDay], zone: tzinfo) -> None:
    """Print the sums of recent days and the newest requests; nothing if there were none."""
    if not requests:
        return
    console.print("asked of its hosts, by day (UTC)")
    sums = Table("day", "host", "requests", "429 or 503", "failed", "too soon", "least gap", "most demanded", box=None)
    for day in days[:SHOWN_DAYS]:
        counts = (day.asked_count, day.throttled_count, day.failed_count, day.early_count)
        gaps = (_seconds(day.least_kept_seconds), _seconds(day.most_demanded_seconds))
        sums.add_row(day.day, Text(day.host), *map(str, counts), *gaps)
    console.print(sums)
    console.print("newest requests")
    table = Table("at", "answer", "gap", "demanded", "allowed by", "address", box=None)
    for one in requests[:SHOWN_REQUESTS]:
        answer = "none" if one.status is None else str(one.status)
        gaps = (_seconds(one.kept_seconds), _seconds(one.demanded_seconds))
        table.add_row(moment(one.asked_at, zone), answer, *gaps, one.rule, Text(one.url[:MAX_URL_LENGTH]))
    console.print(table)


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.2f} s"
