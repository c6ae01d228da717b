"""Rebuilding a record from the archive and the sources alone: articles with their versions and times."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from config.settings import CrawlSettings
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader, hints_for
from crawler.archived.batches import batches
from crawler.archived.replay import replay
from crawler.archived.taking import taken_result
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed, ReadingPool
from crawler.reading.running import Runner
from news.article import Article, Page
from news.errors import StoreError
from news.fetch import Discovered, Outcome, UrlKind, UrlState
from news.source import Source
from store.archive.answers import ArchivedAnswer
from store.archive.service import ArchivedPage
from store.records import FetchResult, FrontierRow, NewUrl
from store.service import Store

STALE_AT_ONCE = 500  # stored articles reread between two looks for those that hold boilerplate; a choice
NOT_REBUILT = (
    "when URLs are due again and what visits taught about edits; runs, requests and slots; answers without a page "
    "(304, failures, and a 404 that confirmed no removal)"
)


@dataclass(kw_only=True, slots=True)
class RebuildReport:
    """The outcome of a rebuild."""

    answer_count: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    unreadable_count: int = 0  # unreadable records of the archive
    unknown_sources: Counter[str] = field(default_factory=Counter)  # answers of sources that no file describes


class Rebuilder:
    """Processes the archive's answers as crawls did."""

    def __init__(
        self,
        store: Store,
        *,
        sources: Mapping[str, Source],
        settings: CrawlSettings,
        pool: ReadingPool,
        call: Runner = asyncio.to_thread,
    ) -> None:
        self._store = store
        self._sources = sources
        self._pool = pool
        self._call = call
        rereader = Rereader(store, pool, call)
        self._readers = {
            source.id: AnswerReader(source, settings, pool, run_id=0, rereader=rereader) for source in sources.values()
        }
        self.report = RebuildReport()

    def note_damage(self) -> None:
        """Count an unreadable record of the archive."""
        self.report.unreadable_count += 1

    async def rebuild(
        self, answers: Iterable[ArchivedAnswer], *, on_progress: Callable[[int], None] = lambda done: None
    ) -> RebuildReport:
        """Save every answer in order, then reread the articles that turned out to hold boilerplate."""
        for batch in batches(answers, attrgetter("requested_url")):
            known = [answer for answer in batch if answer.source_id in self._sources]
            self.report.unknown_sources.update(
                answer.source_id for answer in batch if answer.source_id not in self._sources
            )
            await self._save(known)
            self.report.answer_count += len(batch)
            on_progress(self.report.answer_count)
        for source in self._sources.values():
            await self._read_stale(source)
        return self.report

    async def _save(self, answers: Sequence[ArchivedAnswer]) -> None:
        for source_id in {answer.source_id for answer in answers}:
            newest = max(answer.fetched_at for answer in answers if answer.source_id == source_id)
            self._readers[source_id].know(await self._call(self._store.boilerplates.at, source_id, newest))
        read = [each for each in await asyncio.gather(*map(self._read, answers)) if each is not None]
        for save, results in (
            (self._store.saver.save, [result for result in read if result.taken_from is None]),
            (self._store.taken.save, [result for result in read if result.taken_from is not None]),
        ):
            for saved in await self._call(save, results):
                if saved is not None:
                    self.report.outcomes[saved.outcome.value] += 1

    async def _read(self, answer: ArchivedAnswer) -> FetchResult | None:
        row = await self._call(self._known_row, answer)
        if row is not None and answer.is_removal:
            return _removal(row, answer)
        try:
            page = await self._call(self._store.archive.read, answer.ref)
        except StoreError:
            self.report.unreadable_count += 1
            return None
        if row is None:  # it was forgotten
            return None
        if answer.taken_from is not None:
            return await self._read_taken(row, answer, page, answer.taken_from)
        given = Answer(
            url=answer.url,
            status=answer.status,
            headers=(),
            packed=PackedBody(content=page.body),
            content_type=answer.content_type,
            etag=None,
            last_modified=None,
            retry_after_seconds=None,
            duration_seconds=None,
            is_rendered=page.is_rendered,
        )
        fetched = await self._readers[answer.source_id].read(row, given, now=answer.fetched_at)
        return replace(fetched.result, run_id=None, archive=answer.ref, minted_id=answer.article_id)

    async def _read_taken(
        self, row: FrontierRow, answer: ArchivedAnswer, archived: ArchivedPage, taken_from: str
    ) -> FetchResult | None:
        """Read a page that somebody else fetched, as when it was taken in: with the model for its time."""
        source = self._sources[answer.source_id]
        known = await self._call(self._store.boilerplates.at, source.id, answer.fetched_at)
        page = Page(
            url=answer.url, body=archived.body, content_type=archived.content_type, fetched_at=answer.fetched_at
        )
        hints = hints_for(row, source)
        try:
            story = await self._pool.run(tasks.extract, page, hints=hints, rules=source.rules, boilerplate=known)
        except ReadingFailed:
            return None
        if not isinstance(story, Article):
            return None
        result = taken_result(row, page, story, status=answer.status, source=source, known=known, taken_from=taken_from)
        return replace(result, archive=answer.ref, minted_id=answer.article_id)

    def _known_row(self, answer: ArchivedAnswer) -> FrontierRow | None:
        found = Discovered(
            url=answer.requested_url,
            title=answer.title_hint,
            published_at=answer.published_hint,
            section=answer.section_hint,
        )
        if answer.taken_from is not None:
            about = {"source_id": answer.source_id, "found_on": answer.taken_from}
            row = self._store.taken.row(answer.requested_url, fetched_at=answer.fetched_at, **about)
        else:
            new = NewUrl(url=answer.requested_url, kind=UrlKind.ARTICLE, found=found)
            self._store.frontier.add([new], source_id=answer.source_id, found_on=None, now=answer.fetched_at)
            row = self._store.frontier.row_at(answer.requested_url)
        if row is None:
            return None
        return replace(
            row,
            title_hint=answer.title_hint,
            published_hint=answer.published_hint,
            section_hint=answer.section_hint,
        )

    async def _read_stale(self, source: Source) -> None:
        stale, sources = self._store.boilerplates.stale_articles, {source.id: source}
        while ids := await self._call(stale, source.id, limit=STALE_AT_ONCE):
            await replay(ids, store=self._store, sources=sources, pool=self._pool, call=self._call)
            if set(ids) <= set(await self._call(stale, source.id, limit=STALE_AT_ONCE)):
                break  # they stay stale: their pages are not in the archive


def _removal(row: FrontierRow, answer: ArchivedAnswer) -> FetchResult:
    return FetchResult(
        row=row,
        run_id=None,
        fetched_at=answer.fetched_at,
        outcome=Outcome.GONE,
        status=answer.status,
        detail=f"status {answer.status}",
        state=UrlState.GONE,
        is_removal=True,
    )
