"""Only the outbox says what the engine confirmed: the article's own columns for it were written but never read."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("article", "indexed_revision")
    op.drop_column("article", "indexed_at")
