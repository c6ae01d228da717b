"""What a test needs of the machine: without it the test is skipped, or fails where everything has to be there."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def miss(reason: str) -> NoReturn:
    """End the test: failed where NEWSDEX_REQUIRE is 1, as in `.ci/run`, else skipped."""
    if os.environ.get("NEWSDEX_REQUIRE") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def need_program(name: str, *, package: str) -> None:
    """End the test where this program is not installed."""
    if shutil.which(name) is None:
        miss(f"needs {name}: apt-get install {package}")
