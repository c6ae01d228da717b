"""Examining the feeds, sitemaps and sections of an unknown site, and judging each as a way to its articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from crawler.discovery.guesses import (
    FEED_PATHS,
    SITEMAP_PATHS,
    belongs_together,
    holds_comments,
    is_news_sitemap,
    newest_sitemaps,
    with_stories,
)
from crawler.discovery.scope import looks_like_story
from crawler.discovery.site_page import SitePage
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import FetchedPage
from crawler.proposals.probing import Prober
from crawler.proposals.proposal import Way, keys_of, newest_of
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed
from crawler.reading.running import BlockingRunner
from news.addresses import with_www_twins
from news.fetch import Discovered, UrlKind
from news.source import Section, Source
from news.urls import host_of, normalize_url, origin_of, url_key

MAX_FEEDS, MAX_SITEMAPS, MAX_SECTIONS = 4, 3, 3  # documents of each kind asked for
MAX_LINKED = 3  # documents asked for that the page links to under a feed's name
MAX_CHILDREN = 2  # sitemaps of an index asked for; of an index inside it one, so that a first look stays short
LEAST_STORIES = 3  # links of a page that make it a section
MANY_UNDATED = 1000  # addresses without a date that would all be asked for
MAX_ENTRIES = 1000  # of a feed that are looked at
MAX_LINKS = 500  # of a page that are looked at
USUAL = "found at a usual address"
MOSTLY = 0.9  # of a feed's entries, for a second feed that repeats a first
T = TypeVar("T")


@dataclass(kw_only=True, slots=True)
class WayFinder:
    """Examines the documents of one site; its findings about each are kept in `ways`."""

    home_url: str
    prober: Prober
    read: BlockingRunner
    now: datetime
    ways: list[Way] = field(default_factory=list)
    led_by: str = ""  # a host of another site that redirects to this one, as click counters do

    def feeds(self, announced: Sequence[str], linked: Sequence[str] = ()) -> None:
        """Examine the feeds that pages announce; if none will do, linked ones, then the usual addresses."""
        for url in announced[:MAX_FEEDS]:
            self._feed(url, "announced by the page")
        if not self._chosen(UrlKind.FEED):
            self._linked(linked[:MAX_LINKED])
        asked = {way.url for way in self.ways}
        for url in [origin_of(self.home_url) + path for path in FEED_PATHS]:
            if self._chosen(UrlKind.FEED):
                return
            if url not in asked:
                self._feed(url, USUAL)

    def _linked(self, urls: Sequence[str]) -> None:
        """Examine feeds that the page links to; a linked page named like a feed may list some."""
        for url in urls:
            page = self._ask(UrlKind.FEED, url, is_guess=True)
            if page is None:
                continue
            if not is_html(page):
                self._read_feed(page, url, "linked by the page")
                continue
            about = (page.body, page.url, page.content_type)
            listing = self._read(UrlKind.FEED, url, partial(self.read, tasks.read_site_page, *about))
            listed = [each for each in (*listing.feeds, *listing.linked_feeds) if each not in urls] if listing else []
            for each in listed[:MAX_LINKED]:
                self._feed(each, f"listed by {url}")

    def sitemaps(self, named: Sequence[str]) -> None:
        """Examine the sitemaps that robots.txt names, else the usual addresses."""
        ordered = sorted(named, key=lambda url: not is_news_sitemap(url))
        for url in ordered[:MAX_SITEMAPS]:
            self._sitemap(url, from_robots=True)
        for path in SITEMAP_PATHS if not named else ():
            if self._chosen(UrlKind.SITEMAP):
                return
            self._sitemap(origin_of(self.home_url) + path, from_robots=False)

    def sections(self, home: FetchedPage, look: SitePage) -> None:
        """Examine the home page and, if nothing else leads to articles, pages in its navigation."""
        has_feed, has_sitemap = self._chosen(UrlKind.FEED), self._chosen(UrlKind.SITEMAP)
        if has_feed and has_sitemap:
            return
        self._section(home)
        if has_feed or has_sitemap:
            return
        for url in look.sections[:MAX_SECTIONS]:
            if page := self.prober.try_to_ask(url):
                self._section(page)

    @property
    def chosen(self) -> list[Way]:
        """The ways that the source will have."""
        return [way for way in self.ways if way.chosen]

    def drop(self, gone: Mapping[str, int]) -> bool:
        """Choose these ways no more, of which so many pages are gone; whether there are any."""
        for place, way in enumerate(self.ways):
            if way.chosen and way.url in gone:
                count = gone[way.url]
                reason = f"its {count} pages that were asked for are gone" if count > 1 else "its only page is gone"
                self.ways[place] = replace(way, chosen=False, reason=reason)
        return bool(gone)

    def _chosen(self, kind: UrlKind) -> list[Way]:
        return [way for way in self.ways if way.chosen and way.kind is kind]

    def _own(self, entries: Sequence[Discovered]) -> tuple[Discovered, ...]:
        return tuple(
            entry
            for entry in entries
            if belongs_together(entry.url, self.home_url) or (self.led_by and host_of(entry.url) == self.led_by)
        )

    def _own_or_led(self, feed_url: str, entries: Sequence[Discovered]) -> tuple[Discovered, ...]:
        """The site's entries; if all lie on the feed's own host, they count too if the first redirects to the site."""
        own = self._own(entries)
        if own or not entries or host_of(entries[0].url) != host_of(feed_url):
            return own
        landed = self.prober.try_to_ask(entries[0].url)
        if landed is None or not belongs_together(landed.url, self.home_url):
            return own
        self.led_by = host_of(entries[0].url)
        return self._own(entries)

    def _ask(self, kind: UrlKind, url: str, *, is_guess: bool, from_robots: bool = False) -> FetchedPage | None:
        try:
            return self.prober.ask(url)
        except FetchFailed as error:
            if not is_guess:
                reason = str(error).removeprefix(f"{url} ")
                self.ways.append(Way(kind=kind, url=url, chosen=False, reason=reason, from_robots=from_robots))
            return None

    def _read(
        self, kind: UrlKind, url: str, read: Callable[[], T | tasks.Unreadable], *, is_guess: bool = False
    ) -> T | None:
        """What `read` makes of a document; None for nothing, with the reason noted unless the address was a guess."""
        found: T | tasks.Unreadable
        try:
            found = read()
        except ReadingFailed as error:
            found = tasks.Unreadable(reason=str(error))
        if not isinstance(found, tasks.Unreadable):
            return found
        if not is_guess:
            self.ways.append(Way(kind=kind, url=url, chosen=False, reason=f"cannot be read: {found.reason}"))
        return None

    def _feed(self, url: str, found_how: str) -> None:
        page = self._ask(UrlKind.FEED, url, is_guess=found_how == USUAL)
        if page is not None:
            self._read_feed(page, url, found_how)

    def _read_feed(self, page: FetchedPage, url: str, found_how: str) -> None:
        about = (page.body, page.url, page.content_type)
        read = partial(self.read, tasks.read_feed, *about, limit=MAX_ENTRIES, now=self.now)
        feed = self._read(UrlKind.FEED, url, read, is_guess=found_how == USUAL)
        if feed is None:
            return
        own = self._own_or_led(page.url, feed.entries)
        reason = self._why_not_feed(feed, own)
        is_led = bool(own) and host_of(own[0].url) == self.led_by
        said = f"{found_how}, {len(own)} entries{f' led to the site by {self.led_by}' if is_led else ''}"
        way = Way(kind=UrlKind.FEED, url=page.url, chosen=reason is None, reason=reason or said, title=feed.title)
        self.ways.append(replace(way, entries=_normal(own), newest_at=newest_of(own)))

    def _why_not_feed(self, feed: tasks.FeedReading, own: Sequence[Discovered]) -> str | None:
        if not feed.entries:
            return "holds no entries"
        if not own:
            return f"names pages of other sites only, such as {host_of(feed.entries[0].url)}"
        if holds_comments(feed.title, [entry.url for entry in own]):
            return "holds comments"
        keys = keys_of(own)
        for other in self._chosen(UrlKind.FEED):
            if len(keys & keys_of(other.entries)) >= MOSTLY * len(keys):
                return f"brings nothing that {other.url} does not"
        return None

    def _sitemap(self, url: str, *, from_robots: bool) -> None:
        entries = self._entries(url, from_robots=from_robots)
        if entries is None:
            return
        own = _normal(self._own(entries))
        undated = sum(not (entry.published_at or entry.modified_at) for entry in own)
        where = "named by robots.txt" if from_robots else USUAL
        reason, chosen = f"{where}, {len(own)} addresses looked at", True
        if not any(looks_like_story(entry.url) for entry in own):
            reason, chosen = "holds no address that looks like a story", False
        elif undated > MANY_UNDATED and self._chosen(UrlKind.FEED):
            reason, chosen = f"holds {undated} addresses without a date, which would all be asked for", False
        way = Way(kind=UrlKind.SITEMAP, url=url, chosen=chosen, reason=reason, from_robots=from_robots)
        self.ways.append(replace(way, entries=own, newest_at=newest_of(own)))

    def _entries(self, url: str, *, from_robots: bool, depth: int = 0) -> list[Discovered] | None:
        """The pages of a sitemap, or of the newest sitemaps of an index and of the indexes inside it."""
        is_guess = depth > 0 or not from_robots
        page = self._ask(UrlKind.SITEMAP, url, is_guess=is_guess, from_robots=from_robots)
        if page is None:
            return None
        bounds = self.prober.settings
        about = (page.body, page.url, page.content_type)
        limit, most = bounds.max_urls_per_document, bounds.max_body_bytes
        read = partial(self.read, tasks.read_sitemap, *about, limit=limit, max_bytes=most, now=self.now)
        sitemap = self._read(UrlKind.SITEMAP, url, read, is_guess=is_guess)
        if sitemap is None:
            return None
        entries = list(sitemap.urls)
        if depth == bounds.max_sitemap_depth:
            return entries
        for child in newest_sitemaps(with_stories(sitemap.sitemaps))[: 1 if depth else MAX_CHILDREN]:
            entries += self._entries(child.url, from_robots=from_robots, depth=depth + 1) or []
        return entries

    def _section(self, page: FetchedPage) -> None:
        if any(way.kind is UrlKind.SECTION and way.url == page.url for way in self.ways):
            return
        source = Source(
            id="proposed",
            name="",
            home_url=self.home_url,
            hosts=with_www_twins(host_of(self.home_url), host_of(page.url)),
        )
        about = (page.body, page.url, page.content_type)
        section = Section(url=page.url)
        read = partial(self.read, tasks.read_section, *about, section=section, source=source, limit=MAX_LINKS)
        found = self._read(UrlKind.SECTION, page.url, read)
        if found is None:
            return
        known = {url_key(way.url) for way in self._chosen(UrlKind.SECTION)}
        chosen = len(found.entries) >= LEAST_STORIES and url_key(page.url) not in known
        pages = 2 if found.next_url else 1
        reason = f"links to {len(found.entries)} addresses that look like stories"
        way = Way(kind=UrlKind.SECTION, url=page.url, chosen=chosen, reason=reason, max_pages=pages)
        self.ways.append(replace(way, entries=tuple(found.entries)))


def is_html(page: FetchedPage) -> bool:
    """Whether a document is a page for people, whatever its address looks like."""
    return b"<html" in page.body[:2000].lower()


def _normal(entries: Sequence[Discovered]) -> tuple[Discovered, ...]:
    """The entries with normalized addresses, as a crawl knows them."""
    return tuple(replace(entry, url=normalize_url(entry.url) or entry.url) for entry in entries)
