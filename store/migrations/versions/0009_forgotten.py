"""What was forgotten for good, so that nothing takes it up again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("forgotten_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_forgotten")),
    )
