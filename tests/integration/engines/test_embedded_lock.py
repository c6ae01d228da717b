"""The embedded index where its folder cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.embedded.engine import EmbeddedEngine
from news.errors import EngineError


def test_a_lock_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "newsdex.lock").mkdir()  # in the way for root, too
    with pytest.raises(EngineError, match=r"newsdex\.lock cannot be written: Is a directory; check its owner"):
        EmbeddedEngine(folder=tmp_path, name="newsdex").open()
