"""What a killed process leaves in the temporary folder is removed by the next, and nothing of anybody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

READ = """
import asyncio, os, signal
from config.settings import ExtractionSettings
from crawler.reading.pool import ReadingPool

async def read():
    pool = ReadingPool(ExtractionSettings(processes=1))
    await pool.run(os.getpid)
    {end}

asyncio.run(read())
"""
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
WAITING = "print(flush=True); input()"


def command(end: str) -> list[str]:
    return [sys.executable, "-c", READ.format(end=end)]


def folders(temporary: Path) -> set[Path]:
    return set(temporary.glob("pymp-*"))


def test_the_folders_of_killed_processes_go_and_those_of_others_stay(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    another = tmp_path / "pymp-another"
    another.mkdir()
    (another / "listener-another").touch()
    pipe = subprocess.PIPE
    with subprocess.Popen(command(WAITING), env=environment, text=True, stdin=pipe, stdout=pipe) as living:
        assert living.stdout is not None
        assert living.stdout.readline() == "\n"
        kept = folders(tmp_path)
        assert len(kept) == 2

        assert subprocess.run(command(KILLED), env=environment, check=False).returncode == -signal.SIGKILL
        assert len(folders(tmp_path)) == 3
        subprocess.run(command("pool.close()"), env=environment, check=True)
        assert folders(tmp_path) == kept

        living.communicate("\n", timeout=600)
    assert folders(tmp_path) == {another}
