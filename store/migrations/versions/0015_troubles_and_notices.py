"""Troubles noted by the daemon, and notices of them to operators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trouble",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("what", store.schema.CleanText(), nullable=False),
        sa.Column("evidence", store.schema.CleanText(), nullable=False),
        sa.Column("todo", store.schema.CleanText(), nullable=False),
        sa.Column("since_at", store.schema.Instant(), nullable=True),
        sa.Column("first_seen_at", store.schema.Instant(), nullable=False),
        sa.Column("told_at", store.schema.Instant(), nullable=True),
        sa.Column("gone_at", store.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "source_id", "part", name=op.f("pk_trouble")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_at", store.schema.Instant(), nullable=False),
        sa.Column("subject", store.schema.CleanText(), nullable=False),
        sa.Column("text", store.schema.CleanText(), nullable=False),
        sa.Column("body", store.schema.CleanJson(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_made_at", "notice", ["made_at"])
    op.create_table(
        "notice_delivery",
        sa.Column("id", store.schema.ROW_ID, autoincrement=True, nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", store.schema.CleanText(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", store.schema.Instant(), nullable=False),
        sa.Column("reason", store.schema.CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
    )
    op.create_index("ix_notice_delivery_due", "notice_delivery", ["state", "next_attempt_at"])
    op.create_index("ix_notice_delivery_notice_id", "notice_delivery", ["notice_id"])
