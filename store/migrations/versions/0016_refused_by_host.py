"""An index that finds what a host's robots.txt refused without scanning all its pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("state = 'refused'")
    op.create_index("ix_url_refused", "url", ["host"], sqlite_where=where, postgresql_where=where)
