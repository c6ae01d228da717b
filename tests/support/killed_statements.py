"""Kills this process when it comes to a certain SQL statement or commit."""

from __future__ import annotations

import os
import signal
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


def die_at_statement(number: int) -> None:
    """SIGKILL before the statement or commit of this number, from 1, whatever engine runs it."""
    count = 0

    def kill(*_args: Any) -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, kill)
