"""Answers that were not asked for: a part of a page, 304 to a request without validators or by another page."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from config.settings import CrawlSettings
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.reading.pool import ReadingPool
from news.fetch import Outcome, UrlKind
from news.revisits.validators import Condition
from news.source import Source
from store.records import FetchResult, FrontierRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))
STORY = "https://paper.example/news/storm-1"


def read(status: int, condition: Condition = Condition.NONE, *, answered_by: str = STORY) -> FetchResult:
    """What is saved of an answer with this status."""
    nothing: dict[str, Any] = dict.fromkeys(FrontierRow.__dataclass_fields__)
    known = {"id": 1, "url": STORY, "source_id": "paper", "host": "paper.example", "kind": UrlKind.ARTICLE, "depth": 0}
    counts = {"failure_count": 0, "change_count": 0, "discovered_at": NOW}
    answer = Answer(
        url=answered_by,
        status=status,
        headers=(),
        packed=PackedBody(content=b"<html><p>Half a"),
        content_type="text/html",
        etag='"1"',
        last_modified=None,
        retry_after_seconds=None,
        duration_seconds=0.1,
        condition=condition,
    )
    pool, rereader = cast("ReadingPool", None), cast("Rereader", None)
    reader = AnswerReader(SOURCE, CrawlSettings(), pool, run_id=1, rereader=rereader)
    return asyncio.run(reader.read(FrontierRow(**{**nothing, **known, **counts}), answer, now=NOW)).result


def test_a_part_of_a_page_is_no_page() -> None:
    assert read(206).outcome is Outcome.INCOMPLETE


@pytest.mark.parametrize("condition", [Condition.NONE, Condition.WHOLE])
def test_304_to_a_request_without_validators_is_a_failure(condition: Condition) -> None:
    assert read(304, condition).outcome is Outcome.HTTP_ERROR


def test_304_to_validators_is_believed() -> None:
    assert read(304, Condition.NEWEST).outcome is Outcome.NOT_MODIFIED


def test_304_of_the_home_page_says_nothing_of_a_story() -> None:
    result = read(304, Condition.NEWEST, answered_by="https://paper.example/")
    assert (result.outcome, result.etag) == (Outcome.NOT_ARTICLE, None)
