"""Sites that set a cookie on a redirect and want to see it at the next address: read, and the cookie forgotten."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from cli.demo.server import Handler
from config.settings import CrawlSettings
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import fetch_once
from news.fetch import Outcome
from tests.support.commands import Commands
from tests.support.documents import article_html
from tests.support.publisher import HTML, Item, Publisher
from tests.support.sites import TEXT

OWN = CrawlSettings(allow_private_networks=True, timeout_seconds=10)


def walled(publisher: Publisher, target: str, title: str, *, through: str | None = None) -> str:
    """A story shown only to who brings the cookie that a redirect sets: to itself, or to a page that leads back."""
    body = article_html(title, [f"{title}: {line}" for line in TEXT]).encode()

    def wall(handler: Handler) -> None:
        if "passed=yes" in handler.headers.get("Cookie", ""):
            handler.reply(200, body, {"Content-Type": HTML})
        else:
            sets = {} if through else {"Set-Cookie": "passed=yes; Path=/"}
            handler.reply(302, b"", {"Location": through or target, **sets})

    def gate(handler: Handler) -> None:
        handler.reply(302, b"", {"Location": target, "Set-Cookie": "passed=yes; Path=/"})

    if through:
        publisher.route(through, gate)
    return publisher.route(target, wall)


def cookies_of(publisher: Publisher, path: str) -> list[str | None]:
    return [request.headers.get("cookie") for request in publisher.requests_for(path)]


def numbered(target: str) -> Callable[[Handler], None]:
    """A server that sets another cookie each time and leads to itself forever."""
    count = 0

    def answer(handler: Handler) -> None:
        nonlocal count
        count += 1
        handler.reply(302, b"", {"Location": target, "Set-Cookie": f"visit={count}"})

    return answer


def test_a_crawl_carries_cookies_along_a_redirect_and_then_forgets_them(
    publisher: Publisher, other_publisher: Publisher, commands: Commands
) -> None:
    links = [
        walled(publisher, "/world/behind-its-own-wall-1", "Behind its own wall"),
        walled(publisher, "/world/behind-a-gate-2", "Behind a gate", through="/gate"),
    ]
    publisher.route(
        "/world/moved-away-3",
        lambda handler: handler.reply(
            302, b"", {"Location": f"{other_publisher.url}/world/moved-3", "Set-Cookie": "own=1; Path=/"}
        ),
    )
    links.append(f"{publisher.url}/world/moved-away-3")
    moved = [f"Moved: {line}" for line in TEXT[::-1]]
    other_publisher.article("/world/moved-3", "Moved to the other host", moved)
    links.append(publisher.route("/world/endless-4", numbered("/world/endless-4")))
    feed = publisher.feed("/feed.xml", [Item(link=link, title="Behind a wall") for link in links])
    hosts = [publisher.host, other_publisher.host]
    paper = {"home_url": publisher.url, "feeds": [feed], "hosts": hosts, "sitemaps_from_robots": False}
    commands.follow("paper", name="Paper", **paper)

    counts = commands.crawl()

    assert (counts["new_article"], counts["redirect_loop"]) == (3, 1)
    assert cookies_of(publisher, "/world/behind-its-own-wall-1") == [None, "passed=yes"]
    assert cookies_of(publisher, "/world/behind-a-gate-2") == [None, "passed=yes"]
    assert cookies_of(publisher, "/gate") == [None]  # nothing of the other story's way
    assert cookies_of(other_publisher, "/world/moved-3") == [None]
    assert cookies_of(publisher, "/world/endless-4") == [None, "visit=1", "visit=2"]
    archived = b"".join(gzip.decompress(each.read_bytes()) for each in commands.home.rglob("*.warc.gz"))
    assert b"Behind a gate" in archived
    assert b"\r\nCookie:" not in archived


def test_a_robots_file_behind_a_cookie_is_read(publisher: Publisher, commands: Commands) -> None:
    def robots(handler: Handler) -> None:
        if "passed" in handler.headers.get("Cookie", ""):
            handler.reply(200, b"User-agent: *\nDisallow: /world/", {"Content-Type": "text/plain"})
        else:
            handler.reply(302, b"", {"Location": "/robots.txt", "Set-Cookie": "passed=yes"})

    publisher.route("/robots.txt", robots)
    link = publisher.article("/world/forbidden-story-1", "A forbidden story", TEXT)
    feed = publisher.feed("/feed.xml", [Item(link=link, title="A forbidden story")])
    commands.follow("paper", name="Paper", home_url=publisher.url, feeds=[feed], sitemaps_from_robots=False)

    assert commands.crawl()["robots_refused"] == 1
    with pytest.raises(FetchFailed) as refused:
        fetch_once(link, settings=OWN)
    assert refused.value.outcome is Outcome.ROBOTS_REFUSED


@pytest.mark.parametrize("through", [None, "/gate"])
def test_a_single_fetch_carries_them_too(publisher: Publisher, through: str | None) -> None:
    url = walled(publisher, "/world/behind-a-wall-1", "Behind a wall", through=through)
    for _ in range(2):
        publisher.forget_requests()
        assert b"Behind a wall" in fetch_once(url, settings=OWN).body
        assert cookies_of(publisher, "/world/behind-a-wall-1") == [None, "passed=yes"]


def test_a_single_fetch_ends_where_each_answer_sets_another(publisher: Publisher) -> None:
    url = publisher.route("/endless", numbered("/endless"))
    with pytest.raises(FetchFailed) as refused:
        fetch_once(url, settings=OWN)
    assert refused.value.outcome is Outcome.REDIRECT_LOOP
    assert cookies_of(publisher, "/endless") == [None, "visit=1", "visit=2"]
