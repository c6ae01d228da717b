"""The examples in docstrings hold, and docstrings have one voice."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("news", "config", "store", "indexer", "crawler", "search", "scheduler", "cli")
EXAMPLE = "\n    >>> "


def modules() -> list[Path]:
    """Every module of newsdex."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def modules_with_examples() -> list[str]:
    """Names of the modules that have any; found by their text, so that no other is loaded."""
    mine = [path.relative_to(ROOT) for path in modules() if EXAMPLE in path.read_text(encoding="utf-8")]
    return [".".join(path.with_suffix("").parts) for path in mine]


@pytest.mark.parametrize("module", modules_with_examples())
def test_examples_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_a_docstring_names_what_a_function_gives() -> None:
    """As in "The hits of a page.", not "Return the hits of a page."."""
    assert [path for path in modules() if re.search(r'"""Returns?\b', path.read_text(encoding="utf-8"))] == []
