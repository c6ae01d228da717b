"""The files that pin libraries agree with each other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PIN = re.compile(r"(?m)^([\w.-]+)==(\S+)(?: ; ([^\\\n]+))? \\$")


def pins(name: str) -> dict[tuple[str, str], str]:
    """(library, on which Python) -> version."""
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {(library, condition): version for library, version, condition in found}


def test_what_training_installs_besides_changes_no_library_of_newsdex() -> None:
    added, held = pins("benchmarks/training.lock"), pins("requirements-dev.lock")
    assert ("lightgbm", "") in added
    both = added.keys() & held.keys()
    assert both
    assert {key: added[key] for key in both} == {key: held[key] for key in both}
