"""What `newsdex status` says of sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from cli.commands.status import print_sources
from tests.support.operated import GAZETTE
from tests.unit.operations.test_troubles import ROW, WELL


def test_a_source_that_is_disabled_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    print_sources(WELL, UTC)
    assert "(disabled)" not in capsys.readouterr().out
    print_sources(replace(WELL, sources=(replace(ROW, source=replace(GAZETTE, enabled=False)),)), UTC)
    assert "gazette (disabled)" in capsys.readouterr().out
