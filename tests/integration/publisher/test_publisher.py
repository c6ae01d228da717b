"""The test publisher does to a client what its methods promise."""

from __future__ import annotations

import gzip
import http.client
import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from tests.support.documents import Item, gzipped_zeros
from tests.support.publisher import Publisher

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def ask(url: str, *, limit_seconds: float = 60, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """One request on a connection of its own."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=limit_seconds)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_a_page_can_change_between_two_requests(publisher: Publisher) -> None:
    url = publisher.page("/a", "one")
    first, body = ask(url)
    assert body == b"one"
    assert ask(url, If_None_Match=first.headers["ETag"])[0].status == 304
    publisher.page("/a", "two")
    second, body = ask(url, If_None_Match=first.headers["ETag"])
    assert (second.status, body) == (200, b"two")


def test_requests_are_kept_in_order_with_headers_and_times(publisher: Publisher) -> None:
    ask(f"{publisher.url}/robots.txt")
    ask(f"{publisher.url}/b?x=1", User_Agent="tester")
    first, second = publisher.requests
    assert (first.target, second.target, second.path) == ("/robots.txt", "/b?x=1", "/b")
    assert second.headers["user-agent"] == "tester"
    assert first.at_seconds <= second.at_seconds
    assert len(publisher.requests_for("/b")) == 1
    assert publisher.accepted_count == 2
    publisher.forget_requests()
    assert publisher.requests == []


def test_a_route_with_a_query_goes_before_the_path(publisher: Publisher) -> None:
    publisher.page("/list", "first")
    publisher.page("/list?page=2", "second")
    assert ask(f"{publisher.url}/list?page=1")[1] == b"first"
    assert ask(f"{publisher.url}/list?page=2")[1] == b"second"


@pytest.mark.parametrize(
    ("prepare", "status", "header"),
    [
        (lambda p: p.redirect("/x", "/y", status=301), 301, ("Location", "/y")),
        (lambda p: p.redirect_loop("/x", "/y"), 301, ("Location", "/y")),
        (lambda p: p.retry_later("/x", "120"), 429, ("Retry-After", "120")),
        (lambda p: p.gone("/x", status=410), 410, ("Content-Type", "text/html; charset=utf-8")),
        (lambda p: p.page("/x", "broken", status=503, headers={"X-Kind": "a"}), 503, ("X-Kind", "a")),
    ],
)
def test_statuses_and_their_headers(
    publisher: Publisher, prepare: Callable[[Publisher], str], status: int, header: tuple[str, str]
) -> None:
    response, _ = ask(prepare(publisher))
    assert response.status == status
    assert response.headers[header[0]] == header[1]


def test_the_last_of_a_loop_leads_back(publisher: Publisher) -> None:
    publisher.redirect_loop("/a", "/b", "/c")
    assert ask(f"{publisher.url}/c")[0].headers["Location"] == "/a"


def test_robots_txt_is_absent_or_any_bytes(publisher: Publisher) -> None:
    assert ask(f"{publisher.url}/robots.txt")[0].status == 404
    publisher.robots(b"User-agent: *\xff\xfe", status=200)
    assert ask(f"{publisher.url}/robots.txt")[1].endswith(b"\xff\xfe")


def test_a_short_body_ends_before_its_stated_length(publisher: Publisher) -> None:
    url = publisher.short_body("/x", "hello", missing_bytes=7)
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(url)
    assert caught.value.partial == b"hello"
    assert caught.value.expected == 7


def test_a_chunked_body_can_break_off(publisher: Publisher) -> None:
    with pytest.raises(http.client.IncompleteRead):
        ask(publisher.broken_chunks("/x", "hello"))


def test_a_reset_gives_no_answer(publisher: Publisher) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        ask(publisher.reset("/x"))


def test_a_hanging_page_never_answers_and_does_not_hold_up_the_end(publisher: Publisher) -> None:
    with pytest.raises(TimeoutError):
        ask(publisher.hang("/x"), limit_seconds=0.5)


@pytest.mark.parametrize("start", [lambda p: p.drip("/x", pause_seconds=0.01), lambda p: p.endless("/x")])
def test_bodies_without_end_begin_and_can_be_left(publisher: Publisher, start: Callable[[Publisher], str]) -> None:
    parts = urlsplit(start(publisher))
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", parts.path)
    response = connection.getresponse()
    assert response.read(3) == b"xxx"
    response.close()
    connection.close()


def test_a_bomb_is_small_on_the_wire(publisher: Publisher) -> None:
    size_bytes = 20 * 1024 * 1024 + 5
    response, body = ask(publisher.gzip_bomb("/x", size_bytes))
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(body) < size_bytes / 500
    assert len(zlib.decompress(body, 31)) == size_bytes
    assert gzip.decompress(gzipped_zeros(7)) == bytes(7)


def test_documents_hold_their_items(publisher: Publisher) -> None:
    items = [Item(link="/a?x=1&y=2", title="One & two", published_at=NOON, section="World"), Item(link="/b")]
    feed = ask(publisher.feed("/feed", items))[1].decode()
    assert "<link>/a?x=1&amp;y=2</link>" in feed
    assert "Mon, 05 Jan 2026 12:00:00 +0000" in feed
    packed = ask(publisher.sitemap("/map.xml.gz", items, gzipped=True))[1]
    assert gzip.decompress(packed).decode().count("<url>") == 2
    index = ask(publisher.sitemap_index("/index.xml", [f"{publisher.url}/map.xml.gz"]))[1].decode()
    assert f"<loc>{publisher.url}/map.xml.gz</loc>" in index
    assert "<h1>A &amp; B</h1>" in ask(publisher.article("/a", "A & B", ["Some text."]))[1].decode()


def test_a_second_publisher_is_a_host_of_its_own(publisher: Publisher, other_publisher: Publisher) -> None:
    other_publisher.page("/", json.dumps({"from": "other"}))
    assert urlsplit(other_publisher.url).hostname != urlsplit(publisher.url).hostname
    assert b"other" in ask(f"{other_publisher.url}/")[1]
    assert publisher.requests == []
