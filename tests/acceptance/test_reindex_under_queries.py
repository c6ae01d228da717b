"""Rebuilding the index while its search page is asked all the time."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.rebuild import rebuild
from tests.support.commands import Commands
from tests.support.replay_site import ReplaySite, write_pages

ARTICLES = 60
READERS = 3
SWAPS = 10  # besides the one of `newsdex reindex`
MOST_SWAPS = 500  # until each query was answered often enough, which a busy machine does slowly
QUERIES = ("q=water", "q=", "q=vessel&sort=newest", "q=canal&section=world")
START_LIMIT_SECONDS = 600


@pytest.fixture
def followed(tmp_path: Path, engine: dict[str, Any]) -> Iterator[Commands]:
    """An installation that has crawled a site of small pages."""
    for name in ("pages", "home"):
        (tmp_path / name).mkdir()
    with ReplaySite(write_pages(tmp_path / "pages"), articles=ARTICLES) as publisher:
        commands = Commands(tmp_path / "home")
        commands.configure(engine=engine)
        commands.follow("replay", **publisher.source)
        assert commands.crawl()["new_article"] == ARTICLES
        yield commands


def test_no_empty_or_partial_answer_is_seen(followed: Commands) -> None:
    seen: Counter[tuple[str, str]] = Counter()  # query and answer
    ended = threading.Event()

    def read(address: str) -> None:
        while not ended.is_set():
            for query in QUERIES:
                seen[query, answer_of(f"{address}api/v1/search?{query}")] += 1

    with serving(followed) as address:
        expected = {(query, answer_of(f"{address}api/v1/search?{query}")) for query in QUERIES}
        assert all(not answer.startswith("0 ") for _, answer in expected)
        readers = [threading.Thread(target=read, args=(address,)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            assert followed.json("reindex")["documents"] == ARTICLES
            with followed.opened() as opened:
                for swaps in range(1, MOST_SWAPS + 1):
                    rebuild(opened.store.articles, opened.engine, on_progress=lambda done, total: None)
                    if swaps >= SWAPS and min(seen[answer] for answer in expected) > SWAPS:
                        break
        finally:
            ended.set()
            for reader in readers:
                reader.join()
    assert set(seen) == expected
    assert min(seen.values()) > SWAPS


@contextmanager
def serving(commands: Commands) -> Iterator[str]:
    """`newsdex web` while the block runs; the address of its page."""
    with commands.start("web", "--port", "0") as process:
        killer = threading.Timer(START_LIMIT_SECONDS, process.kill)
        killer.start()
        assert process.stdout
        line = process.stdout.readline()
        killer.cancel()
        assert line, process.communicate()[1]
        try:
            yield line.split()[-1]
        finally:
            process.terminate()
            process.communicate(timeout=START_LIMIT_SECONDS)


def answer_of(url: str) -> str:
    """What an answer says of how much there is: the total, the hits on the page, and the facet of sources."""
    with urllib.request.urlopen(url, timeout=START_LIMIT_SECONDS) as response:
        found = json.load(response)
    return f"{found['total']} articles, {len(found['hits'])} hits, {found['facets']['source']}"
