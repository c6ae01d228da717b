"""Indexes that find what waits or is under way without scanning all that ever was.

Also a source's documents, the articles merged into another, and what lies in one archive file.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_url_document", "url", ["source_id"], "kind <> 'article'"),
    ("ix_article_merged_into", "article", ["merged_into"], "merged_into IS NOT NULL"),
    ("ix_run_open", "run", ["source_id"], "ended_at IS NULL"),
    ("ix_slot_open", "slot", ["source_id"], "run_id IS NULL AND skipped IS NULL"),
    ("ix_fetch_place", "fetch", ["warc_file", "warc_offset"], "warc_file IS NOT NULL"),
    ("ix_article_version_place", "article_version", ["warc_file", "warc_offset"], "warc_file IS NOT NULL"),
)


def upgrade() -> None:
    for name, table, columns, condition in INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
