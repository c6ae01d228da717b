"""Which sources a crawl is of, and how it tells what is in the index."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import cast

import pytest

from cli.commands.crawl import followed, index_line, trouble_of
from crawler.crawls.crawl_report import CrawlReport
from indexer.delivery import Delivery
from indexer.drain import DrainReport
from news.crawl_ends import FinishReason
from news.errors import NewsdexError
from tests.support.operated import GAZETTE, KURYE


def told(note: str = "", **counts: int) -> str:
    report = CrawlReport(source_id="gazette", run_id=1, finish_reason=FinishReason.FINISHED, counts=Counter(counts))
    delivery = SimpleNamespace(note=note, report=DrainReport(indexed_count=187))
    return index_line([report, report], cast("Delivery", delivery))


def test_articles_are_counted_and_not_how_often_the_index_was_told_of_them() -> None:
    assert told(new_article=58, new_version=2, unchanged=9) == "in the index: 120 new or edited articles"
    assert told(unchanged=9) == "in the index: nothing new"


def test_what_is_left_is_told_with_its_reason() -> None:
    assert told("the engine is down", new_article=60) == (
        "not all is in the index yet, it follows later: the engine is down"
    )


def test_where_none_is_named_all_that_are_not_paused_are_crawled() -> None:
    assert followed([GAZETTE, KURYE], {}) == [GAZETTE, KURYE]
    assert followed([GAZETTE, KURYE], {"kurye"}) == [GAZETTE]


@pytest.mark.parametrize(
    ("pauses", "words"), [({"*"}, "every source is paused; name one"), ({"gazette", "kurye"}, "every source is paused")]
)
def test_what_is_paused_has_to_be_named(pauses: set[str], words: str) -> None:
    with pytest.raises(NewsdexError, match=words):
        followed([GAZETTE, KURYE], pauses)


def test_nothing_is_crawled_where_no_source_is_enabled() -> None:
    with pytest.raises(NewsdexError, match="no source is enabled; name one of `newsdex sources list`"):
        followed([], {"*"})


def trouble(finish_reason: str, detail: str = "", *, rest_seconds: float = 0.0, **counts: int) -> str:
    return trouble_of(
        CrawlReport(
            source_id="gazette",
            run_id=1,
            finish_reason=FinishReason(finish_reason),
            counts=Counter(counts),
            detail=detail,
            rest_seconds=rest_seconds,
        )
    )


def test_a_source_that_could_not_be_crawled_is_told_in_a_line() -> None:
    assert trouble("finished") == trouble("url_limit", new_article=9) == ""
    assert trouble("failed") == "the crawl of gazette failed"
    told = trouble("busy", "its server is being asked by run 7 (process 3 on box)")
    assert told.startswith("gazette was not crawled: its server is being asked by run 7")
    assert trouble("all_failed", "status 500", http_error=3) == (
        "nothing of gazette could be read: status 500; `newsdex sources show gazette` says what to do"
    )


def test_a_host_that_wants_rest_is_told_where_nothing_could_be_asked() -> None:
    told = "nothing of gazette could be asked: its host wants to be left alone for 3,600 s more"
    assert trouble("host_resting", rest_seconds=3600.0) == told
    assert trouble("host_resting", rest_seconds=3600.0, unchanged=4) == ""
