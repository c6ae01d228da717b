"""URL rules: one address, one written form, one key."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import news.addresses
import news.traps
import news.urls
from news.canonical import validated_canonical
from news.urls import (
    MAX_URL_LENGTH,
    host_of,
    in_scope,
    join_url,
    normalize_url,
    origin_of,
    path_and_query,
    same_site,
    url_key,
)

SAME = [
    ("http://example.com", "http://example.com/"),
    ("HTTP://EXAMPLE.COM:80/", "http://example.com/"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("https://example.com:8443/a", "https://example.com:8443/a"),
    ("https://example.com./a", "https://example.com/a"),
    ("https://user:secret@example.com/a", "https://example.com/a"),
    ("  https://example.com/a\n", "https://example.com/a"),
    ("https://example.com/a\tb", "https://example.com/ab"),
    ("https://example.com\\a", "https://example.com/a"),
    ("https://good.example\\@evil.example/", "https://good.example/@evil.example/"),
    ("https://example.com/a/./b/../c", "https://example.com/a/c"),
    ("https://example.com/%2e%2E/a", "https://example.com/a"),
    ("https://example.com/../../a/..", "https://example.com/"),
    ("https://example.com/a//b", "https://example.com/a//b"),
    ("https://example.com/%7euser/%c3%bc", "https://example.com/~user/%C3%BC"),
    ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
    ("https://example.com/100%", "https://example.com/100%25"),
    ("https://example.com/a b", "https://example.com/a%20b"),
    ("https://example.com/a?", "https://example.com/a"),
    ("https://example.com/a?&&", "https://example.com/a"),
    ("https://example.com/a?b=2&a=1&a=0", "https://example.com/a?a=0&a=1&b=2"),
    ("https://example.com/a?q=x%26y", "https://example.com/a?q=x%26y"),
    ("https://example.com/a?next=/b=c", "https://example.com/a?next=/b=c"),
    ("https://example.com/a?UTM_Source=x&fbclid=1&id=7", "https://example.com/a?id=7"),
    ("https://example.com/a?srsltid=AfmB&guccounter=1&__twitter_impression=true&ref=2", "https://example.com/a?ref=2"),
    ("https://example.com/a#top", "https://example.com/a"),
    ("https://example.com/a;jsessionid=AB12.x_1?b=1", "https://example.com/a?b=1"),
    ("https://example.com/a?PHPSESSID=ab12&ASPSESSIONIDQQ=1&sid=17", "https://example.com/a?sid=17"),
    ("https://example.com/a?sid=58428beaa14598c2e02d93ad5c773e4d", "https://example.com/a"),
    ("https://example.com?a=1", "https://example.com/?a=1"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
    ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ("https://%65xample.com/", "https://example.com/"),
    ("https://exａmple。com/", "https://example.com/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"),
]
HOPELESS = [
    "",
    "example.com",
    "/a",
    "//example.com/a",
    "http:/example.com",
    "http://",
    "http:///",
    "http://?a",
    "ftp://example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:x/",
    "http://exa mple.com/",
    "http://exa%00mple.com/",
    "http://[::1/",
    "http://[v1.x]/",
    "http://[fe80::1%25eth0]/",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "http://-a.example/",
    "http://a..example/",
    "http://example.com/\ud800",
    "http://" + "a" * 64 + ".example/",
    "http://" + "ü" * 5000 + ".example/",
    "http://example.com/" + "a" * MAX_URL_LENGTH,
]


@pytest.mark.parametrize(("url", "expected"), SAME)
def test_a_url_has_one_written_form(url: str, expected: str) -> None:
    assert normalize_url(url) == expected


@pytest.mark.parametrize("url", HOPELESS)
def test_what_is_no_web_address_has_none(url: str) -> None:
    assert normalize_url(url) is None


def test_a_source_can_name_parameters_to_drop() -> None:
    assert normalize_url("https://a.example/article/1?_RT=1&x=2", strip_parameters=["_rt"]) == (
        "https://a.example/article/1?x=2"
    )


def test_a_long_url_is_kept_when_only_its_tracking_made_it_long() -> None:
    assert normalize_url("https://a.example/1?utm_content=" + "x" * MAX_URL_LENGTH) == "https://a.example/1"


@pytest.mark.parametrize("other", ["http://a.example/b/c", "https://www.a.example/b/c", "https://a.example/b/c/"])
def test_twins_of_a_story_share_its_key(other: str) -> None:
    assert url_key(other) == url_key("https://a.example/b/c")


@pytest.mark.parametrize(
    "other",
    ["https://a.example/b/C", "https://a.example:8443/b/c", "https://m.a.example/b/c", "https://a.example/b/c?p=2"],
)
def test_other_pages_have_other_keys(other: str) -> None:
    assert url_key(other) != url_key("https://a.example/b/c")


def test_a_key_is_32_hexadecimal_digits() -> None:
    assert len(url_key("https://a.example/")) == 32
    int(url_key("https://a.example/"), 16)


urls = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.com", "EXAMPLE.com:80", "bücher.example", "u:p@a.example", "[::1]", "0x7f.1"]),
    st.text(st.sampled_from("/.%2eE~aü \\;@:-_"), max_size=20).map(lambda path: "/" + path),
    st.text(st.sampled_from("?&=a1%26+utm_ü /"), max_size=20).map(lambda query: "?" + query),
    st.sampled_from(["", "#x"]),
)


@given(urls | st.text(max_size=80) | st.text(max_size=60).map("http://example.com/".__add__))
def test_normalizing_twice_changes_nothing(url: str) -> None:
    once = normalize_url(url)
    assert once is None or normalize_url(once) == once


parameters = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="#"), max_size=5)


@given(st.lists(parameters, max_size=6), st.randoms())
def test_the_order_of_parameters_is_no_matter(pairs: list[str], rng: random.Random) -> None:
    shuffled = rng.sample(pairs, len(pairs))
    first, second = (normalize_url("https://a.example/?" + "&".join(order)) for order in (pairs, shuffled))
    assert first == second


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_makes_a_rule_raise(first: str, second: str) -> None:
    for text in (first, "http://" + first, "https://a.example/" + first):
        assert normalize_url(text) is None or host_of(text) is not None
        assert join_url("https://a.example/", text) is None or isinstance(same_site(text, second), bool)
        assert in_scope(text, [second]) in (True, False)
        assert isinstance(origin_of(text) + path_and_query(text), str)
        assert validated_canonical(text, second, []) is None or normalize_url(second)
        assert isinstance(url_key(text), str)
        assert news.traps.trap_reason(text) is None or news.traps.trap_reason(text)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/article/1", "https://a.example/article/1"),
        ("2", "https://a.example/feed/2"),
        ("//b.example/1", "https://b.example/1"),
        (" https://b.example/1 ", "https://b.example/1"),
        ("?p=1", "https://a.example/feed/rss.xml?p=1"),
        ("mailto:x@a.example", None),
        ("java\tscript:alert(1)", None),
        ("http://[", None),
    ],
)
def test_links_are_resolved_against_their_document(link: str, expected: str | None) -> None:
    assert join_url("https://a.example/feed/rss.xml", link) == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("https://www.a.example/world/storm-hits-12345", "https://www.a.example/world/storm-hits-12345"),
        ("https://sister.example/world/storm-hits-12345", "https://sister.example/world/storm-hits-12345"),
        ("https://a.example/article/0123456789ab", "https://a.example/article/0123456789ab"),
        ("https://a.example/storm-hits-the-coast", "https://a.example/storm-hits-the-coast"),
        ("https://a.example/", None),
        ("https://a.example/en/", None),
        ("https://a.example/index.html", None),
        ("https://a.example/world", None),
        ("https://a.example/middle-east/", None),
        ("https://other.example/world/storm-hits-12345", None),
        ("javascript:void(0)", None),
        ("/world/storm-hits-12345", None),
    ],
)
def test_a_canonical_claim_is_believed_only_for_a_story_of_the_site(claim: str, expected: str | None) -> None:
    page = "https://a.example/world/storm-hits-the-coast-12345?x=1"
    assert validated_canonical(page, claim, ["a.example", "sister.example"]) == expected


def test_a_page_may_always_claim_its_own_address() -> None:
    assert validated_canonical("http://a.example/about/", "https://a.example/about", []) == "https://a.example/about"


@pytest.mark.parametrize("twin", ["/amp", "/amp/", "/amp.html", "/print"])
def test_another_form_of_a_page_names_the_page_itself(twin: str) -> None:
    page = "https://a.example/2026/11/storm-hits-the-coast"
    assert validated_canonical(f"{page}{twin}", page, []) == page
    assert validated_canonical(f"https://a.example/world{twin}", "https://a.example/world", []) is None


def test_what_campaigns_of_broadcasters_and_agencies_add_is_dropped() -> None:
    added = "ns_mchannel=rss&ns_campaign=x&traffic_source=rss&__source=twitter&ftag=YHF&icid=hp&taid=64"
    assert normalize_url(f"https://a.example/news/world-1?{added}&id=7") == "https://a.example/news/world-1?id=7"
