"""The same site followed into Elasticsearch, and through its outages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ARTICLES, Commands, Site, unused_index_name
from tests.support.replay_site import ReplaySite, write_pages
from tests.support.shared_elasticsearch import engine_at
from tests.support.whole import assert_whole

pytestmark = pytest.mark.elasticsearch

SITE_ARTICLES = 30
PUBLISHED = 5


def test_the_article_is_found_and_not_by_its_neighbours(site: Site, elasticsearch_engine: dict[str, Any]) -> None:
    site.configure(engine=elasticsearch_engine)
    assert site.crawl()["new_article"] == ARTICLES
    assert site.json("search", "muttaqi tehran talks")["total"] == 1
    assert site.json("search", "global sumud flotilla")["total"] == 0
    assert site.json("reindex")["documents"] == ARTICLES


def test_an_outage_of_a_crawl_loses_nothing(site: Site, elasticsearch_fault_proxy: Any) -> None:
    site.configure(engine=engine_at(elasticsearch_fault_proxy.url, unused_index_name()))
    elasticsearch_fault_proxy.down()
    first = site.json("crawl", site.source_id)
    assert first["crawls"][0]["counts"]["new_article"] == ARTICLES
    assert first["note"]
    elasticsearch_fault_proxy.up()
    assert site.json("crawl", site.source_id)["index"]["indexed_count"] == ARTICLES
    assert site.json("status")["outbox"]["pending"] == 0
    assert site.json("search", "muttaqi tehran talks")["total"] == 1


def test_a_server_that_is_killed_and_stays_away_loses_nothing(tmp_path: Path, elasticsearch_crashable: Any) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "home").mkdir()
    with ReplaySite(write_pages(tmp_path / "pages"), articles=SITE_ARTICLES) as publisher:
        commands = Commands(tmp_path / "home")
        commands.configure(engine=engine_at(elasticsearch_crashable.url, unused_index_name()))
        commands.follow("replay", **publisher.source)
        assert commands.crawl()["new_article"] == SITE_ARTICLES

        elasticsearch_crashable.kill()
        publisher.publish(PUBLISHED)
        assert commands.crawl()["new_article"] == PUBLISHED
        status = commands.json("status")
        assert status["outbox"]["pending"] == PUBLISHED
        assert not status["engine_ok"]

        elasticsearch_crashable.start()
        assert commands.json("crawl", "replay")["index"]["indexed_count"] == PUBLISHED
        assert_whole(commands, articles=SITE_ARTICLES + PUBLISHED)
