"""A crawl of a server that does everything wrong: each fault has its outcome, and none reaches another page."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from store.clock import utc_now
from store.service import Store
from tests.support.documents import article_html
from tests.support.publisher import Item, Publisher
from tests.support.tls import certificate_for, tls_server

ROOT = Path(__file__).parents[3]
PROSE = [
    "The ferry left the harbour at dawn with forty passengers, its operator said, and reached the island by noon.",
    "Nobody had expected it to leave at all: the wind had kept every boat of the town at its mooring for a week.",
    "The mayor, who was on board, told reporters that the line would go on all winter, whatever the weather.",
    "Islanders had asked for bread, medicine and mail; the crew brought all three, and took eleven patients back.",
]
OTHER_PROSE = [f"Of the old server, which never says how long its pages are: {line}" for line in PROSE]
GZIP = {"Content-Encoding": "gzip"}
UNENDED = article_html("A page without end tags", [f"Without end tags: {line}" for line in PROSE])[:-20].encode()
MAX_BODY_BYTES = 2_000_000  # more than a slow answer states, less than a bomb holds
RULES = b"User-agent: *\nDisallow: /forbidden-\n"
LONG_RULES = RULES + b"# so many words\n" * 200_000


@pytest.fixture
def tls_port(tmp_path: Path) -> Iterator[int]:
    """The port of a server whose certificate nobody knows."""
    with tls_server(certificate_for("paper.example", tmp_path)) as port:
        yield port


@pytest.fixture
def third_publisher() -> Iterator[Publisher]:
    with Publisher(host="127.0.0.3") as started:
        yield started


@pytest.fixture
def fourth_publisher() -> Iterator[Publisher]:
    with Publisher(host="127.0.0.4") as started:
        yield started


def test_every_fault_of_a_server_has_its_outcome(
    publisher: Publisher,
    other_publisher: Publisher,
    third_publisher: Publisher,
    fourth_publisher: Publisher,
    tls_port: int,
    tmp_path: Path,
) -> None:
    publisher.robots(gzip.compress(LONG_RULES, mtime=0), headers=GZIP)
    other_publisher.endless("/robots.txt", beginning=RULES)
    third_publisher.robots(LONG_RULES)
    fourth_publisher.redirect_loop("/robots.txt", "/moved.txt")
    other = other_publisher.page("/busy-1", "", status=429, headers={"Retry-After": "315360000"})
    chain = [publisher.redirect(f"/hop-{hop}", f"/hop-{hop + 1}") for hop in range(12)]
    links = {
        publisher.gzip_bomb("/bomb-1", 50_000_000): "too_large",
        publisher.endless("/endless-1"): "too_large",
        publisher.endless_headers("/headers-1"): "too_large",
        publisher.drip("/drip-1"): "timeout",
        publisher.short_body("/short-1", "half"): "incomplete",
        publisher.broken_chunks("/chunks-1", "half"): "incomplete",
        publisher.no_length("/cut-1", article_html("Ferry cut short", PROSE)[:-400]): "incomplete",
        publisher.page("/cut-packed-1", gzip.compress(UNENDED, mtime=0)[:-40], headers=GZIP): "incomplete",
        publisher.page("/unended-1", gzip.compress(UNENDED, mtime=0), headers=GZIP): "new_article",
        publisher.no_length("/old-server-1", article_html("Ferry of an old server", OTHER_PROSE)): "new_article",
        publisher.redirect_loop("/loop-1", "/loop-2"): "redirect_loop",
        chain[0]: "redirect_loop",
        publisher.redirect("/to-file-1", "file:///etc/passwd"): "blocked_scheme",
        publisher.redirect("/to-ftp-1", f"ftp://{publisher.host}/a"): "blocked_scheme",
        publisher.redirect("/to-name-1", publisher.url.replace("//", "//user:word@") + "/behind-1"): "new_article",
        publisher.reset("/reset-1"): "connection_failed",
        publisher.page("/gone-1", "", status=410): "gone",
        other: "throttled",
        fourth_publisher.article("/ferry-without-rules-1", "Ferry without rules", PROSE[::-1]): "new_article",
        **{f"{each.url}/forbidden-1": "robots_refused" for each in (publisher, other_publisher, third_publisher)},
        publisher.article("/ferry-leaves-harbour-1", "Ferry leaves the harbour at dawn", PROSE): "new_article",
    }
    untrusted = f"https://{publisher.host}:{tls_port}/untrusted-1"
    links[untrusted] = "robots_deferred"
    publisher.article("/behind-1", "Ferry behind a name and a password", OTHER_PROSE[::-1])
    refused = ["file:///etc/passwd", "ftp://a.example/b", "data:text/html,hello", "gopher://a.example/"]
    publisher.feed("/feed.xml", [Item(link=link, title="Ferry leaves the harbour") for link in [*links, *refused]])
    _settle(tmp_path, publisher, [other_publisher, third_publisher, fourth_publisher])

    done = subprocess.run(
        [sys.executable, "-m", "cli", "crawl", "gazette", "--json"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert "Traceback" not in done.stderr
    asked = [seen.path for seen in fourth_publisher.requests[:3]]
    assert asked == ["/robots.txt", "/moved.txt", "/ferry-without-rules-1"]  # a loop is not walked twice
    assert json.loads(done.stdout)["crawls"][0]["counts"]["new_urls"] == len(links)
    store = Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)
    try:
        found = {link: store.frontier.find(link) for link in links}
        outcomes = {
            link: view.last_outcome.value if view and view.last_outcome else None for link, view in found.items()
        }
        again = {
            "unchanged",
            "not_modified",
        }  # one text and time: may be a story that moved, see store.articles.twins
        assert {link: "new_article" if each in again else each for link, each in outcomes.items()} == links
        assert "its certificate is not trusted" in getattr(found[untrusted], "last_detail", "")
        retry_at = store.paces.get(other_publisher.url.removeprefix("http://")).retry_at
        assert retry_at is not None
        assert timedelta(hours=23) < retry_at - utc_now() <= timedelta(hours=24)  # not the ten years it asked for
        assert store.paces.get(publisher.url.removeprefix("http://")).retry_at is None
    finally:
        store.close()


def _settle(home: Path, publisher: Publisher, others: list[Publisher]) -> None:
    (home / "sources").mkdir()
    source = {
        "name": "Gazette",
        "home_url": f"{publisher.url}/",
        "feeds": [f"{publisher.url}/feed.xml"],
        "hosts": [publisher.host, *(other.host for other in others)],
        "crawl": {"delay_seconds": 0, "max_delay_seconds": 0},
    }
    (home / "sources/gazette.yaml").write_text(json.dumps(source), encoding="utf-8")
    crawl = {"allow_private_networks": True, "timeout_seconds": 6, "max_body_bytes": MAX_BODY_BYTES}
    settings = {"data_dir": "data", "sources_dir": "sources", "shipped_sources": False, "crawl": crawl}
    (home / "newsdex.yaml").write_text(json.dumps(settings), encoding="utf-8")
