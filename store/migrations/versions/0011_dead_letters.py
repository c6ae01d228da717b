"""One word for what was given up: an outbox entry that the engine refuses is dead, like an alert nobody accepted."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE outbox SET state = 'dead' WHERE state = 'quarantined'")
