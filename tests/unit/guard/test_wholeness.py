"""Pages of servers that close the connection without having said how long they are, and pages packed in part."""

from __future__ import annotations

import gzip

import pytest

from crawler.fetching.bodies import Unpacked
from crawler.fetching.wholeness import TRUSTED_AFTER, may_be_cut, why_cut
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


def test_what_has_no_end_is_cut_where_nothing_else_says_that_it_is_whole() -> None:
    half, page = b"<html><body><p>Half a sto", WHOLE[0].encode()
    reasons = {
        (is_whole, has_no_length): why_cut(Unpacked(half, is_whole), has_no_length=has_no_length, failure_count=0)
        for is_whole in (True, False)
        for has_no_length in (True, False)
    }
    assert reasons[True, False] is None
    assert reasons[False, False] == "what was sent packed stops before its end"
    assert reasons[True, True] == reasons[False, True] == "the connection was closed and the page has no end"
    assert why_cut(Unpacked(page, is_whole=False), has_no_length=True, failure_count=0) is None
    assert why_cut(Unpacked(half, is_whole=False), has_no_length=True, failure_count=TRUSTED_AFTER) is None
