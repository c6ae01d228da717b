"""Turning an answered feed, sitemap or section page into the URLs to save for it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from config.settings import CrawlSettings
from crawler.answered.discovered import Reading, feed_entries, foreign_host, hub_of, new_urls, unmatched
from crawler.answered.fetch import AnsweredFetch
from crawler.answered.further_pages import missed_page
from crawler.answered.results import Results
from crawler.discovery.readings import SectionReading
from crawler.fetching.outcomes import Failed
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed, ReadingPool
from crawler.recording.batch import Fetched
from news.fetch import Outcome, UrlKind
from news.fills import Fill
from news.source import Section, Source
from news.urls import url_key
from news.versions.digest import payload_digest
from store.records import Discovery, FrontierRow, NewUrl

log = logging.getLogger(__name__)
FillsOf = Callable[[int], Awaitable[Sequence[Fill]]]  # URL row id -> the open fills to read the document for


async def no_fills(url_id: int) -> Sequence[Fill]:
    """The answer if nothing is being filled."""
    return ()


class DiscoveryReader:
    """Reads the discovery documents of one crawl."""

    def __init__(
        self, source: Source, settings: CrawlSettings, pool: ReadingPool, results: Results, *, fills_of: FillsOf
    ) -> None:
        self._source = source
        self._settings = settings
        self._pool = pool
        self._results = results
        self._fills_of = fills_of

    async def read(self, fetch: AnsweredFetch) -> Fetched:
        """The result to save of a feed, sitemap or section page."""
        row, now = fetch.row, fetch.fetched_at
        digest = payload_digest(fetch.answer.body)
        if digest == row.payload_digest:
            return Fetched(result=self._results.unchanged(fetch, digest))
        fills = await self._fills_of(row.id)
        read = await self._discover(fetch)
        leads_to = await self._led_to(fetch, read)
        if isinstance(read, Failed):
            return replace(self._results.failed(fetch, read), leads_to=leads_to)
        max_depth = self._settings.max_sitemap_depth
        urls = new_urls(read, row, source=self._source, max_sitemap_depth=max_depth, now=now, fills=fills)
        if misled := self._misled(row, read, urls):
            return self._results.failed(fetch, misled)
        dropped = f", {read.truncated_count} beyond the limit" if read.truncated_count else ""
        due_at = self._results.due_at(row, now, changed_at=now)
        detail = f"{len(urls)} URLs{dropped}"
        result = self._results.of(fetch, outcome=Outcome.DISCOVERED, detail=detail, next_due_at=due_at)
        is_first_page = row.depth == 0
        named = Discovery(
            urls=tuple(urls),
            entries=feed_entries(read, self._source) if is_first_page else (),
            hub=hub_of(read, fetch.answer.url, fetch.answer.headers) if is_first_page else None,
            fill_ids=tuple(fill.id for fill in fills),
            missed_page=missed_page(read, row, self._source) if not fills else None,
        )
        return Fetched(result=replace(result, payload_digest=digest, discovery=named), leads_to=leads_to)

    async def _led_to(self, fetch: AnsweredFetch, read: Reading | Failed) -> str | None:
        """Where a page that lists nothing sends its readers, as a section's old address does."""
        if not (isinstance(read, Failed) or (isinstance(read, SectionReading) and not read.entries)):
            return None
        answer = fetch.answer
        about = (answer.body, answer.url, answer.content_type, answer.headers)
        try:
            return await self._pool.run(tasks.led_to, *about, is_empty=True)
        except ReadingFailed:
            return None

    def _misled(self, row: FrontierRow, read: Reading, urls: Sequence[NewUrl]) -> Failed | None:
        """Why a document that the source names cannot be one of its own any more; None if it can."""
        elsewhere = foreign_host(read, self._source)
        if elsewhere is not None and row.kind is UrlKind.FEED and row.is_named_document:
            return _leads_away(elsewhere)
        if not urls and row.is_named_document and (missed := unmatched(read, self._source)) is not None:
            return _matches_nothing(missed)
        if elsewhere is not None:
            why = "all that %s names lies elsewhere, such as on %s; add that to hosts in %s's file to follow it"
            log.warning(why, row.url, elsewhere, self._source.id)
        return None

    async def _discover(self, fetch: AnsweredFetch) -> Reading | Failed:
        row, answer, now = fetch.row, fetch.answer, fetch.fetched_at
        limit, bound = self._settings.max_urls_per_document, self._settings.max_body_bytes
        about = (answer.body, answer.url, answer.content_type)
        read: Reading | tasks.Unreadable
        try:
            if row.kind is UrlKind.FEED:
                read = await self._pool.run(tasks.read_feed, *about, limit=limit, max_bytes=bound, now=now)
            elif row.kind is UrlKind.SITEMAP:
                read = await self._pool.run(tasks.read_sitemap, *about, limit=limit, max_bytes=bound, now=now)
            else:
                section = self._section_of(row.url)
                read = await self._pool.run(
                    tasks.read_section, *about, section=section, source=self._source, limit=limit
                )
        except ReadingFailed as error:
            return Failed(outcome=Outcome.PARSE_FAILED, detail=str(error))
        if isinstance(read, tasks.Unreadable):
            return Failed(outcome=read.outcome, detail=read.reason)
        return read

    def _section_of(self, url: str) -> Section:
        """The declared section that a page belongs to: its own, or the one of which it is a further page."""
        by_key = {url_key(self._results.normalized(s.url)): s for s in self._source.sections}
        base = url.partition("?")[0]
        beside = [s for s in self._source.sections if base.startswith(s.url.partition("?")[0].rstrip("/"))]
        nearest = max(beside, key=lambda s: len(s.url.partition("?")[0]), default=None)
        return by_key.get(url_key(url)) or nearest or self._some_section()

    def _some_section(self) -> Section:
        """The section for a page whose address does not tell, as of what a button loads: without its selector."""
        sections = self._source.sections
        if len(sections) == 1:
            return replace(sections[0], links=None)
        return Section(url=self._source.home_url, max_pages=max((each.max_pages for each in sections), default=1))


def _leads_away(host: str) -> Failed:
    """The failure of a feed that names nothing of its source; otherwise a site that has moved would just look quiet."""
    return Failed(outcome=Outcome.OUT_OF_SCOPE, detail=f"all it names lies elsewhere, such as on {host}")


def _matches_nothing(url: str) -> Failed:
    """The failure of a feed whose entries match no pattern; a site with new addresses would look quiet."""
    return Failed(outcome=Outcome.OUT_OF_SCOPE, detail=f"no entry matches a pattern in articles, such as {url}")
