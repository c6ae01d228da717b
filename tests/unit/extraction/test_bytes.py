"""Bytes that are no text, whatever they are called: a packing that nobody named, a file, noise."""

from __future__ import annotations

import random
import zlib
from datetime import UTC, datetime

import brotli
import pytest

from crawler.extraction.service import extract
from news.article import Article, NotArticle, NotArticleReason, Page

LINES = "".join(f"<p>The lock keepers of canal number {n} ask for more than {n} crowns a day.</p>" for n in range(40))
HTML = (
    f"<!doctype html><html><head><title>Keepers ask for more</title></head><body><h1>Keepers ask for more</h1>{LINES}"
)
NOISE = random.Random(1).randbytes(20_000)


def read(body: bytes, content_type: str = "text/html; charset=utf-8") -> Article | NotArticle:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    return extract(Page(url="https://canal.example/a-1", body=body, content_type=content_type, fetched_at=now))


@pytest.mark.parametrize("body", [brotli.compress(HTML.encode()), zlib.compress(HTML.encode()), NOISE, NOISE[:600]])
def test_bytes_that_are_no_text_are_no_article(body: bytes) -> None:
    found = read(body)
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.NOT_HTML


FEED = '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?>\n<!-- made at noon -->\n<rss><channel></channel></rss>'


@pytest.mark.parametrize("body", ['{"title": "Ferry", "body": "<p>It waits.</p>"}', '[{"a": "<p>b</p>"}]', FEED])
def test_data_served_at_an_articles_address_is_no_page(body: str) -> None:
    found = read(body.encode())
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.NOT_HTML


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "cp1251"])
def test_text_in_any_encoding_is_read_stray_controls_and_all(codec: str) -> None:
    page = HTML.replace("crowns", "крон").replace("canal number 3", "canal\x02 number\x1f 3")
    assert isinstance(read(page.encode(codec), f"text/html; charset={codec}"), Article)
