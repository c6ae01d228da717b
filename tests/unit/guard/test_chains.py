"""Cookies set on the way of one fetch: shown to their own site on that way, and what then still leads back."""

from __future__ import annotations

import pytest

from crawler.fetching.chains import MOST_VISITS, Chain

PAPER = "https://paper.example/story"


def shown(set_cookie: str, url: str, *, by: str = PAPER) -> str | None:
    """The cookies with which this address is asked after another set one."""
    chain = Chain()
    chain.enter(by)
    chain.learn(by, [set_cookie])
    return chain.enter(url)


@pytest.mark.parametrize(
    ("set_cookie", "url"),
    [
        ("a=1", PAPER),
        ("a=1; Path=/; HttpOnly; SameSite=Lax", "https://paper.example/other?b=2"),
        ("a=1; Domain=paper.example", "https://www.paper.example/story"),
        ("a=1; Domain=.paper.example; Secure", "https://login.paper.example/"),
    ],
)
def test_a_cookie_is_shown_to_its_own_site(set_cookie: str, url: str) -> None:
    assert shown(set_cookie, url) == "a=1"


@pytest.mark.parametrize(
    ("set_cookie", "url"),
    [
        ("a=1", "https://other.example/story"),
        ("a=1", "https://www.paper.example/story"),  # it named no domain, so it is that host's alone
        ("a=1; Secure", "http://paper.example/story"),
        ("a=1; Path=/world", "https://paper.example/sport"),
        ("a=1; Max-Age=0", PAPER),
        ("a=1; Domain=other.example", "https://other.example/"),
        ("a=1; Domain=example", "https://other.example/"),
        ("a\x01=1", PAPER),
        (f"a={'1' * 5000}", PAPER),
    ],
)
def test_and_to_no_other(set_cookie: str, url: str) -> None:
    assert shown(set_cookie, url) is None


@pytest.mark.parametrize("suffix", ["co.uk", "github.io", "com.tr"])
def test_not_even_where_many_owners_have_their_sites_below_one_suffix(suffix: str) -> None:
    by = f"https://paper.{suffix}/story"
    assert shown(f"a=1; Domain={suffix}", f"https://other.{suffix}/", by=by) is None
    assert shown(f"a=1; Domain=paper.{suffix}", f"https://www.paper.{suffix}/", by=by) == "a=1"


def test_an_address_leads_back_only_if_nothing_new_was_set() -> None:
    chain = Chain()
    chain.enter(PAPER)
    assert chain.leads_back(f"{PAPER}#top")
    chain.learn(PAPER, ["a=1"])
    assert not chain.leads_back(PAPER)
    chain.enter(PAPER)
    assert chain.leads_back(PAPER)
    chain.learn(PAPER, ["a=1"])
    assert chain.leads_back(PAPER)


def test_a_site_that_sets_another_cookie_each_time_is_given_up() -> None:
    chain = Chain()
    asked = 0
    while not chain.leads_back(PAPER):
        chain.enter(PAPER)
        asked += 1
        chain.learn(PAPER, [f"a={asked}"])
    assert asked == MOST_VISITS


def test_the_ways_of_two_fetches_share_nothing() -> None:
    chain = Chain()
    chain.enter(PAPER)
    chain.learn(PAPER, ["a=1"])
    assert Chain().enter(PAPER) is None
