"""Slots of schedules, requests, pauses and keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", store.schema.Instant(), nullable=False),
        sa.Column("last_used_at", store.schema.Instant(), nullable=True),
        sa.Column("revoked_at", store.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
    )
    op.create_table(
        "pause",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("paused_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_pause")),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("scope_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", store.schema.Instant(), nullable=False),
        sa.Column("started_at", store.schema.Instant(), nullable=True),
        sa.Column("ended_at", store.schema.Instant(), nullable=True),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index("ix_request_created_at", "request", ["created_at"], unique=False)
    op.create_index(
        "ix_request_open",
        "request",
        ["scope_digest"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "slot",
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("slot_at", store.schema.Instant(), nullable=False),
        sa.Column("fired_at", store.schema.Instant(), nullable=False),
        sa.Column("missed_count", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=True),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "slot_at", name=op.f("pk_slot")),
    )
    op.create_table(
        "request_url",
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("url_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prior_due_at", store.schema.Instant(), nullable=True),
        sa.Column("done_at", store.schema.Instant(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_url_request_id")),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_request_url_url_id")),
        sa.PrimaryKeyConstraint("request_id", "url_id", name=op.f("pk_request_url")),
    )
    op.create_index("ix_request_url_url_id", "request_url", ["url_id"], unique=False)
    op.create_index("ix_article_first_seen_at", "article", ["first_seen_at"], unique=False)
    op.add_column("url", sa.Column("requested_at", store.schema.Instant(), nullable=True))
    op.create_index(
        "ix_url_failing",
        "url",
        ["source_id"],
        unique=False,
        sqlite_where=sa.text("state = 'failing'"),
        postgresql_where=sa.text("state = 'failing'"),
    )
