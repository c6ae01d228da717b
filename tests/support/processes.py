"""Processes that tests start, stop and kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store.leases.holders import Holder, this_process

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def python(module: str, *arguments: Any) -> Iterator[subprocess.Popen[str]]:
    """A Python process running this module with these JSON values; killed at the end, whatever state it is in.

    Its stdin and stdout are pipes; its warnings are errors, as in the tests themselves.
    """
    command = [sys.executable, "-W", "error", "-m", module, *map(json.dumps, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGCONT)
            process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line the process prints; blocks until it has, or has ended."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def dead_pid_holder() -> str:
    """The name of a holder on this machine whose process has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return str(Holder(this_process().machine, ended.pid, 1))
