"""Turning an answered request into everything to be saved about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from config.settings import CrawlSettings
from crawler.answered.discovery_reader import DiscoveryReader, FillsOf, no_fills
from crawler.answered.led_away import led_away
from crawler.answered.other_texts import OtherTexts
from crawler.answered.page_reader import PageReader, exchange_of_reading
from crawler.answered.rereading import Rereader
from crawler.answered.results import Results
from crawler.browser.rendering import Renderer, Rendering
from crawler.fetching.answers import Answer, exchange_of
from crawler.fetching.bodies import UnpackingFailed
from crawler.fetching.outcomes import Failed, status_outcome
from crawler.fetching.wholeness import why_cut
from crawler.reading import tasks
from crawler.reading.pool import ReadingPool
from crawler.recording.batch import Fetched
from news.article import Article, NotArticle
from news.boilerplate import Boilerplate
from news.canonical import validated_canonical
from news.fetch import Outcome, UrlKind
from news.revisits.due import DOUBTED_INTERVAL, NEWS_LIFE
from news.revisits.habits import Habits
from news.source import Source
from news.versions.digest import payload_digest
from store.archive.service import Exchange, Rendered
from store.records import FetchResult, FrontierRow


class AnswerReader:
    """Reads the answers of one crawl."""

    def __init__(
        self,
        source: Source,
        settings: CrawlSettings,
        pool: ReadingPool,
        *,
        run_id: int,
        rereader: Rereader,
        other_texts: OtherTexts | None = None,
        fills_of: FillsOf = no_fills,
    ) -> None:
        """Without `other_texts`, every story is accepted for its page, since the archive holds only accepted ones."""
        self._source = source
        self._pages = PageReader(source, pool)
        self._rereader = rereader
        self._other_texts = other_texts
        self._results = Results(source, run_id=run_id)
        self._documents = DiscoveryReader(source, settings, pool, self._results, fills_of=fills_of)
        self.renderer: Renderer | None = None  # renders the pages of sources that want it

    def know(self, boilerplate: Boilerplate) -> None:
        """Read pages with this boilerplate model from now on."""
        self._pages.boilerplate = boilerplate

    def learn(self, habits: Habits) -> None:
        """Compute due times from these statistics from now on."""
        self._results.learn(habits)

    def failed(self, row: FrontierRow, failed: Failed, *, now: datetime) -> Fetched:
        """The result to save of a request that was not answered."""
        return self._results.failed(row, failed, now=now)

    async def read(self, row: FrontierRow, answer: Answer, *, now: datetime) -> Fetched:
        """The result to save of an answer."""
        try:
            return await self._read(row, answer, now)
        except UnpackingFailed as error:
            return self._results.failed(row, Failed(outcome=error.outcome, detail=str(error)), now=now)

    async def _read(self, row: FrontierRow, answer: Answer, now: datetime) -> Fetched:
        outcome = status_outcome(answer.status, answer.retry_after_seconds)
        if outcome is Outcome.NOT_MODIFIED:
            return Fetched(
                result=self._results.of(row, answer, now, outcome=outcome, next_due_at=self._results.due_at(row, now))
            )
        if outcome is not None:
            failed = Failed(
                outcome=outcome, detail=f"status {answer.status}", retry_after_seconds=answer.retry_after_seconds
            )
            return self._results.failed(row, failed, now=now, answer=answer)
        if row.kind is UrlKind.ARTICLE:
            return await self._read_page(row, answer, now)
        if why := why_cut(answer.unpacked, has_no_length=answer.has_no_length, failure_count=row.failure_count):
            cut = Failed(outcome=Outcome.INCOMPLETE, detail=why)
            return self._results.failed(row, cut, now=now, answer=answer)
        return await self._documents.read(row, answer, now)

    async def _read_page(self, row: FrontierRow, answer: Answer, now: datetime) -> Fetched:
        if why := led_away(row.url, answer.url):
            return self._elsewhere(row, answer, now, why)
        if row.article_id is not None:  # most are unchanged, which shows without a reading process
            digest = payload_digest(answer.body)
            if _held_story(row, digest):
                return self._unchanged(row, answer, now, digest, exchange_of(answer, now, digest))
        read = await self._pages.read_answer(row, answer, now)
        if isinstance(read, tasks.Unreadable):
            return self._cut_or_refused(row, answer, now, read)
        exchange = exchange_of_reading(answer, now, read)
        if self.renderer is not None and not answer.is_rendered and await self._pages.is_shell(answer, read.extraction):
            return await self._read_rendered(row, answer, now, read, await self.renderer.render(answer), exchange)
        return await self._read_story(row, answer, now, read, exchange)

    def _cut_or_refused(self, row: FrontierRow, answer: Answer, now: datetime, read: tasks.Unreadable) -> Fetched:
        failed = Failed(outcome=read.outcome, detail=read.reason)
        known = answer if read.outcome is Outcome.INCOMPLETE else None  # else there is no body to describe
        return self._results.failed(row, failed, now=now, answer=known)

    def _elsewhere(
        self, row: FrontierRow, answer: Answer, now: datetime, why: NotArticle, *, content_digest: str | None = None
    ) -> Fetched:
        """The result for a page that answered in place of another: nothing of it is kept, and the story is retried.

        `content_digest` is that of a text that may yet become the story's.
        """
        fields: dict[str, Any] = {"outcome": Outcome.NOT_ARTICLE, "detail": f"{why.reason.value}: {why.detail}"}
        fields |= {"extraction": why, "etag": None, "last_modified": None}  # the validators belong to that other page
        due_at = self._results.not_article_due_at(row, now)
        is_news = row.article_id is None and now - row.discovered_at < NEWS_LIFE
        if content_digest is not None and (is_news or content_digest != row.content_digest):
            due_at = now + DOUBTED_INTERVAL
        return Fetched(
            result=self._results.of(row, answer, now, next_due_at=due_at, content_digest=content_digest, **fields)
        )

    async def _read_rendered(
        self,
        row: FrontierRow,
        answer: Answer,
        now: datetime,
        read: tasks.StoryReading,
        rendering: Rendering | Failed,
        exchange: Exchange,
    ) -> Fetched:
        """The result to save of a page whose scripts were to load its story."""
        if isinstance(rendering, Failed):
            return self._results.failed(row, rendering, now=now, answer=answer)
        made = rendering.answer
        if made.is_rendered:
            digest = payload_digest(made.body)
            exchange = replace(exchange, rendered=Rendered(body=made.body, payload_digest=digest))
            if row.article_id is not None and _held_story(row, digest):
                return self._unchanged(row, made, now, digest, exchange)
            read = await self._pages.extract(row, made, now)
        if rendering.missing and isinstance(read.extraction, NotArticle):
            if rendering.may_pass:
                return self._results.failed(row, Failed(outcome=Outcome.INCOMPLETE, detail=rendering.missing), now=now)
            told = f"{read.extraction.detail}; {rendering.missing}"
            read = replace(read, extraction=replace(read.extraction, detail=told))
        return await self._read_story(row, made, now, read, exchange)

    async def _read_story(
        self, row: FrontierRow, answer: Answer, now: datetime, read: tasks.StoryReading, exchange: Exchange
    ) -> Fetched:
        newest: str | None = None
        compared = row
        if row.article_id is not None and isinstance(read.extraction, Article):
            newest = await self._rereader.newest_digest(row.article_id, self._source, read.content_digest)
            compared = replace(row, content_digest=newest)
            if newest != read.content_digest:
                read = await self._read_anew(row, answer, now, read)
                read = await self._rereader.settled(row, self._source, read)
        is_other = newest is None or newest != read.content_digest
        if is_other and (why := await self._doubted(row, answer, read, now)):
            return self._elsewhere(row, answer, now, why, content_digest=read.content_digest)
        if isinstance(read.extraction, NotArticle):
            result = self._no_story(compared, answer, now, read.extraction, payload=exchange.read_digest, read=read)
            return Fetched(result=result, exchange=exchange)
        story = self._story(compared, answer, now, read.extraction, payload=exchange.read_digest, read=read)
        return Fetched(result=story, exchange=exchange)

    async def _doubted(
        self, row: FrontierRow, answer: Answer, read: tasks.StoryReading, now: datetime
    ) -> NotArticle | None:
        """Why a story is not accepted as that of its page; None if it is."""
        if self._other_texts is None or not isinstance(read.extraction, Article):
            return None
        if row.article_id is not None:
            return await self._other_texts.doubted(row, read, now=now)
        is_named = self._canonical(answer, read.extraction) is not None
        effective = self._results.normalized(answer.url)
        redirected_to = effective if effective != row.url else None
        return await self._other_texts.doubted_first(row, read, redirected_to=redirected_to, is_named=is_named, now=now)

    def _canonical(self, answer: Answer, article: Article) -> str | None:
        return validated_canonical(answer.url, article.canonical_url or "", self._source.hosts)

    def _unchanged(self, row: FrontierRow, answer: Answer, now: datetime, digest: str, exchange: Exchange) -> Fetched:
        same = self._results.unchanged(row, answer, now, digest, row.content_digest)
        return Fetched(result=same, exchange=exchange)

    async def _read_anew(
        self, row: FrontierRow, answer: Answer, now: datetime, read: tasks.StoryReading
    ) -> tasks.StoryReading:
        """The page reread with what is known by now, so that new knowledge does not show up as an edit."""
        self._pages.boilerplate = await self._rereader.knowledge(self._source.id, now)
        is_more = self._pages.boilerplate.version != read.boilerplate.version
        return await self._pages.extract(row, answer, now) if is_more else read

    def _no_story(
        self,
        row: FrontierRow,
        answer: Answer,
        now: datetime,
        why: NotArticle,
        *,
        payload: str,
        read: tasks.StoryReading,
    ) -> FetchResult:
        fields: dict[str, Any] = {}
        if row.article_id is not None:  # with its validators, an error page in a story's place would count as unchanged
            fields = {"etag": None, "last_modified": None}
        return self._results.of(
            row,
            answer,
            now,
            outcome=Outcome.NOT_ARTICLE,
            detail=f"{why.reason.value}: {why.detail}" if why.detail else why.reason.value,
            extraction=why,
            figures=read.figures,
            body_bytes=read.body_bytes,
            payload_digest=payload,
            next_due_at=self._results.not_article_due_at(row, now),
            **fields,
        )

    def _story(
        self,
        row: FrontierRow,
        answer: Answer,
        now: datetime,
        article: Article,
        *,
        payload: str,
        read: tasks.StoryReading,
    ) -> FetchResult:
        content = read.content_digest
        effective = self._results.normalized(answer.url)
        canonical = self._canonical(answer, article)
        return self._results.of(
            row,
            answer,
            now,
            outcome=Outcome.NEW_ARTICLE,  # the store knows whether it is one
            extraction=article,
            record=read.record,
            extractor_version=tasks.EXTRACTOR_VERSION,
            boilerplate=read.boilerplate,
            shown=read.shown,
            figures=read.figures,
            sketch=read.sketch,
            body_bytes=read.body_bytes,
            payload_digest=payload,
            content_digest=content,
            canonical_url=self._results.normalized(canonical) if canonical else None,
            redirected_to=effective if effective != row.url else None,
            next_due_at=self._results.article_due_at(row, now, article, is_changed=content != row.content_digest),
        )


def _held_story(row: FrontierRow, digest: str) -> bool:
    """Whether this body equals the last one, whose text was read: a repeated error page does not count as unchanged."""
    return digest == row.payload_digest and row.content_digest is not None
