"""Feeds: RSS 0.9 to 2.0, Atom and JSON Feed."""

from __future__ import annotations

from datetime import datetime

from crawler.discovery import jsonfeed
from crawler.discovery.dates import parse_date
from crawler.discovery.gzipped import unpacked_file
from crawler.discovery.markup import Field, Record, read_records
from crawler.discovery.readings import FeedReading, Unreadable
from crawler.discovery.text import decode, one_line
from news.fetch import Discovered
from news.urls import join_url

ROOTS = {"rss": "rss/channel", "rdf:RDF": "rdf:RDF/channel", "feed": "feed", "channel": "channel"}
MAX_BYTES = 16 * 1024 * 1024  # of an unpacked feed, unless the caller has a bound of its own
_RECORDS = frozenset({"item", "entry"})
_PUBLISHED = ("pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created")
_RELATIONS = "http://www.iana.org/assignments/relation/"  # before the name of a link's relation
_MODIFIED = ("updated", "modified", "dcterms:modified")


def read_feed(
    body: bytes,
    url: str,
    content_type: str | None,
    *,
    limit: int,
    max_bytes: int = MAX_BYTES,
    now: datetime | None = None,
) -> FeedReading | Unreadable:
    """The entries of a feed, at most `limit`, with links made absolute against `url`; never raises.

    An entry without a usable link is left out. A gzipped body is unpacked here; `max_bytes` bounds what comes out.
    `now` (aware) lets dates in the future be dropped.
    """
    unpacked = unpacked_file(body, max_bytes)
    if isinstance(unpacked, Unreadable):
        return unpacked
    data, cut = unpacked
    text = decode(data, content_type).lstrip()
    if not text:
        return Unreadable(reason="empty")
    if text.startswith("{"):
        return jsonfeed.read_json_feed(text, url, limit=limit, now=now)
    entries: list[Discovered] = []
    beyond = 0

    def take(record: Record) -> None:
        nonlocal beyond
        if len(entries) >= limit:
            beyond += 1
        elif entry := _entry(record, now):
            entries.append(entry)

    read = read_records(text, base=url, heads=ROOTS, records=_RECORDS, take=take)
    if isinstance(read, Unreadable):
        return read
    head, broken = read
    return FeedReading(
        title=one_line(head.text("title")),
        entries=tuple(entries),
        truncated_count=beyond,
        self_url=next(iter(_relations(head, "self")), None),
        next_url=next(iter(_relations(head, "next") + _relations(head, "prev-archive")), None),  # RFC 5005
        hub_urls=tuple(dict.fromkeys(_relations(head, "hub")))[:10],
        broken=broken or cut,
    )


def _entry(record: Record, now: datetime | None) -> Discovered | None:
    link = _link(record)
    if link is None:
        return None
    published = _first_date(record, _PUBLISHED, now)
    modified = _first_date(record, _MODIFIED, now)
    return Discovered(
        url=link,
        title=one_line(record.text("title", "dc:title")),
        published_at=published,
        modified_at=modified,
        section=_section(record),
    )


def _link(record: Record) -> str | None:
    """The story's address: the one before a redirector, else the alternate link, else an identity written as one."""
    permalinks = [
        guid for guid in record.fields.get("guid", ()) if guid.attributes.get("isPermaLink", "").lower() != "false"
    ]
    identities = [*(guid.text for guid in permalinks), record.text("id") or "", record.about or ""]
    candidates = [
        record.text("feedburner:origLink") or "",
        *_alternates(record),
        # An identity counts as a link only when it is written as one: "item-1" must not become an address.
        *(identity for identity in identities if identity.strip().lower().startswith(("http://", "https://"))),
    ]
    # Some feeds escape twice; an address never holds "&amp;" on purpose.
    links = (join_url(record.base, candidate.replace("&amp;", "&")) for candidate in candidates if candidate.strip())
    return next((link for link in links if link), None)


def _alternates(record: Record) -> list[str]:
    """Link targets, HTML pages first."""
    found: list[tuple[bool, str]] = []
    for link in record.fields.get("link", ()):
        if "href" not in link.attributes:
            found.append((False, link.text))
        elif "alternate" in _relations_of(link):
            found.append(("html" not in link.attributes.get("type", "html"), link.attributes["href"]))
    return [target for _, target in sorted(found, key=lambda pair: pair[0])]


def _section(record: Record) -> str | None:
    """The first category; the others are tags more often than sections."""
    for category in (*record.fields.get("category", ()), *record.fields.get("dc:subject", ())):
        name = one_line(category.attributes.get("label") or category.attributes.get("term") or category.text)
        if name:
            return name
    return None


def _first_date(record: Record, paths: tuple[str, ...], now: datetime | None) -> datetime | None:
    dates = (parse_date(item.text, now) for path in paths for item in record.fields.get(path, ()))
    return next((date for date in dates if date), None)


def _relations(head: Record, relation: str) -> list[str]:
    links: tuple[Field, ...] = tuple(head.fields.get("link", ()))
    targets = [link.attributes.get("href", "") for link in links if relation in _relations_of(link)]
    return [url for target in targets if target and (url := join_url(head.base, target))]


def _relations_of(link: Field) -> list[str]:
    """The relations of a link, by short names; Atom also allows them as addresses (RFC 4287, section 4.2.7.2)."""
    return link.attributes.get("rel", "alternate").lower().replace(_RELATIONS, "").split()
