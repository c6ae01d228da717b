"""When the posts of a live blog were written: the time stated of each, and its day where only the page has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

from lxml.html import HtmlElement

from crawler.extraction.dates.moments import Moment, find_moment, is_plausible, parse_moment
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.tree import text_of

MAX_TIME_CHARACTERS = 40
_UNIVERSAL = re.compile(r"\b(?:GMT|UTC)\W*$")
_CLOCK = re.compile(
    r"^\W*(?P<hour>[01]?\d|2[0-3])\s?[:.hH]\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*(?:uhr|h|[A-Z]{2,5}))?\W*$",
    re.IGNORECASE,
)
MAX_ELEMENTS = 40  # at the start of a post, whose attributes may state its time; a choice
# "2026-11-21T09:12:00.000Z", 1795252320, 1795252320000
_STAMP = re.compile(r"20\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d\S*|1[6-9]\d{8}(?:\d{3})?")
_STAMP_NAME = re.compile(r"data-(?:.*-)?(?:time|date|datetime|timestamp|publish(?:ed)?)(?:-.*)?")
_STAMPS = ("data-timestamp", "data-time", "data-date", "data-datetime", "data-published", "data-post-date")


def stated_time(element: HtmlElement, passages: Sequence[Passage]) -> str | None:
    for name in _STAMPS:
        if stated := element.get(name):
            return str(stated)
    for time in element.iter("time"):
        if stated := time.get("datetime") or text_of(time, limit=MAX_TIME_CHARACTERS):
            return str(stated)
    for child in element.xpath(".//*[@itemprop='datePublished']")[:1]:
        return child.get("content") or child.get("datetime") or text_of(child, limit=MAX_TIME_CHARACTERS) or None
    shown = next((each.text for each in passages[:4] if is_time(each.text)), None)
    return shown or next(_stamps_inside(element), None)


def _stamps_inside(element: HtmlElement) -> Iterator[str]:
    """The times that attributes of the first elements inside one state for scripts, which show how long ago it was."""
    for each in islice(element.iter("*"), MAX_ELEMENTS):
        for name, value in each.items():
            if name.startswith("data-") and _STAMP.fullmatch(value) and _STAMP_NAME.fullmatch(name):
                yield value


def is_time(text: str) -> bool:
    """Whether a short text is a time of day or a date."""
    if len(text) > MAX_TIME_CHARACTERS:
        return False
    return bool(_CLOCK.match(text)) or (any(map(str.isdigit, text)) and find_moment(text) is not None)


def times_of(stated: Sequence[str], day: Moment | None) -> list[datetime | None]:
    """Each post's time; those without a date start on the page's, and the day changes where they pass midnight.

    Times without a date are GMT if all of them say so, otherwise in the publisher's own zone.
    """
    moments = [parse_moment(each) or find_moment(each) for each in stated]
    times = [each.local if each and not each.day_only and is_plausible(each) else None for each in moments]
    clocks = [_clock(each) for each in stated]
    if day is None or not any(clocks):
        return times
    known = [clock for clock in clocks if clock]
    downward = sum(one > other for one, other in pairwise(known)) * 2 >= len(known) - 1
    zone = day.local.tzinfo
    in_gmt = all(_UNIVERSAL.search(each) for each, clock in zip(stated, clocks, strict=True) if clock)
    current, before = day.at.astimezone(UTC) if in_gmt else day.local, None
    for index, clock in enumerate(clocks):
        if times[index] is not None or clock is None:
            continue
        if before is not None and (clock > before if downward else clock < before):
            current += timedelta(days=-1 if downward else 1)
        before = clock
        at = current.replace(hour=clock[0], minute=clock[1], second=0, microsecond=0)
        times[index] = at.astimezone(zone) if in_gmt else at
    return times


def _clock(stated: str) -> tuple[int, int] | None:
    match = _CLOCK.match(stated)
    if match is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(match["minute"])
