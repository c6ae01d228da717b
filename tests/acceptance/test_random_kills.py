"""SIGKILL at random moments of crawls and rebuilds: what follows is whole, whatever was under way."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Commands
from tests.support.replay_site import ReplaySite, write_pages
from tests.support.whole import assert_whole

ARTICLES = 60
PUBLISHED = 5  # before each kill, so that there is always something to write
KILLS = 5
CHILDREN_END_SECONDS = 600  # a limit; a dead crawl's extraction processes notice at once
SEEDS = [
    ("embedded", 1),
    *(pytest.param("embedded", seed, marks=pytest.mark.slow) for seed in range(2, 22)),
    *(
        pytest.param("elasticsearch", seed, marks=[pytest.mark.elasticsearch, pytest.mark.slow])
        for seed in range(1, 22)
    ),
]


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[ReplaySite]:
    (tmp_path / "pages").mkdir()
    with ReplaySite(write_pages(tmp_path / "pages"), articles=ARTICLES) as started:
        yield started


def installation(folder: Path, publisher: ReplaySite, engine: dict[str, Any]) -> Commands:
    folder.mkdir()
    commands = Commands(folder)
    commands.configure(engine=engine)
    commands.follow("replay", **publisher.source)
    return commands


def kill_within(commands: Commands, seconds: float, *words: str) -> None:
    """Run a command, and kill it when it has run for so long."""
    with commands.start(*words) as process:
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=CHILDREN_END_SECONDS)  # its children hold the pipes too


@pytest.mark.parametrize(("engine", "seed"), SEEDS, indirect=["engine"])
def test_random_kills_lose_and_double_nothing(
    tmp_path: Path, publisher: ReplaySite, engine: dict[str, Any], seed: int
) -> None:
    chance = random.Random(seed)
    started_at = time.monotonic()
    installation(tmp_path / "unharmed", publisher, {"kind": "embedded"}).crawl()
    most_seconds = time.monotonic() - started_at

    commands = installation(tmp_path / "killed", publisher, engine)
    moments = []
    for _ in range(KILLS):
        publisher.publish(PUBLISHED)
        words = chance.choice([("crawl", "replay"), ("crawl", "replay"), ("reindex",)])
        moments.append((words[0], chance.uniform(0, most_seconds)))
        kill_within(commands, moments[-1][1], *words)

    commands.crawl()
    print(f"killed: {moments}")  # shown when the test fails
    assert_whole(commands, articles=ARTICLES + KILLS * PUBLISHED)
    assert processes_in(commands.home) == []


def processes_in(folder: Path) -> list[str]:
    """The command lines of the processes whose working folder this is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder):
                found.append((process / "cmdline").read_text(encoding="utf-8").replace("\0", " "))
        except OSError:  # it ended meanwhile, or is another user's
            continue
    return found
