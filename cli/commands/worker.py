"""`worker`: the process that the daemon keeps running. It takes commands on standard input and ends with it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
from functools import partial
from pathlib import Path

from cli.logs import set_up_logging
from cli.wiring import installation, settings_here
from config.sources import load_sources
from crawler.crawls.follower import Follower
from crawler.crawls.worker import Worker
from news.errors import ConfigError
from scheduler.supervisor import ALIVE_SECONDS

log = logging.getLogger(__name__)
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def run_worker() -> None:
    """Follow the sources until told to stop, or until the process is to be replaced."""
    with installation() as opened:
        set_up_logging(opened.settings.log, process="worker")
        worker = Worker(opened.settings, opened.store, on_saved=partial(_say, "saved"))
        try:
            follower = Follower(
                worker=worker,
                store=opened.store,
                settings=opened.settings,
                sources=opened.sources,
                memory_bytes=_memory_bytes,
            )
            threading.Thread(target=_listen, args=[worker, follower], daemon=True).start()
            _say("ready")
            worker.run(_follow(worker, follower))
        finally:
            worker.close()


async def _follow(worker: Worker, follower: Follower) -> None:
    telling = asyncio.create_task(_say_alive(worker))
    try:
        await follower.follow()
    finally:
        telling.cancel()


async def _say_alive(worker: Worker) -> None:
    while True:
        await worker.recorder.call(_say, "alive")  # through the writer's thread, which can hang just like the loop
        await asyncio.sleep(ALIVE_SECONDS)


def _say(word: str) -> None:
    with contextlib.suppress(OSError):  # the daemon is gone; the end of our input stops us
        print(word, flush=True)


def _listen(worker: Worker, follower: Follower) -> None:
    for line in sys.stdin:
        match line.strip():
            case "wake":
                worker.loop.call_soon_threadsafe(follower.wake)
            case "reload":
                worker.loop.call_soon_threadsafe(_reload, follower)
            case "stop":
                break
    worker.loop.call_soon_threadsafe(follower.stop)


def _reload(follower: Follower) -> None:
    try:
        settings = settings_here()
        follower.change_sources(load_sources(settings), settings)
    except ConfigError as error:  # the daemon just checked the files and reported it
        log.error("not reloaded: %s", error)


def _memory_bytes() -> int:
    """The resident memory of this process, from proc(5); 0 where that does not exist."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    except (OSError, IndexError, ValueError):
        return 0
