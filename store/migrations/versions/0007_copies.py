"""Sketches of article texts, the bands that find near-duplicates, and the clusters that these form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import store.schema

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROW_ID = store.schema.ROW_ID


def upgrade() -> None:
    op.create_table(
        "copy_sketch",
        sa.Column("number", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("recipe", sa.Integer(), nullable=False),
        sa.Column("shingle_count", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("seniority", sa.BigInteger(), nullable=False),
        sa.Column("cluster_id", sa.String(length=32), nullable=True),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_copy_sketch")),
        sa.UniqueConstraint("article_id", name=op.f("uq_copy_sketch_article_id")),
    )
    op.create_index(
        "ix_copy_sketch_cluster",
        "copy_sketch",
        ["cluster_id", "seniority"],
        sqlite_where=sa.text("cluster_id IS NOT NULL"),
        postgresql_where=sa.text("cluster_id IS NOT NULL"),
    )
    op.create_table(
        "copy_band",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", ROW_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "number", name=op.f("pk_copy_band")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_link",
        sa.Column("number", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("other", ROW_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", "other", name=op.f("pk_copy_link")),
        sqlite_with_rowid=False,
    )
