"""The processes that read pages end with the one that started them, however it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest

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
