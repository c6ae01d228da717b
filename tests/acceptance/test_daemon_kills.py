"""SIGKILL of the daemon or of its worker at random moments while articles come: what follows is whole."""

from __future__ import annotations

import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Commands
from tests.support.daemons import DaemonProcess, wait_for
from tests.support.replay_site import ReplaySite, write_pages
from tests.support.whole import assert_whole

ARTICLES = 40
PUBLISHED = 5  # before each kill, so that there is always something to write
KILLS = 5
MOST_SECONDS = 12.0  # of life: a start takes some, and the first crawl
SEEDS = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 9)]


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[ReplaySite]:
    (tmp_path / "pages").mkdir()
    with ReplaySite(write_pages(tmp_path / "pages"), articles=ARTICLES) as started:
        yield started


@pytest.fixture(params=["small", pytest.param("large", marks=[pytest.mark.elasticsearch, pytest.mark.postgresql])])
def installed(request: pytest.FixtureRequest, tmp_path: Path, publisher: ReplaySite) -> Commands:
    """An installation that follows the publisher: on SQLite with the embedded engine, or with both servers."""
    (tmp_path / "home").mkdir()
    commands = Commands(tmp_path / "home")
    commands.configure(shipped_sources=False)
    if request.param == "large":
        engine: dict[str, Any] = request.getfixturevalue("elasticsearch_engine")
        commands.configure(engine=engine, database_url=request.getfixturevalue("postgresql_database"))
    commands.follow("replay", **publisher.source, schedule="every 10 seconds")
    return commands


@pytest.mark.parametrize("seed", SEEDS)
def test_kills_at_random_moments_lose_and_double_nothing(installed: Commands, publisher: ReplaySite, seed: int) -> None:
    chance = random.Random(seed)
    moments = []
    for _ in range(KILLS):
        publisher.publish(PUBLISHED)
        daemon = DaemonProcess(installed)
        moments.append((chance.choice(["daemon", "worker"]), chance.uniform(0, MOST_SECONDS)))
        kill_after(daemon, *moments[-1])
        assert "Traceback" not in "".join(daemon.log)
        assert installed.run("archive", "verify").returncode == 0, moments

    print(f"killed: {moments}")  # shown when the test fails
    daemon = DaemonProcess(installed).ready()
    wait_for(lambda: has_all(installed, ARTICLES + KILLS * PUBLISHED), saying=lambda: "".join(daemon.log))
    assert daemon.stop() == 0
    assert_whole(installed, articles=ARTICLES + KILLS * PUBLISHED)
    assert installed.run("archive", "verify").returncode == 0


def kill_after(daemon: DaemonProcess, which: str, seconds: float) -> None:
    """Let it run for so long and kill it; or its worker, and have it stop as it starts another."""
    with suppress(subprocess.TimeoutExpired):
        daemon.wait(seconds)
    if which == "worker":
        daemon.kill_workers()
        daemon.stop()
    else:  # its worker ends by itself, beside the next one
        daemon.signal(signal.SIGKILL)
        daemon.wait()


def has_all(commands: Commands, count: int) -> bool:
    with commands.opened() as opened:
        counts = opened.store.counts()
        return counts.articles == count and not counts.outbox.pending and not opened.store.activity.open_runs()
