"""Pages of servers that close the connection without having said how long they are, and pages packed in part."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest

from crawler.wholeness import TRUSTED_AFTER, may_be_cut, stops_early
from store.archive.unpacking import zstd
from tests.support.documents import Item, article_html, rss, sitemap_index_xml, sitemap_xml

ITEMS = [Item(link="https://paper.example/a")]
WHOLE = [
    article_html("Rain expected", ["It may rain on Sunday."]),
    article_html("Rain expected", ["It may rain on Sunday."]).upper() + "\n<!-- from the cache -->\n",
    rss(ITEMS),
    sitemap_xml(ITEMS),
    sitemap_index_xml(["https://paper.example/a.xml"]),
    '{"version": "https://jsonfeed.org/version/1.1", "items": []}\n',
]


@pytest.mark.parametrize("page", WHOLE)
def test_what_has_its_end_is_whole_and_what_lacks_it_is_asked_for_again(page: str) -> None:
    body = page.encode()
    assert not may_be_cut(body, failure_count=0)
    assert may_be_cut(body[: len(body) // 2], failure_count=0)


def test_a_server_that_always_ends_so_is_believed_in_the_end() -> None:
    cut = b"<html><body><p>Pages of this server have no end tag"
    tries = [may_be_cut(cut, failure_count=count) for count in range(TRUSTED_AFTER + 1)]
    assert tries == [True] * TRUSTED_AFTER + [False]


def test_what_is_packed_tells_by_itself_what_is_missing() -> None:
    assert not may_be_cut(gzip.compress(sitemap_xml(ITEMS).encode())[:-9], failure_count=0)


def test_what_was_packed_says_whether_all_of_it_came() -> None:
    page = b"<html><body>" + random.Random(0).randbytes(100_000) * 2
    packed = {"gzip": gzip.compress(page), "x-gzip": gzip.compress(page), "deflate": zlib.compress(page)}
    packed |= {"br": brotli.compress(page), "zstd": zstd.compress(page)}
    cuts = [(packing, body[:-count]) for packing, body in packed.items() for count in (1, 4, 200, len(body) - 20)]
    assert all(stops_early(body, packing) for packing, body in cuts)
    whole = [*packed.items(), ("gzip", packed["gzip"] * 2), ("", page)]
    whole += [(packing, b"garbage" * 20) for packing in packed]
    assert not any(stops_early(body, packing) for packing, body in whole)
