"""`replay --dry-run` says field by field what a replay would change, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

from news.article import Article
from news.versions.digest import content_digest
from store.clock import utc_now
from tests.support.commands import ARTICLES, Site


def stored_otherwise(site: Site, *, title: str) -> str:
    """Make one version say what an older extraction might have read; the id of its article."""
    with site.opened() as opened:
        stored = next(iter(opened.store.articles.iterate_live(limit=1)))
        older = replace(
            stored.article, title=title, language=None, source_line="An agency", blocks=stored.article.blocks[:-1]
        )
        save(site, stored.id, older)
        return stored.id


def save(site: Site, article_id: str, article: Article) -> None:
    with site.opened() as opened:
        digest = content_digest(article)
        opened.store.saver.replace_version(
            article_id, 1, article, content_digest=digest, extractor_version="0", now=utc_now()
        )


def test_what_is_won_lost_and_changed_is_told_before_anything_is_written(crawled_site: Site) -> None:
    as_stored = crawled_site.json("replay", "--dry-run")
    assert (as_stored["read_count"], as_stored["same_count"], as_stored["fields"]) == (ARTICLES, ARTICLES, {})

    article_id = stored_otherwise(crawled_site, title="As it was read before")
    before = crawled_site.json("show", article_id)
    told = crawled_site.json("replay", "--dry-run")
    assert (told["read_count"], told["same_count"], told["no_article"]) == (ARTICLES, ARTICLES - 1, {})
    fields = told["fields"]
    assert fields["title"]["counts"] == {"changed": 1}
    assert fields["blocks"]["counts"] == {"changed": 1}
    assert fields["language"]["counts"] == {"won": 1}
    (example,) = fields["title"]["examples"]["changed"]
    assert (example["article_id"], example["version"], example["before"]) == (article_id, 1, "As it was read before")
    (example,) = fields["blocks"]["examples"]["changed"]
    assert example["before"] == ""
    assert example["after"]

    text = crawled_site.run("replay", "--dry-run").stdout
    assert "As it was read before" in text
    assert crawled_site.json("show", article_id) == before

    done = crawled_site.json("replay")
    assert done["changed_count"] == 1
    assert crawled_site.json("replay", "--dry-run")["same_count"] == ARTICLES


def test_a_replay_tells_how_many_versions_it_could_not_read(crawled_site: Site) -> None:
    for file in (crawled_site.home / "data" / "archive").rglob("*.warc.gz"):
        file.unlink()
    told = crawled_site.run("replay").stdout
    assert told.startswith("0 versions read again, 0 changed\n")
    assert f"{ARTICLES} stay as they were: not in the archive" in told


def test_a_source_shows_its_scores_its_alarms_and_what_it_shows_on_every_page(crawled_site: Site) -> None:
    shown = crawled_site.json("sources", "show", crawled_site.source_id)
    assert all(0.5 < score <= 1 for score in shown["audit"]["scores"].values())
    assert shown["audit"]["scores"]
    assert shown["audit"]["alarms"] == []
    assert any(block["story_count"] >= 3 for block in shown["boilerplate"])
    assert crawled_site.json("status")["alarms"] == []
    text = crawled_site.run("sources", "show", crawled_site.source_id).stdout
    assert f"boilerplate: {len(shown['boilerplate'])} blocks" in text
