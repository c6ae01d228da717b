"""Alembic migrations; a test checks that they lead to store.schema."""
