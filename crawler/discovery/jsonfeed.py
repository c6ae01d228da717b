"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.discovery.dates import parse_date
from crawler.discovery.readings import FeedReading, Unreadable
from crawler.discovery.text import one_line
from news.fetch import Discovered
from news.urls import join_url


def read_json_feed(text: str, url: str, *, limit: int, now: datetime | None = None) -> FeedReading | Unreadable:
    """The entries of a JSON Feed; items of the wrong shape are left out. Never raises."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Unreadable(reason=f"not JSON: {str(error)[:120]}")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return Unreadable(reason="JSON without a list of items")
    entries = (_entry(item, url, now) for item in items[:limit] if isinstance(item, dict))
    hubs = document.get("hubs") if isinstance(document.get("hubs"), list) else []
    hub_urls = [_link(hub, "url", url) for hub in hubs[:10] if isinstance(hub, dict)]
    return FeedReading(
        title=one_line(_text(document, "title")),
        entries=tuple(entry for entry in entries if entry),
        truncated_count=max(0, len(items) - limit),
        self_url=_link(document, "feed_url", url),
        next_url=_link(document, "next_url", url),
        hub_urls=tuple(dict.fromkeys(hub for hub in hub_urls if hub)),
    )


def _entry(item: Mapping[str, Any], base: str, now: datetime | None) -> Discovered | None:
    link = _link(item, "url", base) or _identity(item)
    if link is None:
        return None
    tags = item.get("tags")
    first_tag = tags[0] if isinstance(tags, list) and tags and isinstance(tags[0], str) else None
    return Discovered(
        url=link,
        title=one_line(_text(item, "title")),
        published_at=parse_date(_text(item, "date_published"), now),
        modified_at=parse_date(_text(item, "date_modified"), now),
        section=one_line(first_tag),
    )


def _identity(item: Mapping[str, Any]) -> str | None:
    """An item's id if it is a full address, as the format recommends."""
    return join_url("", _text(item, "id") or "")


def _text(item: Mapping[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value if isinstance(value, str) else None


def _link(item: Mapping[str, Any], name: str, base: str) -> str | None:
    value = _text(item, name)
    return join_url(base, value) if value and value.strip() else None
