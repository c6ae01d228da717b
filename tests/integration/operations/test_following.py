"""A request that is followed from the command line says what it waits for, also where no bar is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from cli.commands import requests
from news.requests import RequestKind
from tests.support.operated import Operated


@pytest.fixture
def operated(tmp_path: Path) -> Iterator[Operated]:
    made = Operated(tmp_path)
    yield made
    made.store.close()
    made.engine.close()


@pytest.mark.parametrize("as_json", [True, False])
def test_what_it_waits_for_is_said_once(
    operated: Operated, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    view, _ = operated.operations.requests.ask(RequestKind.REINDEX)
    looks: list[float] = []

    def look_again(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            operated.operations.requests.cancel(view.id)

    monkeypatch.setattr("time.sleep", look_again)
    requests.follow(operated.operations, view.id, UTC, as_json=as_json)

    assert capsys.readouterr().err == f"newsdex: request {view.id} waits: no daemon is running\n"
