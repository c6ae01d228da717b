"""Pages that only send their readers on, told apart from those that come anew or hold something themselves."""

from __future__ import annotations

import pytest

from crawler.discovery.refresh import Refresh, led_to, refresh_of

URL = "https://paper.example/old/ferry-1"
NEW = "https://paper.example/new/ferry-1"
WORDS = "<p>" + "word " * 100 + "</p>"


def page(content: str, body: str = "<p>This story has moved.</p>", head: str = "") -> bytes:
    return (
        f'<html><head>{head}<meta http-equiv="Refresh" content="{content}"></head><body>{body}</body></html>'.encode()
    )


def led(body: bytes, *, header: str | None = None, is_empty: bool = True) -> str | None:
    headers = [("Content-Type", "text/html"), *([("refresh", header)] if header else [])]
    return led_to(body, URL, "text/html", headers, is_empty=is_empty)


@pytest.mark.parametrize(
    "value",
    [
        f"0; url={NEW}",
        "0;URL=/new/ferry-1",
        "0;url='/new/ferry-1'",
        '0; URL="/new/ferry-1" and more',
        " 0 , /new/ferry-1 ",
        "0.5;/new/ferry-1",
        ".1 url = ../new/ferry-1",
    ],
)
def test_a_value_is_read_as_browsers_read_it(value: str) -> None:
    assert refresh_of(value, URL) == Refresh(seconds=0, url=NEW)


@pytest.mark.parametrize("value", ["", "300", "url=/new", "0;url=", "soon; url=/new", "0;url=javascript:go()"])
def test_a_value_without_an_address_leads_nowhere(value: str) -> None:
    assert refresh_of(value, URL) is None


@pytest.mark.parametrize("seconds", [0, 1, 5])
def test_a_page_that_only_says_where_its_story_is_leads_there(seconds: int) -> None:
    assert led(page(f"{seconds}; url=/new/ferry-1")) == NEW
    assert led(page(f"{seconds}; url=/new/ferry-1"), is_empty=False) == NEW


def test_so_does_a_header_which_comes_first() -> None:
    assert led(b"<p>Moved.</p>", header="0; url=/new/ferry-1") == NEW
    assert led(page("0; url=/third"), header="0; url=/new/ferry-1") == NEW
    assert led(page("0; url=/new/ferry-1"), header="300") is None


@pytest.mark.parametrize(
    "content", ["300; url=/new/ferry-1", "6; url=/new/ferry-1", "0; url=/old/ferry-1#top", f"0; url={URL}?utm_source=a"]
)
def test_a_page_that_comes_anew_or_can_be_read_meanwhile_does_not(content: str) -> None:
    assert led(page(content)) is None


def test_a_frame_full_of_words_keeps_readers_only_if_they_are_given_time() -> None:
    assert led(page("0; url=/new/ferry-1", WORDS)) == NEW
    assert led(page("0; url=/new/ferry-1", WORDS), is_empty=False) is None
    assert led(page("3; url=/new/ferry-1", WORDS)) is None


@pytest.mark.parametrize("outer", ["noscript", "template"])
def test_what_only_browsers_without_scripts_obey_does_not_count(outer: str) -> None:
    inner = '<meta http-equiv="refresh" content="0; url=/without-scripts">'
    assert led(f"<html><head><{outer}>{inner}</{outer}></head><body><p>Loading</p></body></html>".encode()) is None
    assert led(page("0; url=/new/ferry-1", head=f"<{outer}>{inner}</{outer}>")) == NEW
    assert led(f"<html><head><!-- {inner} --></head><body></body></html>".encode()) is None
    assert led(f"<html><head><script>'{inner}'</script></head><body></body></html>".encode()) is None


def test_addresses_are_relative_to_the_pages_base() -> None:
    assert led(page("0; url=ferry-1", head='<base href="/new/">')) == NEW


@pytest.mark.parametrize(
    "body", [b"", b"http-equiv refresh", b"<meta http-equiv=refresh", b"\xff<\x00http-equiv refresh>"]
)
def test_what_is_no_page_leads_nowhere(body: bytes) -> None:
    assert led(body) is None
    assert led(body, header="0; url=javascript:go()") is None
