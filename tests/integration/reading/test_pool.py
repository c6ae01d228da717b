"""The processes that read pages end with the one that started them, however it ends."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

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
