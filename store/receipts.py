"""Where the store says that pages lie in the archive."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from store.database import Database
from store.records import ArchiveRef
from store.schema import article_version, fetch

CHUNK = 1000  # places read at a time


class Receipts:
    """The places in the archive that the record names."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def places(self) -> Iterator[ArchiveRef]:
        """Every place once for each table that names it, file by file."""
        for table in (fetch, article_version):
            yield from self._of(table)

    def _of(self, table: sa.Table) -> Iterator[ArchiveRef]:
        columns = (table.c.warc_file, table.c.warc_offset, table.c.payload_digest)
        query = sa.select(*columns).where(table.c.warc_file.is_not(None)).distinct().order_by(*columns)
        after: tuple[str, int] | None = None
        while True:
            page = query.limit(CHUNK)
            if after is not None:
                page = page.where(sa.tuple_(table.c.warc_file, table.c.warc_offset) > sa.tuple_(*after))
            with self._database.read() as connection:
                rows = connection.execute(page).all()
            for row in rows:
                yield ArchiveRef(
                    warc_file=row.warc_file, warc_offset=row.warc_offset, payload_digest=row.payload_digest or ""
                )
            if len(rows) < CHUNK:
                return
            after = (rows[-1].warc_file, rows[-1].warc_offset)
