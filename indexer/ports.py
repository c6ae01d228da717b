"""What the indexer needs of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from store.records import OutboxItem, StoredArticle, Undelivered


class Outbox(Protocol):
    """The queue of articles about which the index has to be told."""

    def pending(self, *, limit: int, now: datetime) -> list[OutboxItem]:
        """The due rows, in order."""

    def delivered(self, items: Sequence[tuple[str, int]]) -> None:
        """Remove (article id, revision), unless a newer revision was enqueued meanwhile."""

    def postpone(self, items: Sequence[Undelivered], *, now: datetime) -> None:
        """Set these aside for their backoff."""

    def give_up(self, items: Sequence[Undelivered]) -> None:
        """Set these aside for good; a newer revision is tried again."""


class ArticleReader(Protocol):
    """The articles as they are now."""

    def iterate_live(self, *, after_id: str = "", limit: int) -> list[StoredArticle]:
        """The next live articles in order of their id."""

    def count_live(self) -> int:
        """The number of live articles."""
