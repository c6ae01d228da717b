"""A crawl of a source whose pages are rendered: the story is read, archived and derived again, and nothing gets out."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.archived.verifying import verify
from news.article import RENDERED
from store.archive.check import Checked, check_archive
from store.archive.names import archive_files
from store.archive.scan import Record, records_of
from store.service import Store
from store.views import VersionView
from tests.support.browser import chromium_path
from tests.support.in_this_process import InThisProcess
from tests.support.publisher import Publisher
from tests.support.rendered_site import PROSE, SITE, TITLE, attempts, publish, shell

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
STORY = f"{SITE}/world/ferry-leaves-harbour-1"


@dataclass(frozen=True)
class Crawled:
    """What a crawl did, and what came of it at the other side."""

    home: Path
    counts: dict[str, int]
    asked: list[str]  # of the site, through its proxy
    reached: int  # connections to the server that no page may reach
    packets: int  # datagrams to the port that no page may reach


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One crawl with the address guard on; the site's page tries all it can to reach this machine."""
    path, home = chromium_path(), tmp_path_factory.mktemp("home")
    with Publisher() as site, Publisher() as private, socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        private.page("/away", "secret", headers={"Access-Control-Allow-Origin": "*"})
        port = int(private.url.rpartition(":")[2])
        publish(site, page=shell(attempts(port, udp.getsockname()[1])))
        site.redirect(f"{SITE}/api/away.json", f"{private.url}/away")
        _write_settings(home, site.url, path)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDEX_")}
        done = subprocess.run(
            [sys.executable, "-m", "cli", "crawl", "gazette", "--json"],
            cwd=home,
            env={**clean, "HOME": str(home), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        counts = json.loads(done.stdout)["crawls"][0]["counts"]
        asked = [request.target for request in site.requests]
        yield Crawled(home, counts, asked, private.accepted_count, _packet_count(udp))


def _write_settings(home: Path, proxy: str, browser: str) -> None:
    source = {
        "name": "Gazette",
        "home_url": f"{SITE}/",
        "feeds": [f"{SITE}/feed.xml"],
        "hosts": ["gazette.example"],
        "render": "browser",
        "render_hosts": ["127.0.0.1"],  # so that it is the guard that refuses
        "crawl": {"delay_seconds": 0},
    }
    settings = {
        "data_dir": "data",
        "sources_dir": "sources",
        "crawl": {"trusted_proxy": proxy},
        "browser": {"path": browser, "sandbox": False, "timeout_seconds": 200},
    }
    (home / "sources").mkdir()
    (home / "sources/gazette.yaml").write_text(json.dumps(source), encoding="utf-8")
    (home / "newsdex.yaml").write_text(json.dumps(settings), encoding="utf-8")


def _packet_count(udp: socket.socket) -> int:
    count = 0
    while True:
        try:
            udp.recv(2048)
        except BlockingIOError:
            return count
        count += 1


def stored(home: Path) -> tuple[VersionView, list[Record], list[Any]]:
    """The only version, the archive's records, and what deriving it again says."""
    with closing(Store.open(home / "data", max_archive_file_bytes=1 << 20)) as store:
        (article,) = store.articles.iterate_live(limit=9)
        (version,) = store.articles.versions(article.id)
        pool = InThisProcess()
        checks = asyncio.run(verify(article.id, store=store, sources={}, pool=pool, call=asyncio.to_thread))
        folder = store.archive.folder
        faults = list(check_archive(folder, archive_files(folder), store.receipts.places(), Checked()))
        assert faults == []
        return version, [record for path in archive_files(folder) for record in records_of(path)], checks


def test_a_story_that_only_scripts_bring_is_read_archived_and_verified(crawled: Crawled) -> None:
    version, records, checks = stored(crawled.home)
    assert crawled.counts["new_article"] == 1
    assert version.article.title == TITLE
    assert version.article.text == "\n\n".join(PROSE)
    assert RENDERED in version.article.flags
    assert [check.told for check in checks] == ["verified"]
    answer, conversion = (next(each for each in records if each.type == kind) for kind in ("response", "conversion"))
    assert conversion.headers["warc-refers-to"] == answer.headers["warc-record-id"]
    assert PROSE[0].encode() in conversion.payload
    assert PROSE[0].encode() not in answer.payload


def test_only_the_sites_scripts_and_data_are_asked_each_once_and_all_on_record(crawled: Crawled) -> None:
    parts = [f"{SITE}/app.js", f"{SITE}/api/away.json", f"{SITE}/api/story.json"]
    assert sorted(crawled.asked) == sorted([f"{SITE}/robots.txt", f"{SITE}/feed.xml", STORY, *parts])
    with closing(Store.open(crawled.home / "data", max_archive_file_bytes=1 << 20)) as store:
        noted = [each.url for each in store.paces.requests("gazette", limit=99)]
    assert set(parts) <= set(noted)


def test_no_way_out_of_a_page_reaches_this_machine(crawled: Crawled) -> None:
    _, records, _ = stored(crawled.home)
    page = next(record for record in records if record.type == "conversion").payload
    assert b'data-tried="12 of 12"' in page
    assert (crawled.reached, crawled.packets) == (0, 0)
