"""When a URL last failed, and an index of the read pages that now answer that they are not there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LOST = "state = 'failing' AND last_status IN (404, 410) AND kind = 'article' AND last_fetched_at IS NOT NULL"


def upgrade() -> None:
    op.add_column("url", sa.Column("failed_at", sa.BigInteger, nullable=True))
    where = sa.text(LOST)
    op.create_index("ix_url_lost", "url", ["source_id", "failed_at"], sqlite_where=where, postgresql_where=where)
