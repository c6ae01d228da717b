"""The status page's figures in the form its template shows; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from news.fetch import FAILURES
from news.requests import RequestKind, RequestView
from news.troubles import Severity
from search.operations.overview import Overview, SourceOverview

BAR_WIDTH, BAR_GAP, CHART_HEIGHT = 5, 2, 24  # in the units of the SVG's view box
_STEPS = ((90, 1, "s"), (90 * 60, 60, "min"), (36 * 3600, 3600, "h"))
_DAY = 86_400
_VERBS = {
    RequestKind.CRAWL: "Crawl",
    RequestKind.FETCH: "Fetch again",
    RequestKind.REPLAY: "Extract again",
    RequestKind.REINDEX: "Index again",
    RequestKind.BACKFILL: "Backfill",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One day of a sparkline."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sparkline:
    """New articles per day."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    label: str  # the data in words


def sparkline(volume: Sequence[int]) -> Sparkline:
    """Bars whose height is their share of the busiest day; a day with any article is at least two units high."""
    most = max(volume, default=0)
    bars = []
    for number, count in enumerate(volume):
        height = max(2, round(CHART_HEIGHT * count / most)) if count else 1
        bars.append(Bar(x=number * (BAR_WIDTH + BAR_GAP), y=CHART_HEIGHT - height, height=height))
    days = ", ".join(str(count) for count in volume)
    label = f"{sum(volume):,} new articles in {len(volume)} days; day by day, today last: {days}"
    width = len(volume) * (BAR_WIDTH + BAR_GAP) - BAR_GAP
    return Sparkline(bars=tuple(bars), width=width, height=CHART_HEIGHT, label=label)


def relative(moment: datetime, now: datetime) -> str:
    """How far away a moment is, in a fitting unit.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> relative(noon - timedelta(minutes=5), noon), relative(noon + timedelta(hours=3), noon)
    ('5 min ago', 'in 3 h')
    """
    seconds = (moment - now).total_seconds()
    length = abs(seconds)
    if length < 1:
        return "now"
    text = next((f"{round(length / size)} {unit}" for below, size, unit in _STEPS if length < below), None)
    if text is None:
        days = round(length / _DAY)
        text = f"{days} day{'s' if days != 1 else ''}"
    return f"in {text}" if seconds > 0 else f"{text} ago"


def tally(counts: Mapping[str, int]) -> str:
    """What a crawl brought, in words: new articles first, failures last."""
    edited, new = counts.get("new_version", 0), counts.get("new_article", 0)
    failed = sum(number for outcome, number in counts.items() if outcome in FAILURES)
    looked_at = sum(number for outcome, number in counts.items() if outcome != "new_urls")
    parts = [(new, "new"), (edited, "edited"), (failed, "failed")]
    told = [f"{number:,} {word}" for number, word in parts if number]
    return ", ".join([*told, f"{looked_at:,} URL{'s' if looked_at > 1 else ''}"]) if looked_at else "no URL"


def request_title(view: RequestView, names: Mapping[str, str]) -> str:
    """What a request asks for, in one line."""
    scope = view.scope
    parts = [_VERBS[view.kind]]
    if len(scope.urls) == 1:
        parts.append(scope.urls[0])
    elif scope.urls:
        parts.append(f"{len(scope.urls)} URLs")
    if scope.failed:
        parts.append("what failed")
    if scope.source_id:
        parts.append(names.get(scope.source_id, scope.source_id))
    if scope.since and scope.until:
        parts.append(f"{scope.since:%Y-%m-%d %H:%M} to {scope.until:%Y-%m-%d %H:%M} UTC")
    elif scope.since:
        parts.append(f"since {scope.since:%Y-%m-%d %H:%M} UTC")
    return " · ".join(parts if len(parts) > 1 else [*parts, "everything"])


def in_order(rows: Sequence[SourceOverview]) -> list[SourceOverview]:
    """Order the sources by name, those that are followed first."""
    return sorted(rows, key=lambda row: (not row.source.enabled, row.source.name.casefold()))


def headline(overview: Overview) -> str:
    """The state of everything in one line: the worst first."""
    if (worst := next(iter(overview.troubles), None)) is not None and worst.severity is Severity.URGENT:
        return f"{worst.what[:1].upper()}{worst.what[1:]}"
    if overview.paused_at is not None:
        return "Everything is paused"
    if overview.daemon is None:
        return "No daemon is running"
    if overview.open_runs:
        number = len(overview.open_runs)
        return f"{number} crawl{'s' if number != 1 else ''} under way"
    return "Waiting for the next crawl"
