"""The places in the archive where the store says that pages lie."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from store.records import ArchiveRef
from store.schema import article_version, fetch
from store.sql.database import Database

CHUNK = 1000  # places per query


class Receipts:
    """Lists the places in the archive that the record names."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def places(self) -> Iterator[ArchiveRef]:
        """Yield every place, file by file, once for each digest that a table states for it."""
        for table in (fetch, article_version):
            yield from self._of(table)

    def _of(self, table: sa.Table) -> Iterator[ArchiveRef]:
        place = (table.c.warc_file, table.c.warc_offset)
        # Grouped in an index's order; DISTINCT would collect and sort the whole table for each chunk
        digests = (sa.func.min(table.c.payload_digest), sa.func.max(table.c.payload_digest))
        query = sa.select(*place, *digests).where(table.c.warc_file.is_not(None)).group_by(*place).order_by(*place)
        after: tuple[str, int] | None = None
        while True:
            page = query.limit(CHUNK)
            if after is not None:
                page = page.where(sa.tuple_(*place) > sa.tuple_(*after))
            with self._database.read() as connection:
                rows = connection.execute(page).all()
            for name, offset, *stated in rows:
                for digest in sorted({each or "" for each in stated}):  # if there are two, one is wrong
                    yield ArchiveRef(warc_file=name, warc_offset=offset, payload_digest=digest)
            if len(rows) < CHUNK:
                return
            after = (rows[-1].warc_file, rows[-1].warc_offset)
