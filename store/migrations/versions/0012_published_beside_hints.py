"""The publication time read in a page is kept apart from a feed's hint, so that no reading is a hint to the next."""

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
