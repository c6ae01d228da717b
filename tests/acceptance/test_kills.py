"""SIGKILL at each write of a crawl: after a plain second start every stored article is in the index exactly once."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ARTICLES, Commands, Site
from tests.support.whole import assert_whole

KILLED = str(Path(__file__).resolve().parents[1] / "support" / "killed.py")
ENGINE_CLASS = {
    "embedded": "indexer.engines.embedded.engine:EmbeddedEngine",
    "elasticsearch": "indexer.engines.elasticsearch.engine:ElasticsearchEngine",
}
UNTOLD_WRITES = [  # before an engine is told anything, so with one of them
    ("crawler.crawls.session:CrawlSession.answered", "before", 5),  # a fetch
    ("store.archive.service:Archive.append_response", "after", 5),
    ("store.archive.service:Archive.sync", "after", 2),  # archived, and not yet committed
    ("store.saving.service:save_article", "after", 3),  # within the transaction
    ("store.saving.service:FetchSaver.save", "after", 2),  # committed, and not yet indexed
]
INDEXED = ("ENGINE.write", "after", 1)  # and still in the outbox
TOLD_WRITES = [("ENGINE.write", "before", 1), INDEXED, ("store.outbox:Outbox.delivered", "after", 1)]
# Before and after an engine has it, what is written is the record: with the second engine each night
TOLD = [
    *(("embedded", point) for point in TOLD_WRITES),
    pytest.param("elasticsearch", INDEXED, marks=pytest.mark.elasticsearch),
    *(
        pytest.param("elasticsearch", point, marks=[pytest.mark.elasticsearch, pytest.mark.slow])
        for point in TOLD_WRITES
        if point != INDEXED
    ),
]
SWAPS = {
    "embedded": [
        ("indexer.engines.embedded.engine:EmbeddedBuild.write", "after", 1),
        ("indexer.engines.embedded.files:Generations.point_at", "before", 1),
        ("indexer.engines.embedded.files:Generations.point_at", "after", 1),
    ],
    "elasticsearch": [
        ("indexer.engines.elasticsearch.engine:ElasticsearchBuild.write", "after", 1),
        ("elasticsearch.client:IndicesClient.update_aliases", "before", 1),
        ("elasticsearch.client:IndicesClient.update_aliases", "after", 1),
    ],
}
SWAP_POINTS = ["while it is built", "before the swap", "after the swap"]


def kill(commands: Commands, point: tuple[str, str, int], words: Sequence[str]) -> None:
    """Run a command that dies at this point."""
    target, when, nth = point
    killed = commands.run(target, when, str(nth), "--", *words, program=(KILLED,))
    assert killed.returncode == -signal.SIGKILL, killed.stderr


def name_of(value: Any) -> str | None:
    """A point as the test's id tells it."""
    return f"{value[0].rpartition(':')[2]}-{value[1]}" if isinstance(value, tuple) else None


@pytest.mark.parametrize("point", UNTOLD_WRITES, ids=name_of)
def test_a_killed_crawl_is_made_whole_by_the_next(site: Site, point: tuple[str, str, int]) -> None:
    kill(site, point, ["crawl", site.source_id])

    site.crawl()
    assert_whole(site, articles=ARTICLES)


@pytest.mark.parametrize(("engine", "point"), TOLD, indirect=["engine"], ids=name_of)
def test_a_crawl_killed_while_it_tells_its_engine_is_made_whole_by_the_next(
    site: Site, engine: dict[str, Any], point: tuple[str, str, int]
) -> None:
    site.configure(engine=engine)
    target = point[0].replace("ENGINE", ENGINE_CLASS[engine["kind"]])
    kill(site, (target, *point[1:]), ["crawl", site.source_id])

    site.crawl()
    assert_whole(site, articles=ARTICLES)


@pytest.mark.parametrize("number", range(3), ids=SWAP_POINTS)
def test_a_killed_reindex_leaves_one_full_index(crawled_site: Site, engine: dict[str, Any], number: int) -> None:
    crawled_site.configure(engine=engine)
    if engine["kind"] == "elasticsearch":  # the crawl's index is the embedded one
        crawled_site.json("reindex")
    kill(crawled_site, SWAPS[engine["kind"]][number], ["reindex"])
    assert crawled_site.json("search", "muttaqi tehran talks")["total"] == 1

    crawled_site.crawl()
    assert_whole(crawled_site, articles=ARTICLES)
    assert crawled_site.json("reindex")["documents"] == ARTICLES
    assert_whole(crawled_site, articles=ARTICLES)
