"""A single fetch, against real servers that behave and that do not."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import CrawlSettings
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import FetchedPage, fetch_once
from news.fetch import Outcome
from tests.support.publisher import Publisher
from tests.support.tls import certificate_for, tls_server

OWN = CrawlSettings(allow_private_networks=True, timeout_seconds=10)
QUICK = CrawlSettings(allow_private_networks=True, timeout_seconds=0.5)
GUARDED = CrawlSettings(timeout_seconds=10)

PRIVATE_HOSTS = """
127.0.0.1 127.1 2130706433 0177.0.0.1 0x7f.1 0 localhost [::1] [::ffff:127.0.0.1] 10.0.0.1 169.254.169.254
""".split()  # noqa: SIM905 - hosts read better as words


def failure(url: str, settings: CrawlSettings = OWN, **options: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        fetch_once(url, settings=settings, **options)
    assert "\n" not in str(failed.value)
    return failed.value


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Takes connections to any address of this machine, IPv4 and IPv6, and answers none."""
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        yield server


def test_a_page_is_fetched_with_an_honest_name(publisher: Publisher) -> None:
    url = publisher.page("/ä?b=2&a=1", "<p>hello</p>", content_type="text/html; charset=utf-8")
    publisher.page("/%C3%A4", "<p>hello</p>", content_type="text/html; charset=utf-8")
    page = fetch_once(url, settings=OWN)
    assert isinstance(page, FetchedPage)
    assert page.url == f"{publisher.url}/%C3%A4?a=1&b=2"
    assert (page.body, page.content_type) == (b"<p>hello</p>", "text/html; charset=utf-8")
    robots, asked = publisher.requests
    assert robots.target == "/robots.txt"
    assert asked.headers["user-agent"] == OWN.user_agent
    assert asked.headers["host"] == publisher.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(b"hello")), ("deflate", zlib.compress(b"hello")), ("identity", b"hello")],
    ids=["gzip", "deflate", "identity"],  # gzip writes the time: an id of its bytes differs between test processes
)
def test_content_encodings_are_undone(publisher: Publisher, encoding: str, body: bytes) -> None:
    url = publisher.page("/a", body, headers={"Content-Encoding": encoding})
    assert fetch_once(url, settings=OWN).body == b"hello"


def test_redirects_are_followed_to_the_effective_url(publisher: Publisher) -> None:
    publisher.page("/c", "there")
    publisher.redirect("/b", "c")
    assert fetch_once(publisher.redirect("/a", "/b", status=308), settings=OWN).url == f"{publisher.url}/c"


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        ("/a", Outcome.REDIRECT_LOOP),
        ("file:///etc/passwd", Outcome.BLOCKED_SCHEME),
        ("http://[", Outcome.BLOCKED_SCHEME),
    ],
)
def test_a_redirect_that_leads_nowhere(publisher: Publisher, location: str, outcome: Outcome) -> None:
    assert failure(publisher.redirect("/a", location)).outcome is outcome


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_a_private_address_is_refused_without_a_socket(listener: socket.socket, host: str) -> None:
    refused = failure(f"http://{host}:{listener.getsockname()[1]}/", GUARDED)
    assert refused.outcome is Outcome.BLOCKED_PRIVATE
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()


def answer_names(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]]) -> list[str]:
    """Have look-ups of these names answered so; returns the list of names asked for."""
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        if host not in answers:
            return look_up(host, port, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_resolves_to_a_private_address_is_refused(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_names(monkeypatch, {"intranet.example": ["127.0.0.1", "10.0.0.1"]})
    refused = failure(f"http://intranet.example:{listener.getsockname()[1]}/", GUARDED)
    assert (refused.outcome, asked) == (Outcome.BLOCKED_PRIVATE, ["intranet.example"])
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_the_second_address_is_tried_when_the_first_does_not_answer(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.page("/a", "hello")
    answer_names(monkeypatch, {"news.example": ["127.0.0.9", "127.0.0.1"]})  # nobody listens on the first
    port = publisher.url.rpartition(":")[2]
    assert fetch_once(f"http://news.example:{port}/a", settings=OWN).body == b"hello"
    assert publisher.requests[0].headers["host"] == f"news.example:{port}"


def test_a_page_over_tls_is_fetched_when_its_certificate_names_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for("news.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answer_names(monkeypatch, {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
    with tls_server(certificate) as port:
        assert fetch_once(f"https://news.example:{port}/a", settings=OWN, obey_robots=False).body == b"hello"
        refused = failure(f"https://other.example:{port}/a", obey_robots=False)
    assert refused.outcome is Outcome.CONNECTION_FAILED
    assert "certificate" in str(refused)


def test_proxies_of_the_environment_are_not_used(
    publisher: Publisher, other_publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, other_publisher.url)
    assert fetch_once(publisher.page("/a", "hello"), settings=OWN).body == b"hello"
    assert other_publisher.accepted_count == 0


def test_a_declared_proxy_is_not_bypassed(publisher: Publisher) -> None:
    settings = CrawlSettings(allow_private_networks=True, trusted_proxy="http://127.0.0.1:1")
    assert "trusted_proxy" in str(failure(publisher.page("/a", "hello"), settings))
    assert publisher.accepted_count == 0


def test_robots_are_obeyed_on_every_host(publisher: Publisher, other_publisher: Publisher) -> None:
    other_publisher.robots("User-agent: newsdex\nDisallow: /private\n")
    there = other_publisher.page("/private", "hello")
    here = publisher.redirect("/a", there)

    assert failure(here).outcome is Outcome.ROBOTS_REFUSED
    assert other_publisher.requests_for("/private") == []
    assert fetch_once(here, settings=OWN, obey_robots=False).body == b"hello"


def test_a_robots_file_that_fails_defers_and_one_that_is_missing_allows(publisher: Publisher) -> None:
    url = publisher.page("/a", "hello")
    publisher.robots("", status=503)
    assert failure(url).outcome is Outcome.ROBOTS_DEFERRED
    publisher.gone("/robots.txt", status=410)
    assert fetch_once(url, settings=OWN).body == b"hello"


def test_a_moved_robots_file_is_followed_and_a_huge_one_is_cut(publisher: Publisher) -> None:
    url = publisher.page("/a", "hello")
    publisher.page("/moved.txt", "User-agent: *\nDisallow: /a\n" + "#" * 2_000_000, content_type="text/plain")
    publisher.redirect("/robots.txt", "/moved.txt", status=301)
    assert failure(url).outcome is Outcome.ROBOTS_REFUSED
    publisher.redirect_loop("/robots.txt", "/moved.txt")
    assert fetch_once(url, settings=OWN).body == b"hello"


@pytest.mark.parametrize(("status", "outcome"), [(404, Outcome.GONE), (410, Outcome.GONE), (500, Outcome.HTTP_ERROR)])
def test_a_status_that_is_no_page(publisher: Publisher, status: int, outcome: Outcome) -> None:
    failed = failure(publisher.page("/a", "no", status=status))
    assert (failed.outcome, str(failed)) == (outcome, f"{publisher.url}/a answered with status {status}")


def test_what_is_too_large_when_unpacked_is_given_up(publisher: Publisher) -> None:
    settings = CrawlSettings(allow_private_networks=True, max_body_bytes=100_000)
    assert failure(publisher.gzip_bomb("/bomb", 50_000_000), settings).outcome is Outcome.TOO_LARGE
    assert failure(publisher.endless("/endless"), settings).outcome is Outcome.TOO_LARGE
    assert len(fetch_once(publisher.page("/fits", "x" * 100_000), settings=settings).body) == 100_000


def test_half_a_body_is_no_page(publisher: Publisher) -> None:
    cut = gzip.compress(b"hello" * 1000)[:-20]
    for url in (
        publisher.short_body("/short", "hello"),
        publisher.broken_chunks("/chunks", "hello"),
        publisher.page("/cut", cut, headers={"Content-Encoding": "gzip"}),
        publisher.page("/damaged", b"\x1f\x8b\x08" + b"\xff" * 50, headers={"Content-Encoding": "gzip"}),
    ):
        assert failure(url).outcome is Outcome.INCOMPLETE


def test_an_encoding_nobody_asked_for_is_named(publisher: Publisher) -> None:
    failed = failure(publisher.page("/a", b"\x0b\x02", headers={"Content-Encoding": "br"}))
    assert "'br'" in str(failed)


@pytest.mark.parametrize("trick", ["hang", "drip"])
def test_the_deadline_holds_whatever_the_server_does(publisher: Publisher, trick: str) -> None:
    url = getattr(publisher, trick)("/slow")
    assert failure(url, QUICK).outcome is Outcome.TIMEOUT


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_deadline_holds_for_headers_sent_byte_by_byte(scheme: str) -> None:
    closing = threading.Event()

    def drip_headers(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            try:
                while not closing.wait(0.02):
                    connection.sendall(b"\x16" if scheme == "https" else b"H")
            except OSError:
                return  # the client hung up, as it should

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip_headers, args=(server,))
        thread.start()
        try:
            failed = failure(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/", QUICK)
        finally:
            closing.set()
            thread.join(60)
    assert failed.outcome in (Outcome.TIMEOUT, Outcome.CONNECTION_FAILED)
    assert not thread.is_alive()


def test_a_server_that_is_not_there(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failure(publisher.reset("/reset")).outcome is Outcome.CONNECTION_FAILED
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/").outcome is Outcome.CONNECTION_FAILED
    assert failure(f"https://{publisher.url.removeprefix('http://')}/").outcome is Outcome.CONNECTION_FAILED

    def no_such_host(*args: Any, **kwargs: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_host)
    assert failure("http://missing.example/").outcome is Outcome.DNS_FAILED


@pytest.mark.parametrize(
    "url", ["", "hello", "ftp://a.example/", "file:///etc/passwd", "http://", "http://a.example:0/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert failure(url, GUARDED).outcome is Outcome.BLOCKED_SCHEME
