"""Fills of feed gaps and spans, subscriptions at hubs, and the archive files that pages were taken from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_ID = store.schema.ROW_ID


def upgrade() -> None:
    op.add_column("fetch", sa.Column("taken_from", store.schema.CleanText(), nullable=True))
    op.add_column("article_version", sa.Column("taken_from", store.schema.CleanText(), nullable=True))
    op.create_table(
        "feed_window",
        sa.Column("url_id", ROW_ID, nullable=False),
        sa.Column("read_at", store.schema.Instant(), nullable=False),
        sa.Column("entries", store.schema.CleanJson(), nullable=False),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_feed_window_url_id_url")),
        sa.PrimaryKeyConstraint("url_id", name=op.f("pk_feed_window")),
    )
    op.create_table(
        "fill",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("feed_id", ROW_ID, nullable=True),
        sa.Column("since_at", store.schema.Instant(), nullable=False),
        sa.Column("until_at", store.schema.Instant(), nullable=False),
        sa.Column("created_at", store.schema.Instant(), nullable=False),
        sa.Column("ended_at", store.schema.Instant(), nullable=True),
        sa.Column("document_count", sa.Integer(), nullable=False),
        sa.Column("found_count", sa.Integer(), nullable=False),
        sa.Column("detail", store.schema.CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fill")),
    )
    op.create_index("ix_fill_source", "fill", ["source_id", "id"])
    op.create_index(
        "ix_fill_open",
        "fill",
        ["source_id"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "fill_url",
        sa.Column("fill_id", ROW_ID, nullable=False),
        sa.Column("url_id", ROW_ID, nullable=False),
        sa.Column("done_at", store.schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["fill_id"], ["fill.id"], name=op.f("fk_fill_url_fill_id_fill")),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_fill_url_url_id_url")),
        sa.PrimaryKeyConstraint("fill_id", "url_id", name=op.f("pk_fill_url")),
    )
    op.create_index("ix_fill_url_url_id", "fill_url", ["url_id"])
    op.create_table(
        "subscription",
        sa.Column("url_id", ROW_ID, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("hub_url", store.schema.CleanText(), nullable=False),
        sa.Column("topic_url", store.schema.CleanText(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("next_attempt_at", store.schema.Instant(), nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("expires_at", store.schema.Instant(), nullable=True),
        sa.Column("notified_at", store.schema.Instant(), nullable=True),
        sa.Column("detail", store.schema.CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_subscription_url_id_url")),
        sa.PrimaryKeyConstraint("url_id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("token", name=op.f("uq_subscription_token")),
    )
