"""What is said of an index that cannot be read."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.embedded.reader import _unreadable


def test_who_may_not_write_is_not_told_to_rebuild() -> None:
    of_tantivy = 'Failed to acquire Lockfile: IoError(Os { code: 13, kind: PermissionDenied, message: "no" }). None'
    assert "may not be written by this user, which reading takes too" in _unreadable(Path("index"), of_tantivy)
    assert "cannot be read: damaged; rebuild it" in _unreadable(Path("index"), "damaged")
