"""The guard in the whole program: `newsdex crawl` of sources that lead to this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.publisher import Item, Publisher

ROOT = Path(__file__).parents[3]
PROSE = ["The ferry left the harbour at dawn with forty passengers, the operator said, and reached the island."] * 6


def crawl(home: Path, *, feed: str, hosts: list[str], settings: dict[str, Any], **environment: str) -> dict[str, int]:
    """The outcome counts of one crawl of a source with this feed."""
    (home / "sources").mkdir()
    origin = feed.rpartition("/")[0]
    source = {
        "name": "Gazette",
        "home_url": f"{origin}/",
        "feeds": [feed],
        "hosts": hosts,
        "crawl": {"delay_seconds": 0},
    }
    (home / "sources/gazette.yaml").write_text(json.dumps(source), encoding="utf-8")
    (home / "newsdex.yaml").write_text(
        json.dumps({"data_dir": "data", "sources_dir": "sources", "crawl": settings}), encoding="utf-8"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDEX_")}
    done = subprocess.run(
        [sys.executable, "-m", "cli", "crawl", "gazette", "--json"],
        cwd=home,
        env={**clean, "HOME": str(home), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "Traceback" not in done.stderr
    counts: dict[str, int] = json.loads(done.stdout)["crawls"][0]["counts"]
    return counts


def test_a_source_on_this_machine_is_refused_without_a_socket(publisher: Publisher, tmp_path: Path) -> None:
    feed = publisher.feed("/feed.xml", [])
    counts = crawl(tmp_path, feed=feed, hosts=[publisher.host], settings={})
    assert counts["blocked_private"] == 1
    assert publisher.accepted_count == 0


def test_a_name_that_leads_to_this_machine_is_refused_at_once(publisher: Publisher, tmp_path: Path) -> None:
    """The machine's own name is no literal that a look at the URL could refuse."""
    name = socket.gethostname()
    if not resolves_to_loopback(name):
        pytest.skip("this machine's own name is not in its /etc/hosts with a loopback address")
    feed = f"http://{name}:{publisher.url.rpartition(':')[2]}/feed.xml"

    counts = crawl(tmp_path, feed=feed, hosts=[name], settings={"timeout_seconds": 300})

    assert counts == {"blocked_private": 1, "new_urls": 0}
    assert publisher.accepted_count == 0


def resolves_to_loopback(name: str) -> bool:
    try:
        return socket.gethostbyname(name).startswith("127.")
    except OSError:
        return False


def test_a_proxy_of_the_environment_is_not_used(
    publisher: Publisher, other_publisher: Publisher, tmp_path: Path
) -> None:
    feed = publisher.feed("/feed.xml", [])
    proxy = other_publisher.url
    counts = crawl(tmp_path, feed=feed, hosts=[publisher.host], settings={}, http_proxy=proxy, HTTP_PROXY=proxy)
    assert counts["blocked_private"] == 1
    assert other_publisher.accepted_count == 0


def test_everything_goes_through_a_trusted_proxy_also_robots(publisher: Publisher, tmp_path: Path) -> None:
    """A proxy is asked with whole addresses, so the publisher can play one; the names resolve nowhere."""
    site = "http://gazette.example"
    item = Item(link=f"{site}/world/ferry-leaves-harbour-1", title="Ferry leaves the harbour at dawn")
    publisher.page(f"{site}/robots.txt", "User-agent: *\nDisallow: /nothing\n", content_type="text/plain")
    publisher.feed(f"{site}/feed.xml", [item])
    publisher.article(item.link, item.title, PROSE)

    counts = crawl(
        tmp_path, feed=f"{site}/feed.xml", hosts=["gazette.example"], settings={"trusted_proxy": publisher.url}
    )

    asked = [request.target for request in publisher.requests]
    assert asked == [f"{site}/robots.txt", f"{site}/feed.xml", item.link]
    assert counts["new_article"] == 1
