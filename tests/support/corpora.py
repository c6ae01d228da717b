"""Finds the corpora that developers have beside their checkout; they are never part of it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.needs import miss

_BESIDE = Path(__file__).parents[2].parent / "shared" / "corpora"


def corpora_folder() -> Path | None:
    """The folder of the corpora, or None on a machine without them."""
    folder = Path(os.environ["NEWSDEX_CORPORA"]) if os.environ.get("NEWSDEX_CORPORA") else _BESIDE
    return folder if folder.is_dir() else None


def need_corpora() -> Path:
    """The folder of the corpora, without which the test ends."""
    return corpora_folder() or miss("no corpora: set NEWSDEX_CORPORA to their folder")
