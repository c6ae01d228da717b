"""The same site followed into Elasticsearch, and through its outage."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ARTICLES, Site

pytestmark = pytest.mark.elasticsearch


def use(site: Site, url: str) -> None:
    file: Path = site.home / "newsdex.yaml"
    settings = json.loads(file.read_text(encoding="utf-8"))
    name = f"test-{uuid.uuid4().hex[:8]}"
    settings["engine"] = {"kind": "elasticsearch", "elasticsearch_url": url, "index_name": name}
    file.write_text(json.dumps(settings), encoding="utf-8")


def test_the_article_is_found_and_not_by_its_neighbours(site: Site, elasticsearch_url: str) -> None:
    use(site, elasticsearch_url)
    assert site.crawl()["new_article"] == ARTICLES
    assert site.json("search", "muttaqi tehran talks")["total"] == 1
    assert site.json("search", "global sumud flotilla")["total"] == 0
    assert site.json("reindex")["documents"] == ARTICLES


def test_an_outage_of_a_crawl_loses_nothing(site: Site, elasticsearch_fault_proxy: Any) -> None:
    use(site, elasticsearch_fault_proxy.url)
    elasticsearch_fault_proxy.down()
    first = site.json("crawl", site.source_id)
    assert first["crawls"][0]["counts"]["new_article"] == ARTICLES
    assert first["note"]
    elasticsearch_fault_proxy.up()
    assert site.json("crawl", site.source_id)["index"]["indexed_count"] == ARTICLES
    assert site.json("status")["store"]["outbox"]["pending"] == 0
    assert site.json("search", "muttaqi tehran talks")["total"] == 1
