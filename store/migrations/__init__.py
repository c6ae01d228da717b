"""Alembic migrations; the newest one equals store.schema, which a test holds."""
