"""Deciding which sources with work get the places for crawls, and which crawls give theirs up; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from news.triggers import Trigger

# After this long, a crawl gives up its place if another source has news to fetch: thousands of pages at a host's pace
# take hours, in which the feeds of waiting sources drop entries
SHARE_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class NewestCrawl:
    """The most recent crawl of a source."""

    trigger: Trigger
    begun_at: float  # on the loop's clock


def in_line(due: Mapping[str, Trigger], newest: Mapping[str, NewestCrawl], *, waiting: Collection[str]) -> list[str]:
    """The sources in `due` (source -> trigger of its work), in the order in which they get places.

    Requests come first, then sources that wait for a server, then news before due pages, then the longest time without
    a crawl.
    """

    def place(source_id: str) -> tuple[bool, bool, bool, float]:
        trigger = due[source_id]
        before = newest[source_id].begun_at if source_id in newest else 0.0
        return trigger is not Trigger.REQUEST, source_id not in waiting, trigger is Trigger.REVISIT, before

    return sorted(due, key=place)


def giving_up(
    active: Collection[str], newest: Mapping[str, NewestCrawl], left_out: Mapping[str, Trigger], *, now: float
) -> list[str]:
    """The sources whose crawls should end, longest first, to make room for those left out (source -> trigger).

    Requested crawls go on, and due pages take nobody's place.
    """
    wanted = sum(trigger is not Trigger.REVISIT for trigger in left_out.values())
    mine = [newest[source_id] for source_id in active]
    long = {
        source_id: crawl.begun_at
        for source_id, crawl in zip(active, mine, strict=True)
        if crawl.trigger is not Trigger.REQUEST and now - crawl.begun_at >= SHARE_SECONDS
    }
    return sorted(long, key=long.__getitem__)[:wanted]
