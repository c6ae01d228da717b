"""Extracting stored versions again from the archive: no request to the publisher, no new version."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crawler import reading
from crawler.pool import ReadingFailed, ReadingPool
from news.article import Article, Hints, Page
from news.digest import content_digest
from news.errors import StoreError
from news.requests import RequestView
from news.source import ExtractionRules, Source
from store.records import ArchiveRef, VersionView
from store.service import Store, utc_now

AT_A_TIME = 8  # articles; the pool bounds the pages in it
REPORT_EVERY = 20  # articles between two reports of progress

Call = Callable[..., Awaitable[Any]]  # runs a blocking function of the store somewhere else
GoOn = Callable[[int, "ReplayReport"], Awaitable[bool]]


@dataclass(kw_only=True, slots=True)
class ReplayReport:
    """What a replay did."""

    read_count: int = 0
    changed_count: int = 0
    unreadable_count: int = 0  # not in the archive, or no article by today's extraction: left as they were


async def replay(
    article_ids: Sequence[str],
    *,
    store: Store,
    sources: Mapping[str, Source],
    pool: ReadingPool,
    call: Call,
    on_progress: GoOn,
) -> ReplayReport:
    """Read every version of these articles with today's extraction and keep what it says now.

    `on_progress` is told how many articles are done, and ends the replay by answering False.
    """
    report = ReplayReport()
    for start in range(0, len(article_ids), REPORT_EVERY):
        room = asyncio.Semaphore(AT_A_TIME)
        chunk = article_ids[start : start + REPORT_EVERY]
        await asyncio.gather(*(_replay_article(each, store, sources, pool, call, room, report) for each in chunk))
        if not await on_progress(start + len(chunk), report):
            break
    return report


async def run_replay(
    request: RequestView, *, store: Store, sources: Mapping[str, Source], pool: ReadingPool, call: Call
) -> ReplayReport:
    """Do a replay that was asked for, keeping its request's progress; ends early when it is cancelled."""
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
    article_id: str,
    store: Store,
    sources: Mapping[str, Source],
    pool: ReadingPool,
    call: Call,
    room: asyncio.Semaphore,
    report: ReplayReport,
) -> None:
    async with room:
        view = await call(store.articles.get, article_id)
        source = sources.get(view.stored.source_id) if view is not None else None
        for version in await call(store.articles.versions, article_id):
            read = await _read_again(version, store, source, pool, call)
            if read is None:
                report.unreadable_count += 1
                continue
            report.read_count += 1
            if read != version.article:
                report.changed_count += 1
                await call(
                    store.saver.replace_version,
                    article_id,
                    version.version,
                    read,
                    content_digest=content_digest(read),
                    extractor_version=reading.EXTRACTOR_VERSION,
                    now=utc_now(),
                )


async def _read_again(
    version: VersionView, store: Store, source: Source | None, pool: ReadingPool, call: Call
) -> Article | None:
    if version.warc_file is None or version.warc_offset is None:
        return None
    ref = ArchiveRef(
        warc_file=version.warc_file, warc_offset=version.warc_offset, payload_digest=version.payload_digest or ""
    )
    try:
        archived = await call(store.archive.read, ref)
        page = Page(
            url=archived.url, body=archived.body, content_type=archived.content_type, fetched_at=version.fetched_at
        )
        hints = Hints(language=source.language if source else None, site_name=source.name if source else None)
        rules = source.rules if source else ExtractionRules()
        read = await pool.run(reading.extract, page, hints=hints, rules=rules)
    except (StoreError, ReadingFailed):
        return None
    return read if isinstance(read, Article) else None
