"""Delivering the outbox to the engine until everything is confirmed or the engine asks for patience."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.documents import index_entry
from indexer.engine import Engine
from indexer.ports import Outbox
from news.errors import EngineUnavailable
from news.index import WriteResult, WriteStatus
from store.records import Undelivered

BATCH = 1_000  # twice engine.bulk_count: the second bulk is prepared while the server takes the first


@dataclass(kw_only=True, slots=True)
class DrainReport:
    """What a drain did."""

    indexed_count: int = 0
    superseded_count: int = 0
    postponed_count: int = 0
    dead_count: int = 0
    unavailable: str | None = None  # why it stopped early; what is left waits in the outbox


def drain(
    outbox: Outbox, engine: Engine, *, clock: Callable[[], datetime], goes_on: Callable[[], bool] = lambda: True
) -> DrainReport:
    """Write everything that is due to the engine; repeatable, since the engine keeps only newer revisions.

    `goes_on` is called before each batch; once it returns False, the rest waits in the outbox.
    """
    report = DrainReport()
    while report.unavailable is None and goes_on():
        items = outbox.pending(limit=BATCH, now=clock())
        if not items:
            break
        try:
            results = engine.write([index_entry(item) for item in items])
        except EngineUnavailable as error:
            report.unavailable = str(error)
            break
        _settle(outbox, results, report, clock())
        if len(items) < BATCH:
            break  # what came meanwhile waits until more comes: a commit costs as much as a dozen documents
    return report


def _settle(outbox: Outbox, results: Sequence[WriteResult], report: DrainReport, now: datetime) -> None:
    done = [r for r in results if r.status in {WriteStatus.INDEXED, WriteStatus.SUPERSEDED}]
    retry = [r for r in results if r.status is WriteStatus.RETRY]
    rejected = [r for r in results if r.status is WriteStatus.REJECTED]
    if done:
        outbox.delivered([(r.id, r.revision) for r in done])
    if retry:
        outbox.postpone([_undelivered(r) for r in retry], now=now)
    if rejected:
        outbox.give_up([_undelivered(r) for r in rejected])
    report.indexed_count += sum(r.status is WriteStatus.INDEXED for r in results)
    report.superseded_count += sum(r.status is WriteStatus.SUPERSEDED for r in results)
    report.postponed_count += len(retry)
    report.dead_count += len(rejected)


def _undelivered(result: WriteResult) -> Undelivered:
    return Undelivered(article_id=result.id, revision=result.revision, reason=result.reason or "")
