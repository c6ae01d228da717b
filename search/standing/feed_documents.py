"""Matches as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1; pure.

No document contains its own address: that is its reader's secret, and feeds get passed on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree

from news.standing import DeliveryKind, StandingSearch
from search.standing.matches import ShownMatch

MEDIA_TYPES = {
    DeliveryKind.RSS: "application/rss+xml",
    DeliveryKind.ATOM: "application/atom+xml",
    DeliveryKind.JSON: "application/feed+json",
}
_ATOM, _DUBLIN_CORE = "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
ElementTree.register_namespace("dc", _DUBLIN_CORE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """The contents of one feed."""

    search: StandingSearch
    matches: Sequence[ShownMatch]  # newest first
    page_url: str  # where the search can be viewed

    @property
    def updated_at(self) -> datetime:
        """When something was last added."""
        return self.matches[0].matched_at if self.matches else self.search.created_at


def feed_document(kind: DeliveryKind, feed: Feed) -> bytes:
    """The feed as a document of this kind."""
    made = {DeliveryKind.RSS: _rss, DeliveryKind.ATOM: _atom, DeliveryKind.JSON: _json}
    return made[kind](feed)


def _rss(feed: Feed) -> bytes:
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", feed.search.name)
    _add(channel, "link", feed.page_url)
    _add(channel, "description", _about(feed))
    _add(channel, "lastBuildDate", _mail_date(feed.updated_at))
    _add(channel, "generator", "newsdex")
    for match in feed.matches:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", match.title)
        _add(item, "link", match.url)
        _add(item, "guid", match.urn, isPermaLink="false")
        _add(item, "pubDate", _mail_date(match.news_at))
        _add(item, "description", match.summary_html)
        for author in match.authors:
            _add(item, f"{{{_DUBLIN_CORE}}}creator", author)
        if match.section:
            _add(item, "category", match.section)
    return _written(root)


def _atom(feed: Feed) -> bytes:
    root = ElementTree.Element("feed", xmlns=_ATOM)
    _add(root, "id", f"urn:newsdex:search:{feed.search.id}")
    _add(root, "title", feed.search.name)
    _add(root, "subtitle", _about(feed))
    _add(root, "updated", _moment(feed.updated_at))
    _add(root, "generator", "newsdex")
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=_clean(feed.page_url))
    for match in feed.matches:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", match.urn)
        _add(entry, "title", match.title)
        ElementTree.SubElement(entry, "link", rel="alternate", href=_clean(match.url))
        _add(entry, "updated", _moment(match.matched_at))
        _add(entry, "published", _moment(match.news_at))
        for author in match.authors or (match.source_name,):
            _add(ElementTree.SubElement(entry, "author"), "name", author)
        if match.section:
            ElementTree.SubElement(entry, "category", term=_clean(match.section))
        _add(entry, "summary", match.summary_html, type="html")
    return _written(root)


def _json(feed: Feed) -> bytes:
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.search.name,
        "description": _about(feed),
        "home_page_url": feed.page_url,
        "items": [_json_item(match) for match in feed.matches],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_item(match: ShownMatch) -> dict[str, Any]:
    item = {
        "id": match.urn,
        "url": match.url,
        "title": match.title,
        "content_html": match.summary_html,
        "summary": match.summary,
        "date_published": _moment(match.news_at),
        "date_modified": _moment(match.matched_at),
        "authors": [{"name": author} for author in match.authors],
        "tags": [match.section] if match.section else [],
        "language": match.language,
    }
    return {name: value for name, value in item.items() if value}


def _about(feed: Feed) -> str:
    return (
        f"Articles that newsdex found for: {feed.search.query}" if feed.search.query else "Articles that newsdex found"
    )


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _clean(text)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _mail_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
