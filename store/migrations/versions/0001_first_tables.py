"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.Column("first_seen_at", store.schema.Instant(), nullable=False),
        sa.Column("removed_at", store.schema.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", store.schema.Instant(), nullable=True),
        sa.Column("index_revision", sa.BigInteger(), nullable=False),
        sa.Column("indexed_revision", sa.BigInteger(), nullable=False),
        sa.Column("indexed_at", store.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index("ix_article_source", "article", ["source_id", "published_at"], unique=False)
    op.create_table(
        "host",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("robots_status", sa.Integer(), nullable=True),
        sa.Column("robots_body", sa.LargeBinary(), nullable=True),
        sa.Column("robots_fetched_at", store.schema.Instant(), nullable=True),
        sa.Column("retry_at", store.schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("acquired_at", store.schema.Instant(), nullable=False),
        sa.Column("expires_at", store.schema.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "outbox",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("enqueued_at", store.schema.Instant(), nullable=False),
        sa.Column("next_attempt_at", store.schema.Instant(), nullable=False),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_pending", "outbox", ["state", "next_attempt_at"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("trigger", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("started_at", store.schema.Instant(), nullable=False),
        sa.Column("heartbeat_at", store.schema.Instant(), nullable=False),
        sa.Column("ended_at", store.schema.Instant(), nullable=True),
        sa.Column("finish_reason", sa.String(length=24), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_source", "run", ["source_id", "id"], unique=False)
    op.create_table(
        "url",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("url_key", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("discovered_at", store.schema.Instant(), nullable=False),
        sa.Column("discovered_from", sa.Text(), nullable=True),
        sa.Column("next_due_at", store.schema.Instant(), nullable=True),
        sa.Column("lease_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lease_expires_at", store.schema.Instant(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("payload_digest", sa.String(length=80), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("last_fetched_at", store.schema.Instant(), nullable=True),
        sa.Column("last_seen_at", store.schema.Instant(), nullable=True),
        sa.Column("last_changed_at", store.schema.Instant(), nullable=True),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("last_outcome", sa.String(length=24), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.Column("failure_count", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=True),
        sa.Column("title_hint", sa.Text(), nullable=True),
        sa.Column("published_hint", store.schema.Instant(), nullable=True),
        sa.Column("section_hint", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_url")),
        sa.UniqueConstraint("url_key", name=op.f("uq_url_url_key")),
    )
    op.create_index("ix_url_article_id", "url", ["article_id"], unique=False)
    op.create_index("ix_url_due", "url", ["source_id", "priority", "next_due_at"], unique=False)
    op.create_index("ix_url_lease_run_id", "url", ["lease_run_id"], unique=False)
    op.create_table(
        "article_alias",
        sa.Column("url_key", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_alias_article_id")),
        sa.PrimaryKeyConstraint("url_key", name=op.f("pk_article_alias")),
    )
    op.create_index("ix_article_alias_article_id", "article_alias", ["article_id"], unique=False)
    op.create_table(
        "article_version",
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fetched_at", store.schema.Instant(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("extractor_version", sa.String(length=32), nullable=False),
        sa.Column("payload_digest", sa.String(length=80), nullable=True),
        sa.Column("warc_file", sa.Text(), nullable=True),
        sa.Column("warc_offset", sa.BigInteger(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_version_article_id")),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_article_version")),
    )
    op.create_table(
        "fetch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("url_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fetched_at", store.schema.Instant(), nullable=False),
        sa.Column("effective_url", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("body_bytes", sa.BigInteger(), nullable=True),
        sa.Column("duration_seconds", sa.Float(), nullable=True),
        sa.Column("warc_file", sa.Text(), nullable=True),
        sa.Column("warc_offset", sa.BigInteger(), nullable=True),
        sa.Column("payload_digest", sa.String(length=80), nullable=True),
        sa.Column("article_id", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["url_id"], ["url.id"], name=op.f("fk_fetch_url_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
    )
    op.create_index("ix_fetch_article", "fetch", ["article_id", "id"], unique=False)
    op.create_index("ix_fetch_payload", "fetch", ["payload_digest"], unique=False)
    op.create_index("ix_fetch_url", "fetch", ["url_id", "id"], unique=False)
