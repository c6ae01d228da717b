"""`archive rebuild`: creates a new record from the archive and the sources."""

from __future__ import annotations

import asyncio

from rich.progress import Progress

from cli.commands.reindex import reindex_articles
from cli.operating import operations_of
from cli.output import console, counted, print_json, progress_bar
from cli.wiring import Installation, installation
from crawler.archived.rebuilding import NOT_REBUILT, Rebuilder, RebuildReport
from crawler.reading.pool import ReadingPool
from news.errors import NewsdexError
from store.archive.answers import archived_answers
from store.clock import utc_now


def rebuild_record(*, as_json: bool) -> None:
    """Fill an empty record with what the archive holds, then build the index."""
    with installation() as opened:
        if operations_of(opened).daemon() is not None:
            raise NewsdexError("a daemon works with this record; stop it first")
        counts = opened.store.counts()
        if counts.urls or counts.versions:
            text = f"the record holds {counted(counts.versions, 'version')} already; rebuilding is for an empty one"
            raise NewsdexError(f"{text}: move the database away first")
        opened.store.forgetting.sweep(now=utc_now())  # an older copy of the archive may contain forgotten articles
        with progress_bar(quiet=as_json) as bar:
            report = asyncio.run(_rebuild(opened, bar))
        rebuilt = opened.store.counts()
    if as_json:
        print_json({**_facts(report), "articles": rebuilt.articles, "versions": rebuilt.versions, "next": "reindex"})
    else:
        kept = f"{counted(rebuilt.articles, 'article')} in {counted(rebuilt.versions, 'version')}"
        console.print(f"{kept}, from {counted(report.answer_count, 'answer')}")
        if report.unreadable_count:
            console.print(f"{report.unreadable_count} records could not be read; `newsdex archive verify` names them")
        for source_id, count in report.unknown_sources.most_common():
            console.print(f"{count} answers are of {source_id}, which no source file describes")
        console.print(f"not rebuilt: {NOT_REBUILT}")
        reindex_articles(as_json=False)


def _facts(report: RebuildReport) -> dict[str, object]:
    return {
        "answers": report.answer_count,
        "outcomes": report.outcomes,
        "unreadable": report.unreadable_count,
        "unknown_sources": report.unknown_sources,
        "not_rebuilt": NOT_REBUILT,
    }


async def _rebuild(opened: Installation, bar: Progress) -> RebuildReport:
    task = bar.add_task("rebuild", total=None)
    pool = ReadingPool(opened.settings.extraction)
    rebuilder = Rebuilder(opened.store, sources=opened.sources.by_id, settings=opened.settings.crawl, pool=pool)
    try:
        answers = archived_answers(opened.store.archive.folder, rebuilder.note_damage)
        return await rebuilder.rebuild(answers, on_progress=lambda done: bar.update(task, completed=done))
    finally:
        pool.close()
