"""`replay`: stored versions are extracted again from the archive, or what that would change is reported."""

from __future__ import annotations

import asyncio

from rich.progress import Progress
from rich.table import Table

from cli.output import console, counted, print_json, progress_bar
from cli.wiring import Installation, installation
from crawler.archived.rehearsal import Rehearsal, rehearse
from crawler.archived.replay import ReplayReport, replay
from crawler.reading.pool import ReadingPool
from news.requests import RequestScope
from news.versions.field_changes import ChangeKind

SHOWN_EXAMPLES = 2  # for each field and kind, shown to people; JSON has more


def replay_articles(source_id: str | None, *, as_json: bool) -> None:
    """Extract all stored versions again."""
    with installation() as opened:
        if source_id is not None:
            opened.sources.get(source_id)
        with progress_bar(quiet=as_json) as bar:
            done = asyncio.run(_replay(opened, RequestScope(source_id=source_id), bar))
        opened.deliver()
        if as_json:
            print_json(done)
        else:
            console.print(f"{counted(done.read_count, 'version')} read again, {done.changed_count:,} changed")
            if done.unreadable_count:
                left = "not in the archive, or no article by today's extraction; --dry-run tells which"
                console.print(f"{done.unreadable_count} stay as they were: {left}")


def rehearse_replay(source_id: str | None, *, as_json: bool) -> None:
    """Report what extracting all stored versions again would change."""
    with installation() as opened:
        if source_id is not None:
            opened.sources.get(source_id)
        with progress_bar(quiet=as_json) as bar:
            found = asyncio.run(_rehearse(opened, RequestScope(source_id=source_id), bar))
    if as_json:
        print_json(found)
        return
    not_archived = f", {found.not_archived_count} are not in the archive" if found.not_archived_count else ""
    console.print(f"{found.read_count} versions read, {found.same_count} as they are stored{not_archived}")
    for reason, count in found.no_article.most_common():
        console.print(f"{count} would be no article any more ({reason}); a replay leaves them as they are")
    if not found.fields:
        return
    table = Table("field", *(kind.value for kind in ChangeKind), box=None)
    for name, tally in sorted(found.fields.items()):
        table.add_row(name, *(str(tally.counts[kind]) for kind in ChangeKind))
    console.print(table)
    for name, tally in sorted(found.fields.items()):
        for kind, examples in tally.examples.items():
            for example in examples[:SHOWN_EXAMPLES]:
                console.print(f"{name} {kind.value}: {example.url} (version {example.version})")
                console.print(f"  - {example.before}\n  + {example.after}")


async def _rehearse(opened: Installation, scope: RequestScope, bar: Progress) -> Rehearsal:
    ids = opened.store.requests.article_ids(scope)
    task = bar.add_task("read", total=len(ids))
    pool = ReadingPool(opened.settings.extraction)
    try:
        return await rehearse(
            ids,
            store=opened.store,
            sources=opened.sources.by_id,
            pool=pool,
            call=asyncio.to_thread,
            on_progress=lambda done_count: bar.update(task, completed=done_count),
        )
    finally:
        pool.close()


async def _replay(opened: Installation, scope: RequestScope, bar: Progress) -> ReplayReport:
    ids = opened.store.requests.article_ids(scope)
    task = bar.add_task("replay", total=len(ids))
    pool = ReadingPool(opened.settings.extraction)

    async def show(done_count: int, report: ReplayReport) -> bool:
        bar.update(task, completed=done_count)
        return True

    try:
        return await replay(
            ids, store=opened.store, sources=opened.sources.by_id, pool=pool, call=asyncio.to_thread, on_progress=show
        )
    finally:
        pool.close()
