"""Extracting stored versions again from the archive: no request to the publisher, no new version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawler.extraction.service import EXTRACTOR_VERSION, extract
from news.article import Article, Hints, Page
from news.digest import content_digest
from news.errors import StoreError
from news.source import ExtractionRules, Source
from store.records import ArchiveRef
from store.service import Store, utc_now

BATCH = 100


@dataclass(kw_only=True, slots=True)
class ReplayReport:
    """What a replay did."""

    read_count: int = 0
    changed_count: int = 0
    unreadable_count: int = 0  # not in the archive, or no article by today's extraction: left as they were


def replay(
    store: Store,
    sources: Mapping[str, Source],
    *,
    source_id: str | None,
    on_progress: Callable[[int, int], None],
) -> ReplayReport:
    """Read every version's archived page with today's extraction and keep what it says now."""
    report = ReplayReport()
    total, after_id = store.articles.count_live(), ""
    number = 0
    while page := store.articles.iterate_live(after_id=after_id, limit=BATCH):
        for stored in page:
            number += 1
            if source_id is None or stored.source_id == source_id:
                _replay_article(store, stored.id, sources.get(stored.source_id), report)
            on_progress(number, total)
        after_id = page[-1].id
    return report


def _replay_article(store: Store, article_id: str, source: Source | None, report: ReplayReport) -> None:
    for version in store.articles.versions(article_id):
        if version.warc_file is None or version.warc_offset is None:
            report.unreadable_count += 1
            continue
        ref = ArchiveRef(
            warc_file=version.warc_file,
            warc_offset=version.warc_offset,
            payload_digest=version.payload_digest or "",
        )
        try:
            archived = store.archive.read(ref)
        except StoreError:
            report.unreadable_count += 1
            continue
        read = extract(
            Page(
                url=archived.url, body=archived.body, content_type=archived.content_type, fetched_at=version.fetched_at
            ),
            hints=Hints(language=source.language if source else None, site_name=source.name if source else None),
            rules=source.rules if source else ExtractionRules(),
        )
        if not isinstance(read, Article):
            report.unreadable_count += 1
            continue
        report.read_count += 1
        if read != version.article:
            report.changed_count += 1
            store.saver.replace_version(
                article_id,
                version.version,
                read,
                content_digest=content_digest(read),
                extractor_version=EXTRACTOR_VERSION,
                now=utc_now(),
            )
