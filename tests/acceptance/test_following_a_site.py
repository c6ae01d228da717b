"""A publisher is followed over several crawls, from the command line."""

from __future__ import annotations

import json

from tests.support.commands import ARTICLES, Site


def test_first_crawl_makes_articles_searchable(site: Site) -> None:
    counts = site.crawl()
    assert counts["new_article"] == ARTICLES
    assert counts["robots_refused"] == 1

    found = json.loads(site.run("search", "muttaqi tehran talks", "--json").stdout)
    assert found["total"] == 1
    hit = found["hits"][0]
    assert hit["title"] == "Afghan Taliban hold talks with opponent group in Iran"
    assert hit["published_at"].startswith("2022-01-1")
    assert hit["section"] == "World"
    assert site.json("search", "global sumud flotilla")["total"] == 0


def test_the_trt_world_page_is_read_into_its_fields(crawled_site: Site) -> None:
    article_id = crawled_site.json("search", "muttaqi tehran talks")["hits"][0]["id"]
    article = crawled_site.json("show", article_id)["article"]

    assert article["dek"].startswith("The Afghan delegation led by Taliban-appointed foreign minister")
    assert article["image"]["caption"].startswith("Sunday's meeting in Tehran is one of the first signs")
    assert article["image"]["credit"] == "AFP"
    assert article["source_line"] == "TRTWorld and agencies"
    text = "\n".join(block["text"] for block in article["blocks"])
    for furniture in ("READ MORE", "Recommended", "MIN READ", "Explore", "Sumud", "SOURCE:"):
        assert furniture not in text, furniture
    assert "Kabul takeover" in text
    assert "Sunday's meeting in Tehran is one of the first signs of rapprochement" in text


def test_second_crawl_changes_nothing(crawled_site: Site) -> None:
    again = crawled_site.json("crawl", crawled_site.source_id)
    counts = again["crawls"][0]["counts"]
    assert counts.get("new_article", 0) == 0
    assert counts.get("new_version", 0) == 0
    assert counts["not_modified"] >= ARTICLES
    assert again["index"]["indexed_count"] == 0


def test_a_refusal_is_asked_about_again_by_the_next_crawl(site: Site) -> None:
    site.configure(crawl={"allow_private_networks": False})
    for _ in range(2):
        refused = site.run("crawl", site.source_id)
        assert refused.returncode == 1
        assert "blocked_private" in refused.stdout
        assert "not a public address; crawl.allow_private_networks" in refused.stderr

    site.configure(crawl={"allow_private_networks": True})
    assert site.crawl()["new_article"] == ARTICLES


def test_recrawl_fetches_one_url_again(crawled_site: Site) -> None:
    url = crawled_site.json("search", "muttaqi tehran talks")["hits"][0]["url"]
    again = crawled_site.json("recrawl", "--url", url)
    assert again["crawls"][0]["counts"]["not_modified"] == 1

    history = crawled_site.json("show", url)
    assert [fetch["outcome"] for fetch in history["fetches"]] == ["not_modified", "new_article"]


def test_reindex_and_replay_keep_what_is_known(crawled_site: Site) -> None:
    before = crawled_site.json("search", "tides")["total"]
    assert crawled_site.json("reindex")["documents"] == ARTICLES
    replayed = crawled_site.json("replay")
    assert replayed["read_count"] == ARTICLES
    assert replayed["unreadable_count"] == 0
    assert crawled_site.json("search", "tides")["total"] == before > 0


def test_known_errors_are_one_line_with_their_exit_code(site: Site) -> None:
    missing = site.run("crawl", "no-such-source")
    assert missing.returncode == 3
    assert "no-such-source" in missing.stderr
    assert len(missing.stderr.strip().splitlines()) == 1

    unknown = site.run("show", "https://example.com/never-met")
    assert unknown.returncode == 3

    (site.home / "newsdex.yaml").write_text("crawl:\n  delay_seconds: soon\n", encoding="utf-8")
    wrong = site.run("status")
    assert wrong.returncode == 2
    assert "line 2" in wrong.stderr
    assert "Traceback" not in wrong.stderr
