"""A feed that announces a hub: asked, checked, renewed; what the hub sends only makes the feed due."""

from __future__ import annotations

import hashlib
import hmac
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx
import pytest

from config.settings import AlertSettings, CrawlSettings, Settings
from crawler.answered.discovered import hub_of
from crawler.discovery.feeds import read_feed
from crawler.discovery.readings import FeedReading
from news.fetch import Outcome, UrlKind
from news.websub import LEAST_LEASE_SECONDS, Subscription, SubscriptionState, granted_seconds, is_signed, retry_wait
from news.websub import Hub as Announced
from scheduler.hubs import ask_hubs, leave_hubs
from store.records import NewUrl
from tests.support.operated import GAZETTE, Operated
from tests.support.serving import serving
from tests.support.stores import make_result

FEED = GAZETTE.feeds[0]
TOPIC = "https://gazette.example/feed?canonical"
FOLLOWED = [GAZETTE.id]


class Hub:
    """A hub on this machine that keeps the forms it is sent."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.status = 202
        self.moved_to = ""  # the only path at which it takes what it is sent, if any
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.forms.append({name: values[0] for name, values in parse_qs(body).items()})
                if hub.moved_to and (self.path != hub.moved_to or self.path == "/hub"):
                    self.send_response(308)
                    self.send_header("Location", hub.moved_to)
                else:
                    self.send_response(hub.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing goes to the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hub"


@pytest.fixture
def hub() -> Iterator[Hub]:
    started = Hub()
    with serving(started.server):
        yield started


def settings(public_url: str | None) -> Settings:
    crawl = CrawlSettings(allow_private_networks=True, timeout_seconds=60)
    return Settings(crawl=crawl, alerts=AlertSettings(public_url=public_url))


def read_the_feed(operated: Operated, hub: Announced | None) -> None:
    """A crawl read the feed, which announces this hub."""
    store, now = operated.store, operated.now
    store.frontier.add([NewUrl(url=FEED, kind=UrlKind.FEED)], source_id=GAZETTE.id, found_on=None, now=now)
    store.frontier.make_due(source_id=GAZETTE.id, kinds=[UrlKind.FEED], now=now)
    (row,) = store.frontier.take(GAZETTE.id, 1, limit=1, now=now)
    store.saver.save([make_result(row, outcome=Outcome.DISCOVERED, hub=hub, fetched_at=now)])


def subscription(operated: Operated) -> Subscription:
    found = operated.store.subscriptions.of_feed(FEED)
    assert found is not None
    return found


def confirm(page: str, form: dict[str, str], **changes: str) -> httpx.Response:
    """What a hub asks to check the intent behind a form."""
    query = {"hub.mode": "subscribe", "hub.topic": form["hub.topic"], "hub.challenge": "c0ffee", **changes}
    return httpx.get(form["hub.callback"].replace("https://news.example", page), params=query, timeout=60)


def notify(page: str, form: dict[str, str], body: bytes, secret: str) -> int:
    signature = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    callback = form["hub.callback"].replace("https://news.example", page)
    return httpx.post(callback, content=body, headers={"X-Hub-Signature": signature}, timeout=60).status_code


def test_nothing_is_asked_without_a_public_address_or_a_hub(operated: Operated, hub: Hub) -> None:
    read_the_feed(operated, None)
    assert ask_hubs(operated.store, settings("https://news.example"), FOLLOWED, now=operated.now) == 0
    operated.now += timedelta(minutes=5)
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    assert ask_hubs(operated.store, settings(None), FOLLOWED, now=operated.now) == 0
    assert hub.forms == []


def test_a_hub_is_asked_checks_and_tells_and_its_lease_is_renewed(operated: Operated, hub: Hub) -> None:
    store, ours = operated.store, settings("https://news.example/")
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    assert ask_hubs(store, ours, FOLLOWED, now=operated.now) == 1
    (form,) = hub.forms
    assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", TOPIC)
    with operated.served() as served:
        page = served.rstrip("/")
        assert confirm(page, form, **{"hub.topic": "https://elsewhere.example/feed"}).status_code == 404
        assert confirm(page, form, **{"hub.mode": "unsubscribe"}).status_code == 404
        assert httpx.get(f"{page}/websub/unknown", params={"hub.mode": "subscribe"}, timeout=60).status_code == 404
        assert notify(page, form, b"<rss/>", form["hub.secret"]) == 202  # before the check it means nothing
        assert subscription(operated).notified_at is None

        checked = confirm(page, form, **{"hub.lease_seconds": "36000"})
        assert (checked.status_code, checked.text) == (200, "c0ffee")
        assert subscription(operated).state is SubscriptionState.ACTIVE
        assert subscription(operated).expires_at == operated.now + timedelta(hours=10)

        operated.now += timedelta(minutes=10)
        for body, secret in ((b"<rss/>", "another secret"), (b"<rss/>", "")):
            assert notify(page, form, body, secret) == 202
        row = store.frontier.find(FEED)
        assert row is not None
        assert (row.next_due_at, operated.woken) == (None, 0)
        assert notify(page, form, b"<rss><item>Trust me</item></rss>", form["hub.secret"]) == 202
        row = store.frontier.find(FEED)
        assert row is not None
        assert (row.next_due_at, operated.woken) == (operated.now, 1)
        assert store.counts(now=operated.now).urls == 1, "what a hub sends is not read"

    assert ask_hubs(store, ours, FOLLOWED, now=operated.now + timedelta(hours=6)) == 0
    assert ask_hubs(store, ours, FOLLOWED, now=operated.now + timedelta(hours=7)) == 1
    assert hub.forms[1] == form
    assert subscription(operated).state is SubscriptionState.ACTIVE


def test_a_hub_that_speaks_often_has_its_feed_read_once_a_minute(operated: Operated, hub: Hub) -> None:
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    for seconds, due_seconds in ((20, 60), (40, 60), (90, 60)):
        operated.store.subscriptions.notified(subscription(operated), now=operated.now + timedelta(seconds=seconds))
        row = operated.store.frontier.find(FEED)
        assert row is not None
        assert row.next_due_at == operated.now + timedelta(seconds=due_seconds)


def test_a_hub_that_refuses_is_asked_later_and_one_that_is_named_no_more_is_left(operated: Operated, hub: Hub) -> None:
    ours = settings("https://news.example")
    hub.status = 500
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    assert ask_hubs(operated.store, ours, FOLLOWED, now=operated.now) == 0
    assert subscription(operated).detail == "the hub answered with status 500"
    assert ask_hubs(operated.store, ours, FOLLOWED, now=operated.now + timedelta(minutes=4)) == 0
    assert len(hub.forms) == 1
    hub.status = 202
    operated.now += timedelta(minutes=6)
    assert ask_hubs(operated.store, ours, FOLLOWED, now=operated.now) == 1
    with operated.served() as served:
        page = served.rstrip("/")
        denied = confirm(page, hub.forms[1], **{"hub.mode": "denied", "hub.reason": "no room"})
        assert denied.status_code == 200
    assert (subscription(operated).state, subscription(operated).detail) == (SubscriptionState.DENIED, "no room")
    read_the_feed(operated, None)
    assert operated.store.subscriptions.of_feed(FEED) is None


def test_no_hub_is_asked_for_a_feed_or_a_source_that_is_followed_no_more(operated: Operated, hub: Hub) -> None:
    store, ours = operated.store, settings("https://news.example")
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    assert ask_hubs(store, ours, ["another"], now=operated.now) == 0
    other = NewUrl(url="https://gazette.example/other-feed", kind=UrlKind.FEED)
    store.frontier.declare([other], source_id=GAZETTE.id, now=operated.now)
    assert ask_hubs(store, ours, FOLLOWED, now=operated.now) == 0
    leave_hubs(store, ours, FOLLOWED, now=operated.now)
    assert hub.forms == []
    assert store.subscriptions.of_feed(FEED) is None


def test_another_hub_of_the_feed_is_asked_when_the_first_fails_or_refuses(operated: Operated, hub: Hub) -> None:
    ours, store = settings("https://news.example"), operated.store
    dead = f"{hub.url}/dead"
    both = Announced(url=dead, topic_url=TOPIC, other_urls=(hub.url,))
    hub.status = 500
    for _ in range(3):
        read_the_feed(operated, both)
        assert subscription(operated).hub_url == dead
        ask_hubs(store, ours, FOLLOWED, now=operated.now)
        operated.now += timedelta(hours=1)
    read_the_feed(operated, both)
    assert subscription(operated).hub_url == hub.url
    hub.status = 202
    assert ask_hubs(store, ours, FOLLOWED, now=operated.now) == 1
    read_the_feed(operated, replace(both, url=hub.url, other_urls=(dead,)))
    read_the_feed(operated, both)
    assert subscription(operated).state is SubscriptionState.ASKED, "in whatever order they are announced"
    with operated.served() as served:
        confirm(served.rstrip("/"), hub.forms[-1], **{"hub.mode": "denied"})
    read_the_feed(operated, both)
    assert subscription(operated).hub_url == dead
    read_the_feed(operated, replace(both, other_urls=()))
    assert subscription(operated).state is SubscriptionState.WANTED


def subscribed(operated: Operated, hub: Hub, page: str) -> dict[str, str]:
    """The form behind a subscription that the hub holds."""
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    ask_hubs(operated.store, settings("https://news.example"), FOLLOWED, now=operated.now)
    assert confirm(page, hub.forms[-1]).status_code == 200
    return hub.forms[-1]


def drop_the_feed(operated: Operated) -> list[str]:
    other = NewUrl(url="https://gazette.example/other-feed", kind=UrlKind.FEED)
    operated.store.frontier.declare([other], source_id=GAZETTE.id, now=operated.now)
    return FOLLOWED


@pytest.mark.parametrize("followed", [lambda operated: ["another"], drop_the_feed], ids=["source", "feed"])
def test_a_hub_is_asked_to_end_what_is_followed_no_more(
    operated: Operated, hub: Hub, followed: Callable[[Operated], list[str]]
) -> None:
    store, ours = operated.store, settings("https://news.example")
    with operated.served() as served:
        page = served.rstrip("/")
        form = subscribed(operated, hub, page)
        still = followed(operated)
        for _ in range(2):
            leave_hubs(store, ours, still, now=operated.now)
        assert len(hub.forms) == 2
        expected = {"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.callback": form["hub.callback"]}
        assert hub.forms[1] == expected
        assert notify(page, form, b"<rss/>", form["hub.secret"]) == 410
        assert operated.woken == 0
        assert confirm(page, form).status_code == 404, "nobody wants it any more"
        assert confirm(page, form, **{"hub.mode": "denied"}).status_code == 404
        ended = confirm(page, form, **{"hub.mode": "unsubscribe"})
        assert (ended.status_code, ended.text) == (200, "c0ffee")
        assert store.subscriptions.of_feed(FEED) is None
        assert confirm(page, form, **{"hub.mode": "unsubscribe"}).status_code == 404


def test_a_hub_that_does_not_end_a_subscription_is_left_alone(operated: Operated, hub: Hub) -> None:
    store, ours = operated.store, settings("https://news.example")
    with operated.served() as served:
        subscribed(operated, hub, served.rstrip("/"))
    hub.status = 500
    leave_hubs(store, ours, [], now=operated.now)
    leave_hubs(store, ours, [], now=operated.now + timedelta(hours=2))
    assert len(hub.forms) == 2
    assert store.subscriptions.of_feed(FEED) is None


def test_a_source_that_is_followed_again_is_subscribed_to_again(operated: Operated, hub: Hub) -> None:
    store, ours = operated.store, settings("https://news.example")
    with operated.served() as served:
        subscribed(operated, hub, served.rstrip("/"))
    leave_hubs(store, ours, [], now=operated.now)
    operated.now += timedelta(hours=2)
    leave_hubs(store, ours, FOLLOWED, now=operated.now)
    assert ask_hubs(store, ours, FOLLOWED, now=operated.now) == 1
    assert hub.forms[-1]["hub.mode"] == "subscribe"
    assert subscription(operated).state is SubscriptionState.ASKED


def endless(body: bytes, times: int) -> Iterator[bytes]:
    for _ in range(times):
        yield body


def test_a_body_without_a_length_is_refused_once_it_is_too_long(operated: Operated, hub: Hub) -> None:
    with operated.served() as served:
        page = served.rstrip("/")
        form = subscribed(operated, hub, page)
        callback = form["hub.callback"].replace("https://news.example", page)
        assert httpx.post(callback, content=endless(b"a" * 100_000, 100), timeout=60).status_code == 413
        body = b"a" * 300_000
        signature = f"sha256={hmac.new(form['hub.secret'].encode(), body, hashlib.sha256).hexdigest()}"
        headers = {"X-Hub-Signature": signature}
        assert httpx.post(callback, content=endless(body[:100_000], 3), headers=headers, timeout=60).status_code == 202
        assert operated.woken == 1


def test_a_body_that_breaks_off_is_left_alone(operated: Operated, hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    with operated.served() as served:
        page = served.rstrip("/")
        form = subscribed(operated, hub, page)
        path = form["hub.callback"].removeprefix("https://news.example")
        host, port = page.removeprefix("http://").split(":")
        for head in ("Content-Length: 1000", "Transfer-Encoding: chunked"):
            with socket.create_connection((host, int(port)), timeout=60) as sock:
                sock.sendall(f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{head}\r\n\r\n5\r\nnews!\r\n".encode())
        assert notify(page, form, b"<rss/>", form["hub.secret"]) == 202
    assert not [record for record in caplog.records if record.exc_info]


def test_a_body_is_believed_if_the_secret_signed_it() -> None:
    body = b"news"
    for method in ("sha1", "sha256", "sha384", "sha512"):
        digest = hmac.new(b"secret", body, method).hexdigest()
        assert is_signed(body, f"{method}={digest}", "secret")
        assert not is_signed(body + b"!", f"{method}={digest}", "secret")
    for signature in (None, "", "md5=00", "sha256", "sha256=", "sha256=ü"):
        assert not is_signed(body, signature, "secret")


def test_a_lease_stays_within_bounds_and_a_hub_that_refuses_is_asked_less_and_less() -> None:
    assert [granted_seconds(text) for text in ("1", "600", "x", None)] == [LEAST_LEASE_SECONDS, 600, 604_800, 604_800]
    assert retry_wait(1) < retry_wait(3) < retry_wait(60)


def test_a_feed_names_its_hub_and_itself() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><link rel="hub" href="https://hub.example/"/>
    <link rel="self" href="https://gazette.example/feed?canonical"/></feed>"""
    reading = read_feed(atom, FEED, "application/atom+xml", limit=10)
    assert isinstance(reading, FeedReading)
    assert hub_of(reading, FEED) == Announced(url="https://hub.example/", topic_url=TOPIC)
    assert hub_of(FeedReading(), FEED) is None


@pytest.mark.parametrize(
    ("header", "topic_url"),
    [
        ('<https://hub.example/>; rel="hub", </feed?canonical>; rel=self', TOPIC),
        ('<https://hub.example/>;title="a, b; rel=self" ; REL="preload HUB"', FEED),
        ('<https://next.example/>; rel="next", <javascript:1>; rel="hub", <https://x.example; rel="hub"', None),
    ],
)
def test_a_hub_is_also_named_by_a_link_header(header: str, topic_url: str | None) -> None:
    named = hub_of(FeedReading(), FEED, [("link", header)])
    assert named == (Announced(url="https://hub.example/", topic_url=topic_url) if topic_url else None)


def test_link_headers_come_before_what_the_feed_says() -> None:
    reading = FeedReading(hub_urls=("https://old.example/",), self_url="https://gazette.example/old")
    headers = [("Link", "<https://hub.example/>; rel=hub"), ("Link", f"<{TOPIC}>; rel=self")]
    assert hub_of(reading, FEED, headers) == Announced(url="https://hub.example/", topic_url=TOPIC)


def test_a_hub_that_moved_is_asked_where_it_is(operated: Operated, hub: Hub) -> None:
    hub.moved_to = "/elsewhere"
    read_the_feed(operated, Announced(url=hub.url, topic_url=TOPIC))
    assert ask_hubs(operated.store, settings("https://news.example"), FOLLOWED, now=operated.now) == 1
    assert hub.forms[0] == hub.forms[1]
    hub.moved_to = "/hub"
    operated.now += timedelta(hours=2)
    assert ask_hubs(operated.store, settings("https://news.example"), FOLLOWED, now=operated.now) == 0
    assert "redirects" in subscription(operated).detail
    assert len(hub.forms) < 20
