"""Rebuilding the index while it is searched all the time."""

from __future__ import annotations

import threading

from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from news.index import SearchRequest
from tests.support.commands import ARTICLES, Site


def test_no_empty_or_partial_answer_is_seen(site: Site) -> None:
    site.crawl()
    engine = make_engine(EngineSettings(), folder=site.home / "data" / "index")
    engine.open()
    totals: list[int] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            totals.append(engine.search(SearchRequest(limit=1)).total)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(3):
            assert site.json("reindex")["documents"] == ARTICLES
    finally:
        ended.set()
        asking.join()
        engine.close()
    assert len(totals) > 10
    assert set(totals) == {ARTICLES}
