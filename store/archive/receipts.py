"""Where the store says that pages lie in the archive, and which payloads are there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from store.archive.exchange import KnownPayload
from store.records import ArchiveRef
from store.schema import article_version, fetch, url
from store.sql.database import Database

CHUNK = 1000  # places per query
_ARCHIVED = (
    sa.select(fetch, url.c.url)
    .join(url, url.c.id == fetch.c.url_id)
    .where(
        fetch.c.id.in_(  # a page that never changes has one fetch with the same payload per revisit
            sa.select(sa.func.min(fetch.c.id))
            .where(fetch.c.payload_digest.in_(sa.bindparam("digests", expanding=True)))
            .group_by(fetch.c.payload_digest)
        )
    )
)


class Receipts:
    """The places in the archive that the record names."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def places(self) -> Iterator[ArchiveRef]:
        """Every place, file by file, once for each digest that a table states for it."""
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

    def known_payloads(self, digests: Sequence[str]) -> dict[str, KnownPayload]:
        """The payloads with these digests that are archived already, by digest."""
        found: dict[str, KnownPayload] = {}
        with self._database.read() as connection:
            for row in connection.execute(_ARCHIVED, {"digests": list(digests)}):
                ref = ArchiveRef(
                    warc_file=row.warc_file, warc_offset=row.warc_offset, payload_digest=row.payload_digest
                )
                known = KnownPayload(ref=ref, url=row.effective_url or row.url, fetched_at=row.fetched_at)
                found[row.payload_digest] = known
        return found
