"""What a page says of its publication stands beside what a feed had said before: a reading is no hint to the next one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("url", sa.Column("published_at", store.schema.Instant(), nullable=True))
