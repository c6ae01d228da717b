"""Boilerplate models may be stored as the difference from another model of their source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("boilerplate_model", sa.Column("base", sa.String(length=16), nullable=True))
    where = sa.text("base IS NOT NULL")
    op.create_index(
        "ix_boilerplate_model_base", "boilerplate_model", ["base"], sqlite_where=where, postgresql_where=where
    )
    op.create_table(
        "boilerplate_base",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_boilerplate_base")),
    )
