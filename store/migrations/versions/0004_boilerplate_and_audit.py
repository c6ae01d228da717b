"""Boilerplate that sources show on different stories, and how their pages usually read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "article_version",
        sa.Column("boilerplate_version", sa.String(length=16), nullable=False, server_default=""),
    )
    op.add_column("article_version", sa.Column("extraction_score", sa.Float(), nullable=True))
    op.create_table(
        "boilerplate_block",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", store.schema.CleanText(), nullable=False),
        sa.Column("is_repeated", sa.Boolean(), nullable=False),
        sa.Column("story_count", sa.Integer(), nullable=False),
        sa.Column("since_at", store.schema.Instant(), nullable=False),
        sa.Column("last_seen_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "digest", name=op.f("pk_boilerplate_block")),
    )
    op.create_index("ix_boilerplate_block_last_seen_at", "boilerplate_block", ["source_id", "last_seen_at"])
    op.create_table(
        "shown_page",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("seen_at", store.schema.Instant(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "article_id", name=op.f("pk_shown_page")),
    )
    op.create_index("ix_shown_page_seen_at", "shown_page", ["source_id", "seen_at"])
    op.create_index(
        "ix_shown_page_stale",
        "shown_page",
        ["source_id"],
        sqlite_where=sa.text("is_stale"),
        postgresql_where=sa.text("is_stale"),
    )
    op.create_table(
        "extraction_usual",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("record", store.schema.CleanJson(), nullable=False),
        sa.Column("updated_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_extraction_usual")),
    )
    op.create_table(
        "extraction_alarm",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("since_at", store.schema.Instant(), nullable=False),
        sa.Column("ended_at", store.schema.Instant(), nullable=True),
        sa.Column("evidence", store.schema.CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "kind", "since_at", name=op.f("pk_extraction_alarm")),
    )
    op.create_index("ix_extraction_alarm_standing", "extraction_alarm", ["source_id", "ended_at"])
