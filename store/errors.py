"""Errors of the store, all news.errors.StoreError. When one is raised, nothing was written, except by UnreadableFile.

StoreError
├── SchemaTooNew    the database was made by a newer newsdex
├── StoreCorrupt    the database file is damaged
├── StoreBusy       another process holds what this one needs: try again later
└── UnreadableFile  a file of somebody else's archive is damaged or cut off: continue with the next
"""

from __future__ import annotations

from news.errors import StoreError


class SchemaTooNew(StoreError):
    """The database was made by a newer newsdex."""


class StoreCorrupt(StoreError):
    """The database file is damaged."""


class StoreBusy(StoreError):
    """Another process holds what this one needs."""


class UnreadableFile(StoreError):
    """A file of somebody else's archive, or its index, cannot be read to its end; what precedes was yielded."""

    exit_code = 1
