"""Finds the corpora that developers have beside their checkout; they are never part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2].parent / "shared" / "corpora"


def corpora_folder() -> Path | None:
    """The folder of the corpora, or None on a machine without them."""
    folder = Path(os.environ["NEWSDEX_CORPORA"]) if os.environ.get("NEWSDEX_CORPORA") else _BESIDE
    return folder if folder.is_dir() else None


def need_corpora() -> Path:
    """The folder of the corpora; skips the test without it, or fails it where NEWSDEX_REQUIRE is 1."""
    folder = corpora_folder()
    if folder is not None:
        return folder
    message = "no corpora: set NEWSDEX_CORPORA to their folder"
    if os.environ.get("NEWSDEX_REQUIRE") == "1":
        pytest.fail(message)
    pytest.skip(message)
