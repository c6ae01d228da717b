"""Libraries that only the training scripts need."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


def needed(name: str) -> ModuleType:
    """The module of this name; says what installs it and exits with 2 if it cannot be loaded."""
    try:
        return import_module(name)
    except (ImportError, OSError) as error:  # the latter if a library of the system is missing
        print(f"{name.partition('.')[0]} cannot be loaded ({error}); run: make training", file=sys.stderr)
        raise SystemExit(2) from error
