"""From an answered request to everything that is to be written about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from config.settings import CrawlSettings
from crawler import reading
from crawler.discovered import Reading, feed_entries, hub_of, new_urls
from crawler.outcomes import Failed, status_outcome
from crawler.pool import ReadingFailed, ReadingPool
from crawler.recorder import Fetched
from crawler.rereading import Rereader, hints_for, page_of
from crawler.wholeness import may_be_cut
from news.article import Article, NotArticle, NotArticleReason
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.digest import payload_digest
from news.fetch import Outcome, UrlKind, UrlState
from news.fills import Fill
from news.habits import Habits
from news.hazard import Hazard
from news.revisit import NOT_ARTICLE_INTERVAL, NOT_ARTICLE_LIFE, after_failure, article_due_at, discovery_due_at
from news.source import Section, Source
from news.urls import normalize_url, url_key, validated_canonical
from news.usual import Figures
from store.archive import Exchange, Rendered, Sent
from store.records import FetchResult, FrontierRow
from store.revisits import article_history

if TYPE_CHECKING:
    from crawler.rendering import Renderer, Rendering


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server answered, its body decoded from content and transfer encoding."""

    url: str  # effective URL
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    retry_after_seconds: float | None
    duration_seconds: float | None
    asked_at: datetime | None = None  # when the first request for it went out
    sent: Sent | None = None  # the request, as it went out
    has_no_length: bool = False  # the server closed the connection instead of saying where the body ends
    is_rendered: bool = False  # the body is what a browser made of it


FillsOf = Callable[[int], Awaitable[Sequence[Fill]]]  # the open fills that a document is to be read for


async def no_fills(url_id: int) -> Sequence[Fill]:
    """Nothing is being filled."""
    return ()


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
        fills_of: FillsOf = no_fills,
    ) -> None:
        self._source = source
        self._settings = settings
        self._pool = pool
        self._run_id = run_id
        self._rereader = rereader
        self._fills_of = fills_of
        self._poll_interval = timedelta(seconds=source.poll_interval_seconds)
        self.learn(Habits())
        self._boilerplate = NO_BOILERPLATE
        self.renderer: Renderer | None = None  # renders the pages of sources that want it

    def know(self, boilerplate: Boilerplate) -> None:
        """Read pages with this knowledge of the source from now on."""
        self._boilerplate = boilerplate

    def learn(self, habits: Habits) -> None:
        """Work out due times by these statistics from now on."""
        self._habits = habits
        self._hazard = Hazard.learned(habits.watched)

    async def read(self, row: FrontierRow, answer: Answer, *, now: datetime) -> Fetched:
        """What to write about an answer."""
        outcome = status_outcome(answer.status, answer.retry_after_seconds)
        if outcome is Outcome.NOT_MODIFIED:
            return Fetched(result=self._result(row, answer, now, outcome=outcome, next_due_at=self._due_at(row, now)))
        if outcome is not None:
            failed = Failed(
                outcome=outcome, detail=f"status {answer.status}", retry_after_seconds=answer.retry_after_seconds
            )
            return self.failed(row, failed, now=now, answer=answer)
        if answer.has_no_length and may_be_cut(answer.body, failure_count=row.failure_count):
            cut = Failed(outcome=Outcome.INCOMPLETE, detail="the connection was closed and the page has no end")
            return self.failed(row, cut, now=now, answer=answer)
        if row.kind is UrlKind.ARTICLE:
            return await self._read_page(row, answer, now)
        return await self._read_discovery(row, answer, now)

    def failed(self, row: FrontierRow, failed: Failed, *, now: datetime, answer: Answer | None = None) -> Fetched:
        """What to write about a fetch that gave no content."""
        wait = failed.retry_after_seconds
        retry_at = now + timedelta(seconds=wait) if wait is not None else None
        state, due_at = after_failure(
            outcome=failed.outcome, kind=row.kind, failure_count=row.failure_count + 1, now=now, retry_at=retry_at
        )
        fields: dict[str, Any] = {"outcome": failed.outcome, "detail": failed.detail, "state": state}
        exchange = None
        if answer is not None and state is UrlState.GONE and row.article_id is not None:
            exchange = _exchange(answer, now, payload_digest(answer.body))  # the proof of a removal, if it is one
        return Fetched(result=self._result(row, answer, now, next_due_at=due_at, **fields), exchange=exchange)

    async def _read_page(self, row: FrontierRow, answer: Answer, now: datetime) -> Fetched:
        digest = payload_digest(answer.body)
        exchange = _exchange(answer, now, digest)
        if digest == row.payload_digest and row.article_id is not None:
            return self._unchanged(row, answer, now, digest, exchange)
        read = await self._extract(row, answer, now, exchange)
        exchange = replace(exchange, packed=read.packed)
        if self.renderer is not None and not answer.is_rendered and await self._is_shell(answer, read.extraction):
            return await self._read_rendered(row, answer, now, read, await self.renderer.render(answer), exchange)
        return await self._read_story(row, answer, now, read, exchange)

    async def _is_shell(self, answer: Answer, read: Article | NotArticle) -> bool:
        try:
            return reading.lacks_text(read) and await self._pool.run(reading.is_shell, page_of(answer))
        except ReadingFailed:
            return False

    async def _read_rendered(
        self,
        row: FrontierRow,
        answer: Answer,
        now: datetime,
        read: reading.StoryReading,
        rendering: Rendering | Failed,
        exchange: Exchange,
    ) -> Fetched:
        """What to write about a page whose scripts were to bring its story."""
        if isinstance(rendering, Failed):
            return self.failed(row, rendering, now=now, answer=answer)
        made = rendering.answer
        if made.is_rendered:
            digest = payload_digest(made.body)
            exchange = replace(exchange, rendered=Rendered(body=made.body, payload_digest=digest))
            if digest == row.payload_digest and row.article_id is not None:
                return self._unchanged(row, made, now, digest, exchange)
            read = await self._extract(row, made, now)
        if rendering.missing and isinstance(read.extraction, NotArticle):
            if rendering.may_pass:
                return self.failed(row, Failed(outcome=Outcome.INCOMPLETE, detail=rendering.missing), now=now)
            told = f"{read.extraction.detail}; {rendering.missing}"
            read = replace(read, extraction=replace(read.extraction, detail=told))
        return await self._read_story(row, made, now, read, exchange)

    async def _read_story(
        self, row: FrontierRow, answer: Answer, now: datetime, read: reading.StoryReading, exchange: Exchange
    ) -> Fetched:
        digest = exchange.read_digest
        if row.article_id is not None and isinstance(read.extraction, Article):
            content = read.content_digest
            newest = await self._rereader.newest_digest(row.article_id, self._source, content)
            row = replace(row, content_digest=newest)
            if newest != content:
                read = await self._read_anew(row, answer, now, read)
                read = await self._rereader.settled(row, self._source, read)
        extraction = read.extraction
        if isinstance(extraction, NotArticle):
            detail = f"{extraction.reason.value}: {extraction.detail}" if extraction.detail else extraction.reason.value
            fields: dict[str, Any] = {"outcome": Outcome.NOT_ARTICLE, "detail": detail, "extraction": extraction}
            fields["figures"] = read.figures
            due_at = self._due_at(row, now) if row.article_id else _not_article_due_at(row, now)
            return Fetched(
                result=self._result(row, answer, now, next_due_at=due_at, payload_digest=digest, **fields),
                exchange=exchange,
            )
        story = self._story(row, answer, now, extraction, payload=digest, content=read.content_digest)
        learned: dict[str, Any] = {"shown": read.shown, "figures": read.figures, "sketch": read.sketch}
        learned["record"] = read.record
        story = replace(story, boilerplate=read.boilerplate, **learned)
        return Fetched(result=story, exchange=exchange)

    def _unchanged(self, row: FrontierRow, answer: Answer, now: datetime, digest: str, exchange: Exchange) -> Fetched:
        same = self._result(row, answer, now, outcome=Outcome.UNCHANGED, next_due_at=self._due_at(row, now))
        return Fetched(result=_with_digests(same, digest, row.content_digest), exchange=exchange)

    async def _read_anew(
        self, row: FrontierRow, answer: Answer, now: datetime, read: reading.StoryReading
    ) -> reading.StoryReading:
        """The page by all that is known by now, where more is: an edit must not come of what was learned meanwhile."""
        self._boilerplate = await self._rereader.knowledge(self._source.id, now)
        is_more = self._boilerplate.version != read.boilerplate.version
        return await self._extract(row, answer, now) if is_more else read

    def _story(
        self, row: FrontierRow, answer: Answer, now: datetime, article: Article, *, payload: str, content: str
    ) -> FetchResult:
        effective = self._normalized(answer.url)
        canonical = validated_canonical(answer.url, article.canonical_url or "", self._source.hosts)
        return self._result(
            row,
            answer,
            now,
            outcome=Outcome.NEW_ARTICLE,  # the store knows whether it is one
            extraction=article,
            extractor_version=reading.EXTRACTOR_VERSION,
            payload_digest=payload,
            content_digest=content,
            canonical_url=self._normalized(canonical) if canonical else None,
            redirected_to=effective if effective != row.url else None,
            next_due_at=self._article_due_at(row, now, article, is_changed=content != row.content_digest),
        )

    async def _extract(
        self, row: FrontierRow, answer: Answer, now: datetime, exchange: Exchange | None = None
    ) -> reading.StoryReading:
        known = self._boilerplate
        hints = hints_for(row, self._source)
        page = page_of(answer, now)
        try:
            about: dict[str, Any] = {"hints": hints, "rules": self._source.rules, "boilerplate": known}
            read = await self._pool.run(reading.read_story, page, **about, exchange=exchange)
        except ReadingFailed as error:
            reason = NotArticleReason.TIMEOUT if error.timed_out else NotArticleReason.FAILED
            nothing = NotArticle(reason=reason, detail=str(error))
            return reading.StoryReading(extraction=nothing, figures=Figures(reason=reason.value))
        return replace(read, boilerplate=known)  # here: it need not come back from the other process

    async def _read_discovery(self, row: FrontierRow, answer: Answer, now: datetime) -> Fetched:
        digest = payload_digest(answer.body)
        if digest == row.payload_digest:
            result = self._result(row, answer, now, outcome=Outcome.UNCHANGED, next_due_at=self._due_at(row, now))
            return Fetched(result=_with_digests(result, digest, None))
        fills = await self._fills_of(row.id)
        read = await self._discover(row, answer, now)
        if isinstance(read, Failed):
            return self.failed(row, read, now=now, answer=answer)
        max_depth = self._settings.max_sitemap_depth
        urls = new_urls(read, row, source=self._source, max_sitemap_depth=max_depth, now=now, fills=fills)
        dropped = f", {read.truncated_count} beyond the limit" if read.truncated_count else ""
        return Fetched(
            result=self._result(
                row,
                answer,
                now,
                outcome=Outcome.DISCOVERED,
                detail=f"{len(urls)} URLs{dropped}",
                payload_digest=digest,
                discovered=tuple(urls),
                listed=feed_entries(read, self._source),
                hub=hub_of(read, answer.url),
                fills=tuple(fill.id for fill in fills),
                next_due_at=self._due_at(row, now, changed_at=now),
            )
        )

    async def _discover(self, row: FrontierRow, answer: Answer, now: datetime) -> Reading | Failed:
        limit = self._settings.max_urls_per_document
        about = (answer.body, answer.url, answer.content_type)
        read: Any
        try:
            if row.kind is UrlKind.FEED:
                read = await self._pool.run(reading.read_feed, *about, limit=limit, now=now)
            elif row.kind is UrlKind.SITEMAP:
                bound = self._settings.max_body_bytes
                read = await self._pool.run(reading.read_sitemap, *about, limit=limit, max_bytes=bound, now=now)
            else:
                section = self._section_of(row.url)
                read = await self._pool.run(
                    reading.read_section, *about, section=section, source=self._source, limit=limit
                )
        except ReadingFailed as error:
            return Failed(outcome=Outcome.PARSE_FAILED, detail=str(error))
        if isinstance(read, reading.Unreadable):
            return Failed(outcome=read.outcome, detail=read.reason)
        found: Reading = read
        return found

    def _section_of(self, url: str) -> Section:
        """The declared section a page belongs to: its own, or the one whose further page it is."""
        by_key = {url_key(self._normalized(s.url)): s for s in self._source.sections}
        base = url.partition("?")[0]
        beside = (s for s in self._source.sections if base.startswith(s.url.partition("?")[0].rstrip("/")))
        return by_key.get(url_key(url)) or next(beside, Section(url=url))

    def _due_at(self, row: FrontierRow, now: datetime, *, changed_at: datetime | None = None) -> datetime | None:
        if row.kind is UrlKind.ARTICLE:
            return self._article_due_at(row, now)
        if row.depth == 0 and not self._source.schedule.is_adaptive:
            return None  # the slots of the schedule make it due
        return discovery_due_at(
            now=now,
            poll_interval=self._poll_interval,
            depth=row.depth,
            kind=row.kind,
            changed_at=changed_at or row.last_changed_at,
            arrivals=self._habits.arrivals.get(str(row.id)),
        )

    def _article_due_at(
        self, row: FrontierRow, now: datetime, article: Article | None = None, *, is_changed: bool = False
    ) -> datetime:
        history = article_history(row, published_at=article.published_at if article else None)
        if is_changed:
            edits = 1 if row.content_digest else 0  # the first content is no edit
            history = replace(history, changed_at=now, change_count=row.change_count + edits)
        return article_due_at(
            history,
            self._habits,
            hazard=self._hazard,
            revisits_per_day=self._source.revisits_per_day,
            now=now,
        )

    def _normalized(self, url: str) -> str:
        return normalize_url(url, strip_parameters=self._source.strip_parameters) or url

    def _result(
        self, row: FrontierRow, answer: Answer | None, now: datetime, *, outcome: Outcome, **fields: Any
    ) -> FetchResult:
        if answer is not None:
            fields = {
                "effective_url": answer.url if self._normalized(answer.url) != row.url else None,
                "status": answer.status,
                "body_bytes": len(answer.body),
                "asked_at": answer.asked_at,
                "duration_seconds": answer.duration_seconds,
                "etag": answer.etag,
                "last_modified": answer.last_modified,
                **fields,
            }
        return FetchResult(row=row, run_id=self._run_id, fetched_at=now, outcome=outcome, **fields)


def _exchange(answer: Answer, now: datetime, digest: str) -> Exchange:
    return Exchange(
        url=answer.url,
        fetched_at=now,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        payload_digest=digest,
        sent=answer.sent,
    )


def _with_digests(result: FetchResult, payload: str, content: str | None) -> FetchResult:
    return replace(result, payload_digest=payload, content_digest=content)


def _not_article_due_at(row: FrontierRow, now: datetime) -> datetime | None:
    first = row.last_fetched_at or now
    return now + NOT_ARTICLE_INTERVAL if now - first < NOT_ARTICLE_LIFE else None
