"""Standing searches, what they matched, and where that is delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing_search",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", store.schema.CleanText(), nullable=False),
        sa.Column("query", store.schema.CleanText(), nullable=False),
        sa.Column("filters", store.schema.CleanJson(), nullable=False),
        sa.Column("owner_key_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", store.schema.Instant(), nullable=False),
        sa.Column("changed_at", store.schema.Instant(), nullable=False),
        sa.Column("paused_at", store.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_search")),
    )
    op.create_table(
        "standing_delivery",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("search_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.Column("target", store.schema.CleanText(), nullable=True),
        sa.Column("secret", sa.String(length=64), nullable=True),
        sa.Column("pace", sa.String(length=16), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("created_at", store.schema.Instant(), nullable=False),
        sa.Column("revoked_at", store.schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["search_id"], ["standing_search.id"], name=op.f("fk_standing_delivery_search_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_delivery")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_standing_delivery_token_digest")),
    )
    op.create_index("ix_standing_delivery_search_id", "standing_delivery", ["search_id"])
    op.create_table(
        "standing_match",
        sa.Column("id", store.schema.ROW_ID, autoincrement=True, nullable=False),
        sa.Column("search_id", sa.String(length=16), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("matched_at", store.schema.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["search_id"], ["standing_search.id"], name=op.f("fk_standing_match_search_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_match")),
        sa.UniqueConstraint("search_id", "article_id", name=op.f("uq_standing_match_search_id_article_id")),
    )
    op.create_index("ix_standing_match_newest", "standing_match", ["search_id", "id"])
    op.create_table(
        "standing_alert",
        sa.Column("id", store.schema.ROW_ID, autoincrement=True, nullable=False),
        sa.Column("delivery_id", sa.String(length=16), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("matched_at", store.schema.Instant(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", store.schema.Instant(), nullable=False),
        sa.Column("reason", store.schema.CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["standing_delivery.id"], name=op.f("fk_standing_alert_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_alert")),
    )
    op.create_index("ix_standing_alert_due", "standing_alert", ["state", "next_attempt_at"])
    op.create_index("ix_standing_alert_delivery_id", "standing_alert", ["delivery_id", "id"])
    op.create_table(
        "standing_queue",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("enqueued_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_standing_queue")),
    )
    op.create_index("ix_standing_queue_enqueued_at", "standing_queue", ["enqueued_at"])
