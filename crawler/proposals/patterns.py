"""What the addresses of a site's stories share, as a pattern of its source file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.discovery.guesses import story_pattern
from crawler.discovery.scope import looks_like_story
from crawler.proposals.proposal import Way
from news.fetch import UrlKind
from news.urls import path_and_query

MOST_MISSED = 0.02  # of the stories in sitemaps, for a pattern that would leave them out


def pattern_of(ways: Sequence[Way], edition: str | None = None) -> str | None:
    """What addresses of feeds and sections share, where lists of a source hold more than stories; else None.

    Where one edition is followed and its lists keep to its folder, that folder: sitemaps hold the others as well.
    """
    chosen = [way for way in ways if way.chosen]
    lists = [way for way in chosen if way.kind is not UrlKind.SITEMAP]
    listed = [entry.url for way in lists for entry in way.entries]
    if edition and listed and all(path_and_query(url).startswith(edition) for url in listed):
        return f"^{edition}"
    if lists and all(way.kind is UrlKind.FEED for way in chosen):
        return None
    beside = [entry.url for way in chosen if way.kind is UrlKind.SITEMAP for entry in way.entries]
    stories = [url for url in beside if looks_like_story(url)]
    if not lists:  # sitemaps alone; there is nothing to leave out where all their addresses look like stories
        return story_pattern(stories) if len(stories) < len(beside) else None
    pattern = story_pattern(listed)
    missed = sum(not re.search(pattern, path_and_query(story)) for story in stories) if pattern else 0
    return pattern if missed <= MOST_MISSED * len(stories) else None
