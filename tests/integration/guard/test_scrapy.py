"""The guard under Scrapy: listeners on this machine that must never see a connection."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.publisher import Publisher

ROOT = Path(__file__).parents[3]
REACH_IPV4 = """
127.0.0.1 127.1 2130706433 0177.0.0.1 0x7f.1 0x7f000001 0 0.0.0.0 localhost [::ffff:127.0.0.1] [::ffff:7f00:1]
intranet.example mapped.example
""".split()  # noqa: SIM905 - hosts read better as words
REACH_IPV6 = ["[::1]", "[0:0:0:0:0:0:0:1]", "six.example"]
NEVER_REACHED = ["10.0.0.1", "169.254.169.254", "192.168.0.1", "[fe80::1]", "[64:ff9b::7f00:1]"]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Takes connections to any address of this machine, IPv4 and IPv6, and answers none."""
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        server.setblocking(False)
        yield server


def port_of(server: socket.socket) -> int:
    return int(server.getsockname()[1])


def accepted_count(server: socket.socket) -> int:
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def crawl(trusted_host: str, urls: list[str]) -> dict[str, str]:
    """What came of each URL, in far less time than the crawl's timeout of two minutes."""
    command = [sys.executable, "-m", "tests.support.guarded_crawl", trusted_host, *urls]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert "Unhandled" not in done.stderr
    return dict(json.loads(line) for line in done.stdout.splitlines())


def test_no_spelling_of_a_private_address_opens_a_socket(listener: socket.socket) -> None:
    hosts = [*REACH_IPV4, *REACH_IPV6, *NEVER_REACHED]
    urls = [f"http://{host}:{port_of(listener)}/" for host in hosts] + [f"https://localhost:{port_of(listener)}/"]

    outcomes = crawl("nobody.example", urls)

    assert outcomes == dict.fromkeys(urls, "blocked_private")
    assert accepted_count(listener) == 0


def test_a_redirect_to_a_private_address_opens_no_socket(other_publisher: Publisher, listener: socket.socket) -> None:
    front, port = other_publisher, port_of(listener)
    urls = [
        front.redirect(f"/{number}", f"http://{host}:{port}/")
        for number, host in enumerate([*REACH_IPV4, *REACH_IPV6, *NEVER_REACHED])
    ]
    urls += [
        front.redirect("/twice", "/0"),
        front.redirect("/secure", f"https://0:{port}/"),
        front.redirect("/relative", f"//localhost:{port}/"),
    ]

    outcomes = crawl(front.host, urls)

    assert outcomes == dict.fromkeys(urls, "blocked_private")
    assert accepted_count(listener) == 0
    assert front.accepted_count > 0


def test_without_the_guard_these_spellings_do_reach_this_machine(publisher: Publisher) -> None:
    publisher.page("/", "hello")
    port = publisher.url.rpartition(":")[2]
    urls = [f"http://{host}:{port}/" for host in REACH_IPV4]

    assert crawl("any", urls) == dict.fromkeys(urls, "200")


def test_a_host_that_does_not_exist_is_not_called_blocked() -> None:
    url = "http://missing.example/"
    assert crawl("nobody.example", [url]) == {url: "dns_failed"}
