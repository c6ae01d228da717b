"""How a crawl tells what is in the index."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import cast

from cli.commands.crawl import index_line
from crawler.worker import CrawlReport
from indexer.delivery import Delivery
from indexer.drain import DrainReport


def told(note: str = "", **counts: int) -> str:
    report = CrawlReport(source_id="gazette", run_id=1, finish_reason="finished", counts=Counter(counts))
    delivery = SimpleNamespace(note=note, report=DrainReport(indexed_count=187))
    return index_line([report, report], cast("Delivery", delivery))


def test_articles_are_counted_and_not_how_often_the_index_was_told_of_them() -> None:
    assert told(new_article=58, new_version=2, unchanged=9) == "in the index: 120 new or edited articles"
    assert told(unchanged=9) == "in the index: nothing new"


def test_what_is_left_is_told_with_its_reason() -> None:
    assert told("the engine is down", new_article=60) == (
        "not all is in the index yet, it follows later: the engine is down"
    )
