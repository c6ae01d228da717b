"""Turning pages from other people's archives into articles: extraction, our archive, the record. Sends no requests."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler.answered.rereading import hints_for
from crawler.archived.batches import batches
from crawler.archived.taken_pages import Wanted, pages_in
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed
from crawler.reading.running import Runner
from news.article import Article, Page
from news.boilerplate import Boilerplate
from news.canonical import validated_canonical
from news.fetch import Outcome
from news.source import Source
from news.urls import normalize_url
from news.versions.digest import content_digest, payload_digest
from store.archive.records import TAKEN_FROM, article_fields
from store.archive.service import Exchange
from store.archive.warc_files import WarcPage
from store.errors import UnreadableFile
from store.records import FetchResult, FrontierRow, PageReading
from store.service import Store

FILE_MISSING = "file_missing"  # pages that an index lists in files that do not exist here


async def take_files(
    paths: Iterable[Path],
    wanted: Wanted,
    *,
    store: Store,
    read: Runner,
    clock: Callable[[], datetime],
    on_page: Callable[[], None] = lambda: None,
    on_unreadable: Callable[[UnreadableFile], None] | None = None,
) -> Counter[str]:
    """Take the wanted pages from WARC files, or from those that indexes name; return outcome -> number.

    A few pages are read in parallel and saved in order. Repeating it finds nothing new. In our archive, the pages are
    filed under the present time, given by `clock`. With `on_unreadable`, damaged files are reported and the next one is
    read. Raises StoreError and ConfigError.
    """
    counts: Counter[str] = Counter()

    def missing(count: int) -> None:
        counts[FILE_MISSING] += count

    for path in paths:
        try:
            pages = pages_in(path, wanted, on_missing=missing)
            for batch in batches(pages, lambda found: _address(found[0], wanted.source)):
                readings = (_read(page, name, source=wanted.source, store=store, read=read) for page, name in batch)
                for (page, _), result in zip(batch, await asyncio.gather(*readings), strict=True):
                    saved = _save(result, page, store, now=clock()) if isinstance(result, FetchResult) else result
                    counts[saved.value] += 1
                    on_page()
        except UnreadableFile as error:
            if on_unreadable is None:
                raise
            on_unreadable(error)
    return counts


def _address(page: WarcPage, source: Source) -> str:
    url = normalize_url(page.url, strip_parameters=source.strip_parameters)
    assert url is not None  # else it would not belong to the source
    return url


async def _read(page: WarcPage, file_name: str, *, source: Source, store: Store, read: Runner) -> FetchResult | Outcome:
    """The result to save of a page, or its outcome if there is nothing to save."""
    address = _address(page, source)
    row = store.taken.row(address, source_id=source.id, found_on=file_name, fetched_at=page.fetched_at)
    if row is None:
        return Outcome.FORGOTTEN
    known = store.boilerplates.at(source.id, page.fetched_at)
    content = Page(url=page.url, body=page.body, content_type=page.content_type, fetched_at=page.fetched_at)
    try:
        story = await read(tasks.extract, content, hints=hints_for(row, source), rules=source.rules, boilerplate=known)
    except ReadingFailed:
        return Outcome.NOT_ARTICLE
    if not isinstance(story, Article):
        return Outcome.NOT_ARTICLE
    return taken_result(row, content, story, status=page.status, source=source, known=known, taken_from=file_name)


def _save(result: FetchResult, page: WarcPage, store: Store, *, now: datetime) -> Outcome:
    if store.saver.lead_to_forgotten([result])[0]:
        return Outcome.FORGOTTEN
    (saved,) = store.taken.save([_archived(result, page, store, now=now)], now=now)
    return saved.outcome if saved is not None else Outcome.FORGOTTEN


def taken_result(
    row: FrontierRow,
    page: Page,  # with the time of its fetch
    story: Article,
    *,
    status: int,
    source: Source,
    known: Boilerplate,
    taken_from: str,
) -> FetchResult:
    """The result to save of a page that somebody else fetched, read with the model `known` of its source."""
    assert page.fetched_at is not None
    canonical = validated_canonical(page.url, story.canonical_url or "", source.hosts)
    return FetchResult(
        row=row,
        run_id=None,
        fetched_at=page.fetched_at,
        outcome=Outcome.NEW_ARTICLE,
        status=status,
        body_bytes=len(page.body),
        payload_digest=payload_digest(page.body),
        reading=PageReading(extraction=story, extractor_version=tasks.EXTRACTOR_VERSION, boilerplate=known),
        content_digest=content_digest(story),
        canonical_url=normalize_url(canonical, strip_parameters=source.strip_parameters) if canonical else None,
        taken_from=taken_from,
    )


def _archived(result: FetchResult, page: WarcPage, store: Store, *, now: datetime) -> FetchResult:
    """The result with its page put into our own archive, synced, so that it can be extracted again."""
    digest = result.payload_digest or ""
    earlier = store.receipts.known_payloads([digest]).get(digest)
    if earlier is not None and store.taken.is_taken(result):
        return replace(result, archive=earlier.ref)
    exchange = Exchange(
        url=page.url,
        fetched_at=page.fetched_at,
        status=page.status,
        headers=page.headers,
        body=page.body,
        payload_digest=digest,
    )
    about = {**article_fields(result.row, store.saver.article_id(result)), TAKEN_FROM: result.taken_from or ""}
    if earlier is not None:
        ref = store.archive.append_revisit(exchange, earlier, about, written_at=now)
    else:
        ref = store.archive.append_response(exchange, about, written_at=now)
    store.archive.sync()
    return replace(result, archive=ref)
