"""The replay site runs as a process of its own and changes on command."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support.replay_site import ReplaySite, write_pages


def text_of(url: str, **headers: str) -> str:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(response.read(), "utf-8")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path)


def test_it_serves_publishes_revises_and_counts(pages: Path) -> None:
    with ReplaySite(pages, articles=10) as site:
        urls = site.article_urls()
        assert len(urls) == 10
        [(fresh_url, token)] = site.publish()
        assert token in text_of(fresh_url)
        assert fresh_url in text_of(f"{site.url}/feed.xml")
        before = text_of(urls[3])
        site.revise(3)
        assert text_of(urls[3]) != before
        assert site.stats()["articles"] == 3


def test_it_answers_conditional_requests(pages: Path) -> None:
    with ReplaySite(pages, articles=4) as site:
        url = site.article_urls()[0]
        with urllib.request.urlopen(url, timeout=60) as response:
            etag = response.headers["ETag"]
        with pytest.raises(urllib.error.HTTPError) as caught:
            text_of(url, If_None_Match=etag)
        caught.value.close()
        assert caught.value.code == 304
        assert site.stats()["not_modified"] == 1


def test_its_process_is_gone_afterwards(pages: Path) -> None:
    with ReplaySite(pages, articles=2) as site:
        pid = site.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.corpora
def test_it_serves_real_pages(replay_site: ReplaySite) -> None:
    urls = replay_site.article_urls()
    assert len(urls) == 200
    assert len(text_of(urls[-1])) > 1000
