"""A page whose figures for the audit cannot be made: its article is kept, and the log says why."""

from __future__ import annotations

import asyncio

import pytest

from cli.demo.publisher import demo_source
from crawler.answered.fetch import AnsweredFetch
from crawler.answered.page_reader import PageReader
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.reading import audit, tasks
from news.article import Article
from store.archive.service import Sent
from store.service import Store
from tests.support.documents import article_html
from tests.support.in_this_process import InThisProcess
from tests.support.sites import TEXT
from tests.support.stores import NOW, add_urls, row_of

URL = "https://paper.example/world/harbour-1"
ANSWER = Answer(
    url=URL,
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"),),
    packed=PackedBody(content=article_html("The harbour is closed", TEXT).encode()),
    content_type="text/html; charset=utf-8",
    etag=None,
    last_modified=None,
    retry_after_seconds=None,
    duration_seconds=None,
    sent=Sent(method="GET", headers=()),
)


def test_it_is_told_and_nothing_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("no such share")

    monkeypatch.setattr(audit, "figures_of", fails)
    add_urls(store, URL)
    reader = PageReader(demo_source("https://paper.example"), InThisProcess())
    read = asyncio.run(reader.read_answer(AnsweredFetch(row=row_of(store, URL), answer=ANSWER, fetched_at=NOW)))
    assert isinstance(read, tasks.StoryReading)
    assert isinstance(read.extraction, Article)
    assert (read.extraction.title, read.figures) == ("The harbour is closed", None)
    assert f"{URL} was read but could not be measured (ValueError: no such share)" in caplog.text
