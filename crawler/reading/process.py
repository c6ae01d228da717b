"""The first steps of a reading process, apart from the pool so that it loads neither the pool nor its settings."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading


def prepare_process(memory_bytes: int) -> None:
    """Bound this process's memory, and have it end with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_parent() -> None:
    # If a parent is killed while holding the pool's lock, its processes would wait two minutes for that lock, or else
    # until their page is read, with the parent's files, ports and pipes open
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
