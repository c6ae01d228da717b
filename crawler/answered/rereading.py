"""Rereading archived pages: what today's extraction makes of the page that a stored version was read from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from crawler.fetching.answers import Answer
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed, ReadingPool
from crawler.reading.running import Runner
from news.article import Article, Hints, Page
from news.boilerplate import Boilerplate, KnownBlock, boilerplate_of
from news.errors import StoreError
from news.source import ExtractionRules, Source
from news.versions.choices import other_blocks
from news.versions.digest import content_digest
from news.versions.field_changes import field_changes
from store.archive.service import ArchivedPage
from store.clock import utc_now
from store.records import ArchiveRef, FrontierRow
from store.service import Store
from store.views import VersionView

NOT_ARCHIVED = "not in the archive"
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reread:
    """A stored version as read today."""

    article: Article | None  # None = not in the archive, or not an article to today's extraction
    boilerplate: Boilerplate  # the source's model for the time of the page
    is_current: bool = False  # the version is up to date: nothing was reread
    detail: str = ""  # why there is no article


class Rereader:
    """Rereads stored versions with today's extraction and what is now known of their sources."""

    def __init__(self, store: Store, pool: ReadingPool, call: Runner, *, loads_once: bool = False) -> None:
        """With `loads_once`, each source's models are read from the store once and kept; only for short use."""
        self._store = store
        self._pool = pool
        self._call = call
        self._loads_once = loads_once
        self._loading = asyncio.Lock()
        self._loaded: dict[str, list[KnownBlock]] = {}

    async def read(
        self, version: VersionView, *, article_id: str, source_id: str, source: Source | None, always: bool = True
    ) -> Reread:
        """Reread one version; without `always`, only if extraction or the source's model has changed since."""
        known = await self.knowledge(source_id, version.fetched_at)
        was_read_with = (version.extractor_version, version.boilerplate_version)
        if not always and was_read_with == (tasks.EXTRACTOR_VERSION, known.version):
            return Reread(article=version.article, boilerplate=known, is_current=True)
        row = await self._call(self._store.frontier.row_of, article_id)
        read = await self._extract(version, hints_for(row, source), source, known)
        if isinstance(read, Article):
            return Reread(article=read, boilerplate=known)
        return Reread(article=None, boilerplate=known, detail=read)

    async def knowledge(self, source_id: str, moment: datetime) -> Boilerplate:
        """The model, as known now, for a source's pages fetched at this moment."""
        if self._loads_once:
            async with self._loading:
                if source_id not in self._loaded:
                    self._loaded[source_id] = await self._call(self._store.boilerplates.blocks, source_id)
            return boilerplate_of(self._loaded[source_id], at=moment)
        return await self._call(self._store.boilerplates.at, source_id, moment)

    async def keep(self, article_id: str, version: VersionView, read: Reread) -> bool:
        """Replace a version by its rereading, under the same number; return whether any field differs.

        The confidence of extraction in a field does not count as a difference.
        """
        if read.article is None or read.is_current:
            return False
        names: dict[str, Any] = {"extractor_version": tasks.EXTRACTOR_VERSION, "boilerplate": read.boilerplate}
        if replace(read.article, certainty=version.article.certainty) == version.article:
            await self._call(self._store.saver.confirm_version, article_id, version.version, **names)
            return False
        digest = content_digest(read.article)
        replace_version = self._store.saver.replace_version
        await self._call(
            replace_version, article_id, version.version, read.article, content_digest=digest, now=utc_now(), **names
        )
        return any(field_changes(version.article, read.article))

    async def newest_digest(self, article_id: str, source: Source, fetched: str) -> str | None:
        """The content digest of an article's newest version as read today; the record is updated to match.

        A page with the digest `fetched` is compared with it, so that a difference is the publisher's doing, not that of
        our reading.
        """
        version = await self._call(self._store.articles.newest_version, article_id)
        if version is None or version.content_digest == fetched:
            return fetched if version is not None else None
        read = await self.read(version, article_id=article_id, source_id=source.id, source=source, always=False)
        await self.keep(article_id, version, read)
        return content_digest(read.article) if read.article is not None else version.content_digest

    async def settled(self, row: FrontierRow, source: Source, read: tasks.StoryReading) -> tasks.StoryReading:
        """The reading to store of a page that differs from the newest version: an edit, or the version's own blocks.

        Trees judge a passage by its surroundings, so a change in a list beside a story may move a passage in or out.
        """
        newest = self._store.articles.newest_version
        version = await self._call(newest, row.article_id) if row.article_id is not None else None
        if version is None or not isinstance(read.extraction, Article):
            return read
        others = other_blocks(version.article, read.extraction)
        if others is None or read.shown is None:
            return read
        known = await self.knowledge(source.id, version.fetched_at)
        before = await self._read_page(tasks.read_story, version, hints_for(row, source), source, known)
        if isinstance(before, str) or before.shown is None or not others.are_chosen(before.shown, read.shown):
            return read
        return tasks.with_story(read, replace(read.extraction, blocks=version.article.blocks))

    async def _extract(
        self, version: VersionView, hints: Hints, source: Source | None, known: Boilerplate
    ) -> Article | str:
        read = await self._read_page(tasks.extract, version, hints, source, known)
        return read if isinstance(read, Article | str) else read.reason.value

    async def _read_page(
        self, read: Callable[..., T], version: VersionView, hints: Hints, source: Source | None, known: Boilerplate
    ) -> T | str:
        """What `read` makes of a version's page; a text says why there is nothing."""
        if version.warc_file is None or version.warc_offset is None:
            return NOT_ARCHIVED
        digest = version.payload_digest or ""
        ref = ArchiveRef(warc_file=version.warc_file, warc_offset=version.warc_offset, payload_digest=digest)
        rules = source.rules if source else ExtractionRules()
        try:
            archived = await self._call(self._store.archive.read, ref)
            page = page_of_version(archived, version)
            return await self._pool.run(read, page, hints=hints, rules=rules, boilerplate=known)
        except StoreError:
            return NOT_ARCHIVED
        except ReadingFailed as error:
            return str(error)


def page_of(answer: Answer | ArchivedPage, fetched_at: datetime | None = None) -> Page:
    """The page that extraction reads of an answer, fresh or archived."""
    return Page(
        url=answer.url,
        body=answer.body,
        content_type=answer.content_type,
        fetched_at=fetched_at,
        is_rendered=answer.is_rendered,
    )


def page_of_version(archived: ArchivedPage, version: VersionView) -> Page:
    """The page that a version was read from; one that came under two addresses is archived only under the first."""
    return replace(page_of(archived, version.fetched_at), url=version.article.url)


def hints_for(row: FrontierRow | None, source: Source | None) -> Hints:
    """The hints known of an article before its page was read."""
    return Hints(
        title=row.title_hint if row else None,
        published_at=row.published_hint if row else None,
        section=row.section_hint if row else None,
        language=source.language if source else None,
        site_name=source.name if source else None,
    )
