"""Habits of each source learned from visits, and keys that find a story under another form of address."""

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
    op.create_table(
        "story_key",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name=op.f("pk_story_key")),
    )
    op.create_index("ix_story_key_article_id", "story_key", ["article_id"], unique=False)
