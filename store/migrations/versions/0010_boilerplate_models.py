"""The boilerplate models with which versions were read; indexes of a source's pages that are gone or answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boilerplate_model",
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_boilerplate_model")),
    )
    op.create_index(
        "ix_article_version_boilerplate_version",
        "article_version",
        ["boilerplate_version"],
        sqlite_where=sa.text("boilerplate_version <> ''"),
        postgresql_where=sa.text("boilerplate_version <> ''"),
    )
    op.drop_index("ix_url_failing", "url")
    op.create_index(
        "ix_url_failing",
        "url",
        ["source_id", "last_outcome"],
        sqlite_where=sa.text("state = 'failing'"),
        postgresql_where=sa.text("state = 'failing'"),
    )
    op.create_index("ix_url_seen", "url", ["source_id", "last_seen_at"])
