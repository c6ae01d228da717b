"""Extracting stored versions again from the archive: no request to the publisher, no new version."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from crawler.answered.rereading import Rereader
from crawler.reading.pool import ReadingPool
from crawler.reading.running import Runner
from news.requests import RequestView
from news.source import Source
from store.clock import utc_now
from store.service import Store

AT_A_TIME = 8  # articles; the pool itself bounds its pages
REPORT_EVERY = 20  # articles between two progress reports

GoOn = Callable[[int, "ReplayReport"], Awaitable[bool]]


@dataclass(kw_only=True, slots=True)
class ReplayReport:
    """The outcome of a replay."""

    read_count: int = 0
    changed_count: int = 0
    unreadable_count: int = 0  # not in the archive, or not an article to today's extraction: left as they were


async def _to_the_end(done_count: int, report: ReplayReport) -> bool:
    return True


async def replay(
    article_ids: Sequence[str],
    *,
    store: Store,
    sources: Mapping[str, Source],
    pool: ReadingPool,
    call: Runner,
    on_progress: GoOn = _to_the_end,
) -> ReplayReport:
    """Reread every version of these articles with today's extraction and store the result.

    `on_progress` is called with the number of finished articles, and ends the replay by returning False.
    """
    report = ReplayReport()
    room = asyncio.Semaphore(AT_A_TIME)

    async def one(article_id: str, rereader: Rereader) -> None:
        async with room:
            await _replay_article(article_id, store, sources, rereader, call, report)

    for start in range(0, len(article_ids), REPORT_EVERY):
        chunk = article_ids[start : start + REPORT_EVERY]
        rereader = Rereader(store, pool, call, loads_once=True)  # for a short time only: crawls learn more meanwhile
        await asyncio.gather(*(one(article_id, rereader) for article_id in chunk))
        if not await on_progress(start + len(chunk), report):
            break
    return report


async def run_replay(
    request: RequestView, *, store: Store, sources: Mapping[str, Source], pool: ReadingPool, call: Runner
) -> ReplayReport:
    """Carry out a requested replay, recording its progress; ends early if the request is cancelled."""
    ids = await call(store.requests.article_ids, request.scope)

    async def tell(done_count: int, report: ReplayReport) -> bool:
        counts = asdict(report)
        told = store.requests.progress
        return bool(
            await call(told, request.id, done_count=done_count, total_count=len(ids), counts=counts, now=utc_now())
        )

    report = await replay(ids, store=store, sources=sources, pool=pool, call=call, on_progress=tell)
    await call(store.requests.finish, request.id, now=utc_now())
    return report


async def _replay_article(
    article_id: str, store: Store, sources: Mapping[str, Source], rereader: Rereader, call: Runner, report: ReplayReport
) -> None:
    view = await call(store.articles.get, article_id)
    if view is None:
        return
    source_id = view.stored.source_id
    for version in await call(store.articles.versions, article_id):
        read = await rereader.read(version, article_id=article_id, source_id=source_id, source=sources.get(source_id))
        if read.article is None:
            report.unreadable_count += 1
        else:
            report.read_count += 1
            differs = await rereader.keep(article_id, version, read)  # first: += would read the count before awaiting
            report.changed_count += differs
        newest = (version.fetched_at, read.boilerplate.version)
    await call(store.boilerplates.read_again, source_id, article_id, *newest)
