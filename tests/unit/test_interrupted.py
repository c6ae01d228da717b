"""Ctrl-C before a command has begun ends it as one that has: with its exit code, and without a traceback."""

from __future__ import annotations

import importlib.abc
import sys
from collections.abc import Callable

import pytest

import cli.main
from cli.entry import run


class Interrupted(importlib.abc.MetaPathFinder):
    """Ctrl-C while the commands are imported."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "cli.main":
            raise KeyboardInterrupt


def while_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cli.main")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])


def while_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.main, "app", interrupted)


@pytest.mark.parametrize("begin", [while_imported, while_read])
def test_it_ends_with_130(begin: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    begin(monkeypatch)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 130
