"""What a process keeps of the memory that was freed in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from config.memory import FEW_ARENAS

ROOT = Path(__file__).resolve().parents[3]
# Each thread takes memory while all the others live; then the C library tells of its arenas
ARENAS = """
import ctypes, threading
from config.memory import share_arenas

share_arenas()
together = threading.Barrier(8)
threads = [threading.Thread(target=lambda: (bytearray(100_000), together.wait())) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""

# The last of many pieces keeps the C library from giving back the others by itself
FREED = """
import mmap
from pathlib import Path
from config.memory import give_back

def resident_mebibytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE / 2**20

pieces = [bytearray(100_000) for _ in range(1_000)]
last = pieces.pop()
pieces.clear()
before = resident_mebibytes()
give_back()
print(before - resident_mebibytes())
"""


def test_threads_share_the_few_arenas_that_pages_pass_through() -> None:
    done = subprocess.run([sys.executable, "-c", ARENAS], cwd=ROOT, capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if line.startswith("Arena")]

    assert 1 <= len(told) <= FEW_ARENAS


def test_what_was_freed_below_what_is_in_use_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], cwd=ROOT, capture_output=True, text=True, check=True)

    assert float(done.stdout) > 80
