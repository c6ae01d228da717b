"""Who of the sources with work gets one of the places for crawls, and whose crawl gives up its own; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

# A crawl gives up its place after so long where another source has news to ask for: thousands of pages at a host's pace
# take hours, in which the feeds of those that wait drop entries
SHARE_SECONDS = 20.0
YIELDED = "yielded"  # the end of such a crawl; it goes on when there is room


@dataclass(frozen=True, kw_only=True, slots=True)
class NewestCrawl:
    """The crawl of a source that began last."""

    trigger: str  # request | schedule | revisit
    begun_at: float  # on the loop's clock


def in_line(due: Mapping[str, str], newest: Mapping[str, NewestCrawl], *, waiting: Collection[str]) -> list[str]:
    """Sources with work, by its trigger, in the order in which they get places.

    What was asked for comes first, then who waits for a server, news before pages that are due, and last who had no
    crawl for longest.
    """

    def place(source_id: str) -> tuple[bool, bool, bool, float]:
        trigger = due[source_id]
        before = newest[source_id].begun_at if source_id in newest else 0.0
        return trigger != "request", source_id not in waiting, trigger == "revisit", before

    return sorted(due, key=place)


def giving_up(
    active: Collection[str], newest: Mapping[str, NewestCrawl], left_out: Mapping[str, str], *, now: float
) -> list[str]:
    """Whose crawls are to end, the longest first, since these others find no place, by the triggers of their work.

    What somebody asked for goes on, and pages that are due take nobody's place.
    """
    wanted = sum(trigger != "revisit" for trigger in left_out.values())
    mine = [newest[source_id] for source_id in active]
    long = {
        source_id: crawl.begun_at
        for source_id, crawl in zip(active, mine, strict=True)
        if crawl.trigger != "request" and now - crawl.begun_at >= SHARE_SECONDS
    }
    return sorted(long, key=long.__getitem__)[:wanted]
