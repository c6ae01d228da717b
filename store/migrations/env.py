"""How alembic runs our migrations: inside the transaction that store.migrate opened."""

from __future__ import annotations

from alembic import context

from store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction is the one
    render_as_batch=True,
)
context.run_migrations()
