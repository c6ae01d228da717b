"""Kills this process when it comes to a certain SQL statement or commit."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

COMMITS = ("commit",)
MOMENTS = ("before_cursor_execute", *COMMITS)


def die_at(number: int, moments: Sequence[str] = MOMENTS) -> None:
    """SIGKILL before the statement or commit of this number, from 1, whatever engine runs it."""
    count = 0

    def kill(*_args: Any) -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in moments:
        event.listen(Engine, moment, kill)
