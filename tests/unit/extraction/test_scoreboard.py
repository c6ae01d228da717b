"""The scoreboard is of all extractors that the docs name, or there is none."""

from __future__ import annotations

import importlib.util

import pytest

from benchmarks import extraction


def test_a_scoreboard_without_one_of_the_others_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda module: None if module == "newspaper" else object())
    with pytest.raises(SystemExit, match="not installed here: newspaper4k; run: make scoreboard"):
        extraction.others()
