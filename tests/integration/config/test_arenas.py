"""What a process keeps of the memory that its threads gave back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from config.arenas import FEW_ARENAS

ROOT = Path(__file__).resolve().parents[3]
# Each thread takes memory while all the others live; then the C library tells of its arenas
SCRIPT = """
import ctypes, threading
from config.arenas import share_arenas

share_arenas()
together = threading.Barrier(8)
threads = [threading.Thread(target=lambda: (bytearray(100_000), together.wait())) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""


def test_threads_share_the_few_arenas_that_pages_pass_through() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if line.startswith("Arena")]

    assert 1 <= len(told) <= FEW_ARENAS
