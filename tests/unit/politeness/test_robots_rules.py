"""robots.txt: what an answer permits, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.politeness.rules import MAX_ROBOTS_BYTES, parse_robots

AGENT = "newsdex/0.1 (+https://github.com/newsdex/newsdex)"
ORIGIN = "https://news.example"
URL = f"{ORIGIN}/world/storm-1"
FORBID_ALL = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("status", [None, 429, 500, 503, 599])
def test_no_answer_is_no_consent(status: int | None) -> None:
    rules = parse_robots(status, b"User-agent: *\nAllow: /\n", ORIGIN)
    assert rules.deferred
    assert not rules.allows(URL, AGENT)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_missing_file_allows_everything(status: int) -> None:
    rules = parse_robots(status, FORBID_ALL, ORIGIN)
    assert (rules.deferred, rules.allows(URL, AGENT), rules.delay_seconds(AGENT)) == (False, True, None)


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        (b"", True),
        (FORBID_ALL, False),
        (b"\xef\xbb\xbf" + FORBID_ALL, False),
        (FORBID_ALL.replace(b"\n", b"\r"), False),
        (b"User-agent: newsdex\nDisallow: /world\n\nUser-agent: *\nAllow: /\n", False),
        (b"User-agent: NEWSDEX\nDisallow: /world\n", False),
        (b"User-agent: otherbot\nUser-agent: Newsdex/2.0\nDisallow: /world\n", False),
        (b"User-agent: otherbot/2.0\nDisallow: /world\n", True),
        (b"User-agent: newsdex\nAllow: /world/storm\nDisallow: /world\n", True),
        (b"User-agent: *\nDisallow: /*-1$\n", False),
        (b"User-agent: github\nDisallow: /\n", True),
        (b"User-agent: otherbot\nDisallow: /\n", True),
        (b"<!doctype html><html><body>Not found</body></html>", True),
        (b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /world\n", False),
        (b"\xff\xfe\x00\x00" + FORBID_ALL, True),
    ],
)
def test_the_rules_are_those_written(body: bytes, allowed: bool) -> None:
    assert parse_robots(200, body, ORIGIN).allows(URL, AGENT) is allowed


@pytest.mark.parametrize(
    ("user_agent", "group", "allowed"),
    [
        ("Mozilla/5.0 (compatible; gazettebot/1.0; +https://www.example.org/)", "gazettebot", False),
        ("Mozilla/5.0 (compatible; gazettebot/1.0; +https://www.example.org/)", "example", True),
        ("newsdex (crawl@bots.example)", "bots", True),
        ("newsdex (crawl@bots.example)", "newsdex", False),
        (AGENT, "news", True),
        (AGENT, "news-bot", True),
        ("news-bot/1.0", "news", True),
        ("Herald News Bot/2.0 (crawl@herald.example)", "Herald News", False),
        ("Herald News Bot/2.0 (crawl@herald.example)", "Herald New", True),
        (AGENT, "newsdex # ours", False),
        (AGENT, "newsdex*", False),
        (AGENT, "* # all", False),
        (AGENT, "Mozilla/5.0 (compatible; newsdex/2.0)", True),
        ("Mozilla/5.0 (compatible; gazettebot/1.0)", "Mozilla/5.0 (compatible; newsdex/2.0)", True),
    ],
)
def test_the_group_is_found_by_the_crawlers_name_not_by_its_address(user_agent: str, group: str, allowed: bool) -> None:
    rules = parse_robots(200, f"User-agent: {group}\nDisallow: /\n".encode(), ORIGIN)
    assert rules.allows(URL, user_agent) is allowed


def test_only_the_first_500_kibibytes_count() -> None:
    rules = parse_robots(200, b"#" * MAX_ROBOTS_BYTES + b"\n" + FORBID_ALL, ORIGIN)
    assert rules.allows(URL, AGENT)
    assert len(rules.kept_body) <= MAX_ROBOTS_BYTES


def test_a_line_cut_at_the_bound_forbids_nothing_it_does_not_say() -> None:
    start = b"User-agent: *\n"
    filler = b"#" * (MAX_ROBOTS_BYTES - len(start) - len(b"\nDisallow: /")) + b"\nDisallow: /"
    rules = parse_robots(200, start + filler + b"private\n", ORIGIN)
    assert rules.allows(URL, AGENT)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        (b"Crawl-delay: 2.5", 2.5),
        (b"Request-rate: 1/10", 10.0),
        (b"Crawl-delay: 2\nRequest-rate: 1/10", 10.0),
        (b"Request-rate: 5/1m", 12.0),
        (b"Crawl-delay: 10s", 10.0),
        (b"crawl-delay : 2,5 # seconds", 2.5),
        (b"Crawl-delay: 10 seconds", 10.0),
        (b"Crawl-delay: -1", None),
        (b"Crawl-delay: nan", None),
        (b"Crawl-delay: inf", None),
        (b"Crawl-delay: soon", None),
        (b"Request-rate: 0/10", None),
    ],
)
def test_the_longer_wish_is_the_delay(line: bytes, seconds: float | None) -> None:
    assert parse_robots(200, b"User-agent: *\n" + line, ORIGIN).delay_seconds(AGENT) == seconds


def test_sitemaps_are_named() -> None:
    rules = parse_robots(200, b"Sitemap: https://cdn.example/a.xml\nSitemap: /b.xml\n", ORIGIN)
    assert rules.sitemaps == ("https://cdn.example/a.xml", "https://news.example/b.xml")


lines = st.sampled_from(
    [b"User-agent: *", b"User-agent:", b"Disallow: //[", b"Disallow: http://[x", b"Allow: %", b"Disallow: /*$",
     b"Disallow: *", b"Sitemap: http://[", b"Crawl-delay: 1e999", b"Request-rate: 1/0", b"Visit-time: 9-8", b"\xff\0"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(lines | st.binary(max_size=30), max_size=12), st.text(max_size=40))
def test_no_file_and_no_url_make_it_raise(body: list[bytes], url: str) -> None:
    rules = parse_robots(200, b"\n".join(body), ORIGIN)
    for asked in (URL, url, "https://news.example/" + url, "http://["):
        assert rules.allows(asked, AGENT) in (True, False)
    delay = rules.delay_seconds(AGENT)
    assert delay is None or 0 <= delay < float("inf")
