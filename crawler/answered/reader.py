"""Turning an answered request into everything to be saved about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from config.settings import CrawlSettings
from crawler.answered.discovery_reader import DiscoveryReader, FillsOf, no_fills
from crawler.answered.fetch import AnsweredFetch
from crawler.answered.led_away import led_away
from crawler.answered.other_texts import OtherTexts
from crawler.answered.page_reader import PageReader, exchange_of_reading
from crawler.answered.rereading import Rereader
from crawler.answered.results import Results
from crawler.browser.rendering import Renderer, Rendering
from crawler.fetching.answers import Answer
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
from news.revisits.validators import WITHOUT_VALIDATORS
from news.source import Source
from news.versions.digest import payload_digest
from store.archive.service import Exchange, Rendered
from store.records import FetchResult, FrontierRow, PageReading

UNASKED = "status 304 to a request without validators"


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
        return self._results.unanswered(row, failed, now=now)

    async def read(self, row: FrontierRow, answer: Answer, *, now: datetime) -> Fetched:
        """The result to save of an answer."""
        try:
            return await self._read(AnsweredFetch(row=row, answer=answer, fetched_at=now))
        except UnpackingFailed as error:
            return self._results.unanswered(row, Failed(outcome=error.outcome, detail=str(error)), now=now)

    async def _read(self, fetch: AnsweredFetch) -> Fetched:
        row, answer = fetch.row, fetch.answer
        outcome = status_outcome(answer.status, answer.retry_after_seconds)
        if outcome is Outcome.NOT_MODIFIED:
            return self._not_modified(fetch)
        if outcome is not None:
            wait = answer.retry_after_seconds
            refused = Failed(outcome=outcome, detail=f"status {answer.status}", retry_after_seconds=wait)
            return self._results.failed(fetch, refused)
        if row.kind is UrlKind.ARTICLE:
            return await self._read_page(fetch)
        if why := why_cut(answer.unpacked, has_no_length=answer.has_no_length, failure_count=row.failure_count):
            return self._results.failed(fetch, Failed(outcome=Outcome.INCOMPLETE, detail=why))
        return await self._documents.read(fetch)

    def _not_modified(self, fetch: AnsweredFetch) -> Fetched:
        row, answer = fetch.row, fetch.answer
        if answer.condition in WITHOUT_VALIDATORS:
            return self._results.failed(fetch, Failed(outcome=Outcome.HTTP_ERROR, detail=UNASKED))
        if row.kind is UrlKind.ARTICLE and (why := led_away(row.url, answer.url)):
            return self._elsewhere(fetch, why)
        return Fetched(result=self._results.not_modified(fetch))

    async def _read_page(self, fetch: AnsweredFetch) -> Fetched:
        row, answer = fetch.row, fetch.answer
        if why := led_away(row.url, answer.url):
            return self._elsewhere(fetch, why)
        if row.article_id is not None:  # most are unchanged, which shows without a reading process
            digest = payload_digest(answer.body)
            if fetch.shows_held_story(digest):
                return self._unchanged(fetch, fetch.exchange(digest))
        read = await self._pages.read_answer(fetch)
        if isinstance(read, tasks.Unreadable):
            return self._unreadable(fetch, read)
        exchange = exchange_of_reading(fetch, read)
        if read.leads_to is not None:
            return replace(await self._read_story(fetch, read, exchange), leads_to=read.leads_to)
        if self.renderer is not None and not answer.is_rendered and await self._pages.is_shell(answer, read.extraction):
            return await self._read_rendered(fetch, read, exchange, await self.renderer.render(answer))
        return await self._read_story(fetch, read, exchange)

    def _unreadable(self, fetch: AnsweredFetch, read: tasks.Unreadable) -> Fetched:
        failed = Failed(outcome=read.outcome, detail=read.reason)
        if read.outcome is Outcome.INCOMPLETE:
            return self._results.failed(fetch, failed)
        return self._results.unanswered(fetch.row, failed, now=fetch.fetched_at)  # there is no body to describe

    def _elsewhere(self, fetch: AnsweredFetch, why: NotArticle, *, content_digest: str | None = None) -> Fetched:
        """The result for a page that answered in place of another: nothing of it is kept, and the story is retried.

        `content_digest` is that of a text that may yet become the story's.
        """
        row, now = fetch.row, fetch.fetched_at
        due_at = self._results.not_article_due_at(row, now)
        is_news = row.article_id is None and now - row.discovered_at < NEWS_LIFE
        if content_digest is not None and (is_news or content_digest != row.content_digest):
            due_at = now + DOUBTED_INTERVAL
        detail = f"{why.reason.value}: {why.detail}"
        result = self._results.of(fetch, outcome=Outcome.NOT_ARTICLE, detail=detail, next_due_at=due_at)
        result = replace(result, reading=PageReading(extraction=why), content_digest=content_digest)
        return Fetched(result=_without_validators(result))

    async def _read_rendered(
        self, fetch: AnsweredFetch, read: tasks.StoryReading, exchange: Exchange, rendering: Rendering | Failed
    ) -> Fetched:
        """The result to save of a page whose scripts were to load its story."""
        if isinstance(rendering, Failed):
            return self._results.failed(fetch, rendering)
        rendered = fetch.with_answer(rendering.answer)
        if rendering.answer.is_rendered:
            body = rendering.answer.body
            made = Rendered(body=body, payload_digest=payload_digest(body))
            exchange = replace(exchange, rendered=made)
            if fetch.shows_held_story(made.payload_digest):
                return self._unchanged(rendered, exchange)
            read = await self._pages.extract(rendered)
        if rendering.missing and isinstance(read.extraction, NotArticle):
            if rendering.may_pass:
                missing = Failed(outcome=Outcome.INCOMPLETE, detail=rendering.missing)
                return self._results.unanswered(fetch.row, missing, now=fetch.fetched_at)
            told = f"{read.extraction.detail}; {rendering.missing}"
            read = replace(read, extraction=replace(read.extraction, detail=told))
        return await self._read_story(rendered, read, exchange)

    async def _read_story(self, fetch: AnsweredFetch, read: tasks.StoryReading, exchange: Exchange) -> Fetched:
        newest: str | None = None
        compared = fetch
        if fetch.row.article_id is not None and isinstance(read.extraction, Article):
            newest = await self._rereader.newest_digest(fetch.row.article_id, self._source, read.content_digest)
            compared = fetch.with_content_digest(newest)
            if newest != read.content_digest:
                read = await self._read_anew(fetch, read)
                read = await self._rereader.settled(fetch.row, self._source, read)
        is_other = newest is None or newest != read.content_digest
        if is_other and (why := await self._doubted(fetch, read)):
            return self._elsewhere(fetch, why, content_digest=read.content_digest)
        if isinstance(read.extraction, NotArticle):
            result = self._no_story(compared, read, read.extraction)
        else:
            result = self._story(compared, read, read.extraction)
        return Fetched(result=replace(result, payload_digest=exchange.read_digest), exchange=exchange)

    async def _doubted(self, fetch: AnsweredFetch, read: tasks.StoryReading) -> NotArticle | None:
        """Why a story is not accepted as that of its page; None if it is."""
        if self._other_texts is None or not isinstance(read.extraction, Article):
            return None
        row, now = fetch.row, fetch.fetched_at
        if row.article_id is not None:
            return await self._other_texts.doubted(row, read, now=now)
        is_named = self._canonical(fetch, read.extraction) is not None
        redirected_to = self._results.redirected_to(fetch)
        return await self._other_texts.doubted_first(row, read, redirected_to=redirected_to, is_named=is_named, now=now)

    def _canonical(self, fetch: AnsweredFetch, article: Article) -> str | None:
        return validated_canonical(fetch.answer.url, article.canonical_url or "", self._source.hosts)

    def _unchanged(self, fetch: AnsweredFetch, exchange: Exchange) -> Fetched:
        same = self._results.unchanged(fetch, exchange.read_digest, fetch.row.content_digest)
        return Fetched(result=same, exchange=exchange)

    async def _read_anew(self, fetch: AnsweredFetch, read: tasks.StoryReading) -> tasks.StoryReading:
        """The page reread with what is known by now, so that new knowledge does not show up as an edit."""
        self._pages.boilerplate = await self._rereader.knowledge(self._source.id, fetch.fetched_at)
        is_more = self._pages.boilerplate.version != read.boilerplate.version
        return await self._pages.extract(fetch) if is_more else read

    def _no_story(self, fetch: AnsweredFetch, read: tasks.StoryReading, why: NotArticle) -> FetchResult:
        result = self._results.of(
            fetch,
            outcome=Outcome.NOT_ARTICLE,
            detail=f"{why.reason.value}: {why.detail}" if why.detail else why.reason.value,
            body_bytes=read.body_bytes,
            next_due_at=self._results.not_article_due_at(fetch.row, fetch.fetched_at),
        )
        result = replace(result, reading=PageReading(extraction=why, figures=read.figures))
        # with its validators, an error page in a story's place would count as unchanged
        return _without_validators(result) if fetch.row.article_id is not None else result

    def _story(self, fetch: AnsweredFetch, read: tasks.StoryReading, article: Article) -> FetchResult:
        row, canonical = fetch.row, self._canonical(fetch, article)
        is_changed = read.content_digest != row.content_digest
        result = self._results.of(
            fetch,
            outcome=Outcome.NEW_ARTICLE,  # the store knows whether it is one
            body_bytes=read.body_bytes,
            next_due_at=self._results.article_due_at(row, fetch.fetched_at, article, is_changed=is_changed),
        )
        return replace(
            result,
            reading=PageReading(
                extraction=article,
                record=read.record,
                extractor_version=tasks.EXTRACTOR_VERSION,
                boilerplate=read.boilerplate,
                shown=read.shown,
                figures=read.figures,
                sketch=read.sketch,
            ),
            content_digest=read.content_digest,
            canonical_url=self._results.normalized(canonical) if canonical else None,
            redirected_to=self._results.redirected_to(fetch),
        )


def _without_validators(result: FetchResult) -> FetchResult:
    """The result of an answer that is not the story's, nor are its validators."""
    return replace(result, etag=None, last_modified=None)
