"""The timeline as the page draws it: bars that are links; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from search.dates import shown
from search.links import search_href
from search.params import SearchParams
from search.timeline import Bar, Step, Timeline

WIDTH, HEIGHT = 600, 44  # in the drawing's own coordinates; it is stretched to its place
_GAP = 1
_MOST_WIDTH = 40  # so that three days are drawn as bars, not blocks
_LEAST_HEIGHT = 2  # of a bar with any article


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnBar:
    """One bar in the drawing's coordinates."""

    x: float  # left edge of its slot, all of which is clickable
    room: float
    left: float  # left edge of the bar, centred in its slot
    width: float
    y: float
    height: float
    label: str  # "January 2026: 1,204"
    href: str  # the search narrowed to this step


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineView:
    """The drawing and the words around it."""

    bars: tuple[DrawnBar, ...]
    first: str
    last: str
    summary: str  # for those who cannot see it


def timeline_view(timeline: Timeline | None, params: SearchParams) -> TimelineView | None:
    """The drawing; None when there are fewer than two steps to compare."""
    if timeline is None or len(timeline.bars) < 2:
        return None
    peak = max(bar.count for bar in timeline.bars) or 1
    room = WIDTH / len(timeline.bars)
    width = min(room - _GAP, _MOST_WIDTH)
    drawn = []
    for number, bar in enumerate(timeline.bars):
        height = max(_LEAST_HEIGHT, round(HEIGHT * bar.count / peak, 1)) if bar.count else 0
        drawn.append(
            DrawnBar(
                x=round(number * room, 2),
                room=round(room, 2),
                left=round(number * room + (room - width) / 2, 2),
                width=round(width, 2),
                y=HEIGHT - height,
                height=height,
                label=f"{_label(bar.start, timeline.step)}: {bar.count:,}",
                href=_narrowed(params, bar, timeline.step),
            )
        )
    first, last = (_label(bar.start, timeline.step) for bar in (timeline.bars[0], timeline.bars[-1]))
    busiest = max(timeline.bars, key=lambda bar: bar.count)
    most = f"most in {_label(busiest.start, timeline.step)} with {busiest.count:,}"
    return TimelineView(
        bars=tuple(drawn), first=first, last=last, summary=f"Articles by {timeline.step} from {first} to {last}, {most}"
    )


def _narrowed(params: SearchParams, bar: Bar, step: Step) -> str:
    if step is Step.HOUR:
        return search_href("/", params, published_from=bar.start, published_to=bar.end)
    last_day = (bar.end - timedelta(days=1)).date()
    return search_href("/", params, published_from=bar.start.date(), published_to=last_day)


def _label(start: datetime, step: Step) -> str:
    match step:
        case Step.HOUR:
            return str(shown(start))
        case Step.DAY:
            return shown(start, day_only=True).day
        case Step.WEEK:
            return f"week of {shown(start, day_only=True).day}"
        case Step.MONTH:
            return shown(start, day_only=True).day.partition(" ")[2]
        case Step.QUARTER:
            return f"Q{(start.month + 2) // 3} {start.year}"
        case _:
            return str(start.year)
