"""The guard under Scrapy: real servers on this machine that must never see a connection."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.demo.server import LocalServer
from tests.support.publisher import Publisher

ROOT = Path(__file__).parents[3]
IPV4_FORMS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0177.0.0.1",
    "0x7f.1",
    "0x7f000001",
    "0",
    "localhost",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "intranet.example",
    "mapped.example",
]
IPV6_FORMS = ["[::1]", "[0:0:0:0:0:0:0:1]", "six.example"]


def crawl(trusted_host: str, urls: list[str]) -> dict[str, str]:
    """What came of each URL; the process is given far less time than the fetch timeout of all of them."""
    command = [sys.executable, "-m", "tests.support.guarded_crawl", trusted_host, *urls]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Unhandled" not in done.stderr
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.fixture
def six() -> Iterator[LocalServer]:
    """A server on the IPv6 loopback address."""
    from tests.support.ipv6 import server_on_ipv6

    with server_on_ipv6() as server:
        yield server


def port_of(url: str) -> str:
    return url.rpartition(":")[2]
