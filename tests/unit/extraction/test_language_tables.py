"""The detector's tables are kept whole or made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crawler.extraction import language_model
from crawler.extraction.language_tables import Sequences, Tables, keep_tables, kept_tables, tables_file

TABLES = Tables(
    scores=np.arange(6, dtype=np.float16).reshape(3, 2),
    priors=np.array([0.5, 0.25], dtype=np.float32),
    languages=np.array(["en", "tr"]),
    sequences=(Sequences(np.array([7, 9], dtype=np.uint64), np.array([0, -1], dtype=np.int32)),) * 2,
)


def parts(tables: Tables) -> list[list[object]]:
    arrays: list[np.ndarray[Any, Any]] = [tables.scores, tables.priors, tables.languages]
    arrays += [array for each in tables.sequences for array in (each.keys, each.features)]
    return [[array.dtype, array.tolist()] for array in arrays]


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "tables.npz"
    keep_tables(TABLES, file)
    kept = kept_tables(file)
    assert kept is not None
    assert parts(kept) == parts(TABLES)
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("damage", ["cut off", "changed", "empty", "of something else"])
def test_what_is_damaged_is_as_nothing(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "tables.npz"
    keep_tables(TABLES, file)
    whole = file.read_bytes()
    at = whole.index(TABLES.scores.tobytes())
    other = {"cut off": whole[:-30], "changed": whole[:at] + b"\xff" + whole[at + 1 :], "empty": b""}
    file.write_bytes(other.get(damage, b"nothing of the kind"))
    assert kept_tables(file) is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    keep_tables(TABLES, tmp_path / "file" / "tables.npz")
    keep_tables(TABLES, None)
    assert kept_tables(tmp_path / "file" / "tables.npz") is kept_tables(None) is None


def test_the_cache_is_where_the_environment_says() -> None:
    at = tables_file({"XDG_CACHE_HOME": "/cache", "HOME": "/home/ada"})
    assert at is not None
    assert at.parent == Path("/cache/newsdex")
    at = tables_file({"HOME": "/home/ada"})
    assert at is not None
    assert at.parent == Path("/home/ada/.cache/newsdex")
    assert tables_file({}) is None


def test_kept_tables_tell_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = language_model.identifier.__wrapped__()
    assert [file.suffix for file in (tmp_path / "newsdex").iterdir()] == [".npz"]
    monkeypatch.setattr("crawler.extraction.language_model.LanguageIdentifier.from_model_file", None)  # not read again
    kept = language_model.identifier.__wrapped__()
    for text in ("The ferry left the harbour.", "Köprü yeniden açıldı.", "フェリーは港を出た。", ""):
        assert kept.rank(text) == made.rank(text)
