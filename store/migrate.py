"""Bringing a database to today's schema."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.errors import SchemaTooNew
from store.sql.database import MIGRATING, Database

HEAD = "0020"  # the newest migration; a test compares it with alembic's own answer


def migrate(database: Database) -> None:
    """Make or upgrade the tables in one transaction. Raises SchemaTooNew if a newer newsdex made the database."""
    with database.read() as connection:
        if current_revision(connection) == HEAD:
            return
    with database.write(alone_in=MIGRATING) as connection:  # a second process waits and finds the work done
        revision = current_revision(connection)
        if revision != HEAD:
            _upgrade(connection, revision, database.name or "the database")


def current_revision(connection: Connection) -> str | None:
    """The database's current migration; None if it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    value = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(value) if value is not None else None


def _upgrade(connection: Connection, revision: str | None, name: str) -> None:
    from alembic import command  # noqa: PLC0415  slow to import, and needed once in a database's life
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "store:migrations")
    if revision is not None and revision not in {
        s.revision for s in ScriptDirectory.from_config(config).walk_revisions()
    }:
        raise SchemaTooNew(
            f"{name} was made by a newer newsdex (schema {revision}, this one knows {HEAD}); upgrade newsdex to use it"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
