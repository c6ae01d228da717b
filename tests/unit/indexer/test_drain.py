"""What becomes of each entry of the outbox, by the engine's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from indexer.drain import drain
from indexer.engine import Engine
from indexer.ports import Outbox
from news.index import IndexEntry, WriteResult, WriteStatus
from store.records import OutboxItem, Undelivered

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class NotedOutbox:
    """An outbox of one batch, that notes what it is told."""

    def __init__(self, *ids: str) -> None:
        self.items = [OutboxItem(article_id=each, revision=3, stored=None) for each in ids]
        self.told: dict[str, list[Any]] = {}

    def pending(self, *, limit: int, now: datetime) -> list[OutboxItem]:
        items, self.items = self.items[:limit], []
        return items

    def delivered(self, items: Sequence[tuple[str, int]]) -> None:
        self.told["delivered"] = list(items)

    def postpone(self, items: Sequence[Undelivered], *, now: datetime) -> None:
        self.told["postponed"] = list(items)

    def give_up(self, items: Sequence[Undelivered]) -> None:
        self.told["given up"] = list(items)


class AnsweringEngine:
    """An engine that answers each entry as its id says."""

    def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        return [
            WriteResult(id=each.id, revision=each.revision, status=WriteStatus(each.id), reason=f"why {each.id}")
            for each in entries
        ]


def test_each_answer_of_the_engine_is_written_down() -> None:
    outbox = NotedOutbox(*WriteStatus)
    report = drain(cast("Outbox", outbox), cast("Engine", AnsweringEngine()), clock=lambda: NOW)
    assert outbox.told == {
        "delivered": [("indexed", 3), ("superseded", 3)],
        "postponed": [Undelivered(article_id="retry", revision=3, reason="why retry")],
        "given up": [Undelivered(article_id="rejected", revision=3, reason="why rejected")],
    }
    assert (report.indexed_count, report.superseded_count, report.postponed_count, report.dead_count) == (1, 1, 1, 1)
