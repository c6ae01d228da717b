"""The vectors of articles, by which hits are put in the order of their meaning."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from store.schema import article_vector
from store.sql.database import Database
from store.sql.statements import Upsert, chunks

_KEEP = Upsert(article_vector, replaced=("model", "content_digest", "vector"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """An article without a vector of its newest text."""

    article_id: str
    content_digest: str
    language: str | None
    text: str  # headline, dek and body


class Vectors:
    """Vectors by article; each is of one model and one text, and empty if the model does not know its language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, model: str, vectors: Sequence[tuple[Unread, bytes]]) -> None:
        """Keep the vectors of these articles."""
        rows = [
            {
                "article_id": of.article_id,
                "model": model,
                "content_digest": of.content_digest,
                "vector": vector,
            }
            for of, vector in vectors
        ]
        with self._database.write() as connection:
            _KEEP.run(connection, rows)

    def of(self, model: str, article_ids: Collection[str]) -> Mapping[str, bytes]:
        """The vectors of these articles; those that have none, or none yet, are left out."""
        query = sa.select(article_vector.c.article_id, article_vector.c.vector).where(article_vector.c.model == model)
        found: dict[str, bytes] = {}
        with self._database.read() as connection:
            for some in chunks(sorted(article_ids)):
                rows = connection.execute(query.where(article_vector.c.article_id.in_(some)))
                found |= {row.article_id: row.vector for row in rows if row.vector}
        return found
