"""A publisher made of real pages is followed: every article once, then only what changed, then what is new."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.commands import Commands
from tests.support.corpora import need_corpora
from tests.support.replay_site import ReplaySite

pytestmark = pytest.mark.corpora

REVISED = (10, 3)  # first article and how many


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """A site after its first crawl."""

    publisher: ReplaySite
    commands: Commands
    pages: list[str]  # article number -> the page it serves
    first: dict[str, Any]  # what the first crawl reported

    def versions(self) -> Counter[str]:
        """How many versions each stored article has, by URL."""
        with self.commands.opened() as opened:
            stored = opened.store.articles.iterate_live(limit=1000)
            return Counter({one.url: len(opened.store.articles.versions(one.id)) for one in stored})

    def crawl(self) -> tuple[dict[str, Any], Counter[str]]:
        """Crawl; what it reported, and what the site was asked meanwhile."""
        before = Counter(self.publisher.stats())
        report = self.commands.json("crawl", self.commands.source_id)
        asked = Counter(self.publisher.stats()) - before
        asked["requests"] -= 1  # for these counters
        return report, asked

    def index_files(self) -> dict[str, int]:
        """The files of the index with the time of their last write."""
        folder = self.commands.home / "data" / "index"
        return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*") if file.suffix != ".lock"}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    corpus = need_corpora() / "extraction" / "fundus"
    lines = (corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    pages = sorted(json.loads(line)["id"] for line in lines)
    with ReplaySite(corpus / "pages", articles=len(pages)) as publisher:
        commands = Commands(tmp_path_factory.mktemp("replay"))
        commands.follow("replay", **publisher.source)
        first = commands.json("crawl", "replay")
        yield Followed(publisher=publisher, commands=commands, pages=pages, first=first)


def unchanged_count(report: dict[str, Any]) -> int:
    """The articles of a crawl that came whole and were the same."""
    return int(report["crawls"][0]["counts"].get("unchanged", 0))


def test_every_article_is_stored_and_indexed_once(followed: Followed) -> None:
    with followed.commands.opened() as opened:
        stored = [one.url for one in opened.store.articles.iterate_live(limit=1000)]
        assert len(stored) == len(set(stored)) == opened.engine.count()
        page_of = dict(zip(followed.publisher.article_urls(), followed.pages, strict=False))
        assert [page for url, page in page_of.items() if url not in stored] == []
    # The index may be told of some twice: those that are read again when more is known of their source
    assert (
        followed.first["crawls"][0]["counts"]["new_article"] == len(stored) <= followed.first["index"]["indexed_count"]
    )


def test_a_second_crawl_only_asks_what_changed(followed: Followed) -> None:
    versions, files = followed.versions(), followed.index_files()
    report, asked = followed.crawl()
    whole = asked["articles"]  # now and then one is asked for without validators, to see whether its 304 is true
    assert 0 < whole <= len(versions) // 20
    assert asked["not_modified"] == asked["requests"] - asked["robots"] - whole > len(versions) - whole
    assert report["crawls"][0]["counts"] == {"not_modified": asked["not_modified"], "unchanged": whole, "new_urls": 0}
    assert set(report["index"].values()) == {0, None}
    assert followed.versions() == versions
    assert followed.index_files() == files


def test_exactly_the_revised_articles_get_a_version(followed: Followed) -> None:
    first, count = REVISED
    versions = followed.versions()
    followed.publisher.revise(first, count)
    report, asked = followed.crawl()
    assert asked["articles"] == count + unchanged_count(report)
    assert report["index"]["indexed_count"] == count
    assert followed.versions() - versions == Counter(followed.publisher.article_urls()[first : first + count])


def test_a_published_article_is_found_by_its_token(followed: Followed) -> None:
    versions = followed.versions()
    [(url, token)] = followed.publisher.publish()
    report, asked = followed.crawl()
    assert asked["articles"] == 1 + unchanged_count(report)
    # The site publishes a page once more under another address and token: the first one learns that it has a copy
    copies = followed.commands.json("show", url)["copies"]["copies"]
    assert 1 <= report["index"]["indexed_count"] <= max(1, len(copies))
    assert [hit["url"] for hit in followed.commands.json("search", token)["hits"]] == [url]
    assert followed.versions() - versions == Counter([url])
