"""Having a source's pages read in the reading processes, with what is now known of the source."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from crawler.answered.fetch import AnsweredFetch
from crawler.answered.rereading import hints_for, page_of
from crawler.fetching.answers import Answer, unread_exchange_of
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed, ReadingPool
from news.article import Article, NotArticle, NotArticleReason, Page
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.signs import Figures
from news.source import Source
from news.versions.digest import payload_digest
from store.archive.service import Exchange
from store.records import FrontierRow

log = logging.getLogger(__name__)


class PageReader:
    """Has pages extracted; a page that cannot be read gives a reading without a story."""

    def __init__(self, source: Source, pool: ReadingPool) -> None:
        self._source = source
        self._pool = pool
        self.boilerplate: Boilerplate = NO_BOILERPLATE  # pages are read with it from now on

    async def read_answer(self, fetch: AnsweredFetch) -> tasks.StoryReading | tasks.Unreadable:
        """Read a page as it came; the reading process unpacks it and makes its records. Raises UnpackingFailed."""
        row, answer, now = fetch.row, fetch.answer, fetch.fetched_at
        known, unread = self.boilerplate, unread_exchange_of(answer, now)
        about = {**self._about(row), "has_no_length": answer.has_no_length, "failure_count": row.failure_count}
        page = Page(
            url=answer.url,
            body=b"",
            content_type=answer.content_type,
            fetched_at=now,
            is_rendered=answer.is_rendered,
        )
        try:
            read = await self._pool.run(tasks.read_answer, answer.packed, page, unread, **about)
        except ReadingFailed as error:
            return _unread(answer, error)
        return read if isinstance(read, tasks.Unreadable) else _completed(read, answer, known)

    async def extract(self, fetch: AnsweredFetch) -> tasks.StoryReading:
        """Read a page from its unpacked body. Raises UnpackingFailed."""
        about, known = self._about(fetch.row), self.boilerplate
        try:
            read = await self._pool.run(tasks.read_story, page_of(fetch.answer, fetch.fetched_at), **about)
        except ReadingFailed as error:
            return _unread(fetch.answer, error)
        return _completed(read, fetch.answer, known)

    async def is_shell(self, answer: Answer, read: Article | NotArticle) -> bool:
        """Whether a page without a story is one whose scripts load it."""
        try:
            return tasks.lacks_text(read) and await self._pool.run(tasks.is_shell, page_of(answer))
        except ReadingFailed:
            return False

    def _about(self, row: FrontierRow) -> dict[str, Any]:
        """The arguments with which a page of this row is read."""
        hints = hints_for(row, self._source)
        return {"hints": hints, "rules": self._source.rules, "boilerplate": self.boilerplate}


def exchange_of_reading(fetch: AnsweredFetch, read: tasks.StoryReading) -> Exchange:
    """The exchange to archive of a page, whether it could be read or not. Raises UnpackingFailed."""
    if read.packed is None:
        return fetch.exchange(payload_digest(fetch.answer.body))
    unread = unread_exchange_of(fetch.answer, fetch.fetched_at)
    return replace(unread, payload_digest=read.payload_digest, packed=read.packed)


def _completed(read: tasks.StoryReading, answer: Answer, known: Boilerplate) -> tasks.StoryReading:
    """A reading with its model, which is set here so that it need not come back from the other process."""
    if read.unmeasured:  # the article is kept, but neither the audit nor boilerplate learns from it
        log.warning("%s was read but could not be measured (%s); please report it", answer.url, read.unmeasured)
    return replace(read, boilerplate=known)


def _unread(answer: Answer, error: ReadingFailed) -> tasks.StoryReading:
    """The reading of a page that could not be read. Raises UnpackingFailed."""
    reason = NotArticleReason.TIMEOUT if error.timed_out else NotArticleReason.FAILED
    nothing = NotArticle(reason=reason, detail=str(error))
    figures = Figures(reason=reason.value)
    return tasks.StoryReading(extraction=nothing, figures=figures, body_bytes=len(answer.body))
