"""systemd reads the unit without a complaint and finds little that is exposed."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.needs import need_program

UNIT = Path(__file__).resolve().parents[3] / "deploy" / "newsdex.service"
MOST_EXPOSED = 2.0  # of 10, as systemd-analyze rates it; a daemon that needs the network is at 1 at best


@pytest.fixture(autouse=True)
def _systemd() -> None:
    need_program("systemd-analyze", package="systemd")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, starting a program that this machine has."""
    path = tmp_path / UNIT.name
    path.write_text(UNIT.read_text().replace("/opt/newsdex/bin/newsdex", "/bin/true"))
    return path


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def test_unit_is_accepted(unit: Path) -> None:
    done = analyze("verify", str(unit))
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_typing_mistake_would_be_found(unit: Path) -> None:
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystem=tight"))
    assert "protect system value" in analyze("verify", str(unit)).stderr


def test_little_is_exposed(unit: Path) -> None:
    done = analyze("security", "--offline=true", str(unit))
    found = re.search(r"Overall exposure level for newsdex\.service: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= MOST_EXPOSED


def test_signals_are_those_the_daemon_knows() -> None:
    text = UNIT.read_text()
    assert "KillSignal=SIGTERM" in text
    assert "ExecReload=/bin/kill -HUP $MAINPID" in text
    assert "ExecStart=/opt/newsdex/bin/newsdex daemon" in text
