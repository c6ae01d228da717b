"""What visits have taught about each source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revisit_habits",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("record", store.schema.CleanJson(), nullable=False),
        sa.Column("updated_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_revisit_habits")),
    )
