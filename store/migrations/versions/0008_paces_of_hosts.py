"""When hosts were asked, how fast they may be asked, and the requests made compared with what they allowed."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pace = op.create_table(
        "host_pace",
        sa.Column("host", store.schema.CleanText(), nullable=False),
        sa.Column("last_asked_at", store.schema.Instant(), nullable=True),
        sa.Column("retry_at", store.schema.Instant(), nullable=True),
        sa.Column("delay_seconds", sa.Float(), nullable=True),
        sa.Column("asked_count", sa.BigInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_pace")),
    )
    op.create_table(
        "host_request",
        sa.Column("host", store.schema.CleanText(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("asked_at", store.schema.Instant(), nullable=False),
        sa.Column("url", store.schema.CleanText(), nullable=False),
        sa.Column("rule", store.schema.CleanText(), nullable=False),
        sa.Column("demanded_seconds", sa.Float(), nullable=False),
        sa.Column("kept_seconds", sa.Float(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("host", "place", name=op.f("pk_host_request")),
    )
    op.create_index("ix_host_request_source_id", "host_request", ["source_id"])
    op.create_table(
        "host_day",
        sa.Column("host", store.schema.CleanText(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("asked_count", sa.Integer(), nullable=False),
        sa.Column("throttled_count", sa.Integer(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("early_count", sa.Integer(), nullable=False),
        sa.Column("least_kept_seconds", sa.Float(), nullable=True),
        sa.Column("most_demanded_seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("host", "day", name=op.f("pk_host_day")),
    )
    _keep_waits(pace)
    op.drop_column("host", "retry_at")


def _keep_waits(pace: sa.Table) -> None:
    """Carry over waits, which were kept by origin; http and https of a host are one server to its publisher."""
    connection = op.get_bind()
    kept: dict[str, int] = {}
    for origin, retry_at in connection.execute(sa.text("SELECT host, retry_at FROM host WHERE retry_at IS NOT NULL")):
        host = origin.partition("://")[2] or origin
        kept[host] = max(retry_at, kept.get(host, 0))
    for host, retry_at in kept.items():
        moment = datetime.fromtimestamp(retry_at / 1e6, UTC)
        connection.execute(sa.insert(pace).values(host=host, retry_at=moment, asked_count=0))
