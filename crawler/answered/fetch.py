"""The record that the readers of this package work on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from crawler.fetching.answers import Answer, exchange_of
from store.archive.service import Exchange
from store.records import FrontierRow


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredFetch:
    """A URL of the frontier that was asked for, and the answer."""

    row: FrontierRow
    answer: Answer
    fetched_at: datetime

    def with_answer(self, answer: Answer) -> Self:
        """The same fetch with another answer, such as the document that a browser made of it."""
        return replace(self, answer=answer)

    def with_content_digest(self, digest: str | None) -> Self:
        """The same fetch as if the text had had this digest at the last look."""
        return replace(self, row=replace(self.row, content_digest=digest))

    def exchange(self, digest: str) -> Exchange:
        """The exchange to archive; `digest` is that of the body. Raises UnpackingFailed."""
        return exchange_of(self.answer, self.fetched_at, digest)

    def shows_held_story(self, digest: str) -> bool:
        """Whether a body with this digest is that of the article's last look, whose text was read.

        A repeated error page does not count.
        """
        row = self.row
        return row.article_id is not None and row.content_digest is not None and digest == row.payload_digest
