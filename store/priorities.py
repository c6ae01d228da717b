"""The priorities of frontier rows."""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    """The order in which due rows are taken, highest first."""

    REQUESTED = 40  # somebody asked for it
    DISCOVERY = 30  # feeds, sitemaps, sections: they say what is new
    FRESH = 25  # never fetched, and from the last days according to its feed, section or sitemap
    NEW = 20  # never fetched
    AGAIN = 15  # known, and revisited by a requested crawl: new articles do not wait for it
    REVISIT = 10
    BACKFILL = 5  # found by a backfill: old, so after everything else


ASKED = (Priority.REQUESTED, Priority.AGAIN)
