"""The embedded index where its folder cannot be written, or has no room."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.engines.embedded.engine import EmbeddedEngine
from news.errors import EngineError, EngineUnavailable


def test_a_lock_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "newsdex.lock").mkdir()  # in the way for root, too
    with pytest.raises(EngineError, match=r"newsdex\.lock cannot be written: Is a directory; check its owner"):
        EmbeddedEngine(folder=tmp_path, name="newsdex").open()


def test_an_index_is_not_rebuilt_where_it_would_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = EmbeddedEngine(folder=tmp_path, name="newsdex")
    engine.open()
    engine.start_build().discard()
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=10))
    with pytest.raises(EngineUnavailable, match=r"cannot be rebuilt.* 0 MiB are free; make room"):
        engine.start_build()
    assert [path.name for path in tmp_path.glob("newsdex-*")] == ["newsdex-000001"]
    monkeypatch.undo()
    engine.start_build().discard()  # nothing is held
    engine.close()
