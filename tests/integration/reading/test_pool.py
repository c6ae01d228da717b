"""The processes that read pages end with the one that started them, however it ends."""

from __future__ import annotations

import asyncio
import multiprocessing
import multiprocessing.forkserver
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pebble.pool.process import WORKERS_NAME

from config.settings import ExtractionSettings
from crawler.reading.pool import ReadingFailed, ReadingPool

CRASH = """
import asyncio, os, signal, time
from config.settings import ExtractionSettings
from crawler.reading.pool import ReadingPool

async def crash():
    pool = ReadingPool(ExtractionSettings(processes=2))
    await pool.run(os.getpid)
    {moment}
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(crash())
"""
MEMORY_BYTES = ExtractionSettings().memory_bytes
MOMENTS = {
    "while a page is read": "reading = asyncio.create_task(pool.run(time.sleep, 600)); await asyncio.sleep(0.5)",
    "while it stops its processes": "pool._pool._pool_manager.worker_manager.workers_channel.mutex.acquire()",
}
KILLED_ONCE = """
import os, pathlib, signal
path = pathlib.Path({path!r})
if not path.exists():
    path.touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS.keys())
def test_a_killed_worker_leaves_no_reading_process(moment: str) -> None:
    """Its processes hold its output open for as long as they live."""
    command = [sys.executable, "-c", CRASH.format(moment=moment)]
    killed = subprocess.run(command, capture_output=True, timeout=600, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr


def test_a_page_that_takes_too_long_or_too_much_is_given_up_and_the_next_is_read() -> None:
    async def read() -> list[str]:
        pool = ReadingPool(ExtractionSettings(processes=1, timeout_seconds=0.5))
        told = []
        try:
            await pool.run(int, 1)  # the process is there
            for function, argument in ((time.sleep, 600), (bytes, MEMORY_BYTES * 2), (os._exit, 1)):
                with pytest.raises(ReadingFailed) as failed:
                    await pool.run(function, argument)
                told.append(f"{failed.value.timed_out} {failed.value}")
            assert await pool.run(int, 7) == 7
        finally:
            pool.close()
        return told

    slow, large, dead = asyncio.run(read())
    assert slow == "True took longer than 0.5 s"
    assert large == "True needed more memory than it may have"
    assert dead.startswith("False its process died")


def test_a_page_whose_process_is_killed_from_outside_is_read_by_another(tmp_path: Path) -> None:
    """As when the system is short of memory: the next look at a page that could not be read is a day away."""

    async def read() -> None:
        pool = ReadingPool(ExtractionSettings(processes=1))
        try:
            await pool.run(exec, KILLED_ONCE.format(path=str(tmp_path / "killed")))
        finally:
            pool.close()

    asyncio.run(read())
    assert (tmp_path / "killed").exists()


def test_no_process_of_a_pool_that_broke_stays() -> None:
    """One that is killed while none reads takes the pool along; the others would stay, each time the rest of a pool."""

    async def is_left() -> bool:
        pool = ReadingPool(ExtractionSettings(processes=2))
        try:
            await pool.run(int, 1)
            first, second = (each.pid for each in multiprocessing.active_children() if each.name == WORKERS_NAME)
            assert first is not None
            os.kill(first, signal.SIGKILL)
            while pool._pool is not None and pool._pool.active:
                await asyncio.sleep(0.01)
            assert await pool.run(int, 7) == 7
            assert pool._ending is not None
            pool._ending.join()
            return Path(f"/proc/{second}").exists()
        finally:
            pool.close()

    assert not asyncio.run(is_left())


def test_a_pool_is_begun_though_the_server_of_its_processes_was_killed_just_now() -> None:
    """It is the largest of them, and the system's first choice where memory is short."""

    async def read() -> int:
        first, second = ReadingPool(ExtractionSettings(processes=1)), ReadingPool(ExtractionSettings(processes=1))
        try:
            await first.run(int, 1)
            first.close()
            server: Any = multiprocessing.forkserver._forkserver  # only there is its process named
            os.kill(server._forkserver_pid, signal.SIGKILL)
            return await second.run(int, 7)
        finally:
            second.close()

    assert asyncio.run(read()) == 7
