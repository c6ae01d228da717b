"""Errors of the store; all are news.errors.StoreError: nothing was written when one is raised.

StoreError
├── SchemaTooNew  the database was made by a newer newsdex
├── StoreCorrupt  the database file is damaged
└── StoreBusy     another process holds what this one needs: try again later
"""

from __future__ import annotations

from news.errors import StoreError


class SchemaTooNew(StoreError):
    """The database was made by a newer newsdex."""


class StoreCorrupt(StoreError):
    """The database file is damaged."""


class StoreBusy(StoreError):
    """Another process holds what this one needs."""
