"""A cluster's leader is found by its standing: a cluster's id no longer is its leader's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_copy_sketch_cluster", table_name="copy_sketch")
    where = sa.text("cluster_id IS NOT NULL")
    op.create_index(
        "ix_copy_sketch_cluster",
        "copy_sketch",
        ["cluster_id", "standing", "seniority"],
        sqlite_where=where,
        postgresql_where=where,
    )
