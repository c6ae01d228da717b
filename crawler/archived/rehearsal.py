"""What a replay would change: stored versions are extracted again from the archive, and nothing is written."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.answered.rereading import NOT_ARCHIVED, Rereader
from crawler.archived.replay import AT_A_TIME
from crawler.reading.pool import ReadingPool
from crawler.reading.running import Runner
from news.source import Source
from news.versions.field_changes import FieldTally, field_changes
from store.service import Store


@dataclass(kw_only=True, slots=True)
class Rehearsal:
    """The changes that a replay would make."""

    read_count: int = 0
    same_count: int = 0  # versions of which every field reads as stored
    not_archived_count: int = 0
    no_article: Counter[str] = field(default_factory=Counter)  # why today's extraction finds none -> versions
    fields: dict[str, FieldTally] = field(default_factory=dict)  # the fields that differ anywhere


async def rehearse(
    article_ids: Sequence[str],
    *,
    store: Store,
    sources: Mapping[str, Source],
    pool: ReadingPool,
    call: Runner,
    on_progress: Callable[[int], None],
) -> Rehearsal:
    """Reread every version of these articles with today's extraction and report what differs; nothing is written."""
    found = Rehearsal()
    rereader = Rereader(store, pool, call, loads_once=True)
    for start in range(0, len(article_ids), AT_A_TIME):
        chunk = article_ids[start : start + AT_A_TIME]
        await asyncio.gather(*(_rehearse_article(each, store, sources, rereader, call, found) for each in chunk))
        on_progress(start + len(chunk))
    return found


async def _rehearse_article(
    article_id: str, store: Store, sources: Mapping[str, Source], rereader: Rereader, call: Runner, found: Rehearsal
) -> None:
    view = await call(store.articles.get, article_id)
    source_id = view.stored.source_id if view is not None else ""
    for version in await call(store.articles.versions, article_id):
        read = await rereader.read(version, article_id=article_id, source_id=source_id, source=sources.get(source_id))
        if read.article is None:
            if read.detail == NOT_ARCHIVED:
                found.not_archived_count += 1
            else:
                found.no_article[read.detail] += 1
            continue
        found.read_count += 1
        changes = list(field_changes(version.article, read.article))
        found.same_count += not changes
        for change in changes:
            tally = found.fields.setdefault(change.field, FieldTally())
            tally.add(change, article_id=article_id, version=version.version, url=version.article.url)
