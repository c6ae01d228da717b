"""What a crawl starts from when another source had it first."""

from __future__ import annotations

import asyncio

import pytest

from crawler.crawls.declared import declared
from crawler.crawls.seeds import _tell_if_all_is_anothers
from news.fetch import UrlKind
from news.source import Source
from store.service import Store
from tests.support.in_this_process import AtOnce
from tests.support.stores import add_urls

FEEDS = ("https://paper.example/feed", "https://paper.example/sport")


@pytest.mark.parametrize(
    ("source_id", "known", "is_told"),
    [("gazette", FEEDS, True), ("gazette", (), False), ("paper", FEEDS, False), ("gazette", FEEDS[:1], True)],
    ids=["renamed", "new", "itself", "partly-known"],
)
def test_a_source_whose_documents_are_all_anothers_says_so(
    store: Store, caplog: pytest.LogCaptureFixture, source_id: str, known: tuple[str, ...], is_told: bool
) -> None:
    add_urls(store, *known, kind=UrlKind.FEED)
    source = Source(id=source_id, name="Gazette", home_url="https://paper.example/", feeds=FEEDS)
    asyncio.run(_tell_if_all_is_anothers(source, declared(source), store, AtOnce(store)))
    assert ("newsdex sources rename paper gazette" in caplog.text) is is_told
