"""Only web addresses become links, and the address of a search says all of it."""

from __future__ import annotations

from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from news.index import Sort
from search.links import host_of, safe_href, search_href
from search.page.addresses import params_of
from search.params import SearchParams


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        " https://example.org/",
        "https://example.org/\nSet-Cookie: a",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/path",
        "/relative",
        "https://",
        "https:///path",
        "https:example.org",
        "http://[::1",
        "https://example.org\\@evil.example/",
        'https://example.org/"onmouseover=',
        "https://example.org/\u202egnp.exe",
    ],
)
def test_what_is_no_plain_web_address_never_becomes_a_link(url: str | None) -> None:
    assert safe_href(url) is None
    assert host_of(url) == ""


@pytest.mark.parametrize("url", ["https://example.org/a?b=1#c", "http://127.0.0.1:8080/", "https://örnek.example/ş"])
def test_web_addresses_stay_as_they_are(url: str) -> None:
    assert safe_href(url) == url


def test_an_address_holds_only_what_differs_from_the_defaults() -> None:
    params = SearchParams(q="a b", section=("World",), sort=Sort.NEWEST, page=3)
    assert search_href("/", SearchParams()) == "/"
    assert search_href("/", params, page=4) == "/?q=a+b&section=World&sort=newest&page=4"
    assert search_href("/", params, section=()) == "/?q=a+b&sort=newest"


@given(
    q=st.text(max_size=30).map(str.strip),
    section=st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple),
    page=st.integers(1, 100),
    published_from=st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)),
)
def test_an_address_leads_back_to_its_search(
    q: str, section: tuple[str, ...], page: int, published_from: date | None
) -> None:
    params = SearchParams(q=q, section=section, page=page, published_from=published_from)
    query = search_href("", params, page=page).removeprefix("?")
    assert params_of(QueryParams(query)) == params
