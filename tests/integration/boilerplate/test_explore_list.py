"""A list of other stories' headlines that changes over time leaves every text, and takes nothing of any story along."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.extraction.service import extract
from crawler.extraction.version import EXTRACTOR_VERSION
from news.article import Article, Page
from news.fetch import Outcome
from news.source import Source
from news.versions.digest import content_digest
from store.service import Store
from tests.support.explore_site import LAYOUTS, PROMPT, ExploreSite
from tests.support.publisher import Publisher
from tests.support.stores import Place
from tests.support.timed_crawl import TimedCrawl

START = datetime(2026, 11, 1, 6, tzinfo=UTC)
HOURS = 6


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


def source_of(publisher: Publisher) -> Source:
    return Source(id="paper", name="Explore Post", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))


def crawled(store: Store, site: ExploreSite, publisher: Publisher) -> list[Outcome]:
    """Follow the site for some hours; what came of the pages that were asked for again."""
    again: list[Outcome] = []
    with TimedCrawl(store, source_of(publisher), publisher.url) as crawl:
        for hour in range(HOURS):
            now = START + timedelta(hours=hour)
            crawl.find(site.publish(6 if hour == 0 else 2), now=now)
            for story in site.stories[-4:]:
                store.frontier.request(f"{publisher.url}{story.path}", source_id="paper", now=now)
            site.show(hour)
            visits = crawl.visit_due(now)
            again += [saved.outcome for row, saved in visits if row.last_fetched_at is not None]
            crawl.read_stale()
    return again


def leaked(publisher: Publisher, site: ExploreSite) -> bool:
    """Whether a reading without knowledge of the source takes the list for a part of the text."""
    story = site.stories[0]
    page = Page(url=f"{publisher.url}{story.path}", body=site.page(story, HOURS).encode(), content_type="text/html")
    read = extract(page)
    assert isinstance(read, Article)
    return PROMPT in read.text and any(headline in read.text for headline in site.headlines_at(HOURS))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_headline_of_the_list_is_in_any_text_and_every_paragraph_is(
    store: Store, publisher: Publisher, layout: str
) -> None:
    site = ExploreSite(publisher, layout=layout)
    again = crawled(store, site, publisher)

    stored = {article.article.title: article.article for article in store.articles.iterate_live(limit=100)}
    assert set(stored) == {story.headline for story in site.stories}
    listed = {headline for hour in range(HOURS) for headline in site.headlines_at(hour)}
    for story in site.stories:
        blocks = [block.text for block in stored[story.headline].blocks]
        assert blocks == list(story.paragraphs), story.headline
        assert not listed & set(blocks)
    assert set(again) == {Outcome.UNCHANGED}
    assert all(len(store.articles.versions(article.id)) == 1 for article in store.articles.iterate_live(limit=100))
    if layout != "links":  # those are left out in a first reading already
        assert leaked(publisher, site)


def test_what_is_known_is_shown_with_its_stories_and_times(store: Store, publisher: Publisher) -> None:
    site = ExploreSite(publisher, layout="inside")
    crawled(store, site, publisher)
    blocks = {block.text: block for block in store.boilerplates.blocks("paper")}
    prompt = blocks[PROMPT]
    assert prompt.is_repeated
    assert prompt.story_count == len(site.stories)
    assert (prompt.since_at, prompt.last_seen_at.date()) == (START, START.date())


def test_the_index_is_told_of_each_article_that_lost_a_block(store: Store, publisher: Publisher) -> None:
    site = ExploreSite(publisher, layout="inside")
    with TimedCrawl(store, source_of(publisher), publisher.url) as crawl:
        crawl.find(site.publish(4), now=START)
        site.show(0)
        crawl.visit_due(START)
        before = {article.id: article.revision for article in store.articles.iterate_live(limit=9)}
        assert any(PROMPT in article.article.text for article in store.articles.iterate_live(limit=9))
        report = crawl.read_stale()
        assert report.changed_count == len(before)
        after = list(store.articles.iterate_live(limit=9))
        assert all(article.revision > before[article.id] for article in after)
        assert not any(PROMPT in article.article.text for article in after)
        assert crawl.read_stale().read_count == 0


def test_a_page_read_by_an_older_extraction_is_compared_as_todays_reads_it(store: Store, publisher: Publisher) -> None:
    site = ExploreSite(publisher, layout="links")
    with TimedCrawl(store, source_of(publisher), publisher.url) as crawl:
        (url,) = crawl_one(store, site, crawl)
        (stored,) = store.articles.iterate_live(limit=9)
        read_before = replace(stored.article, title="As an older extraction read it", blocks=stored.article.blocks[:1])
        digest = content_digest(read_before)
        store.saver.replace_version(stored.id, 1, read_before, content_digest=digest, extractor_version="0", now=START)

        later = START + timedelta(days=1)
        publisher.page(site.stories[0].path, site.page(site.stories[0], 0).replace("</body>", "<i>1 view</i></body>"))
        store.frontier.request(url, source_id="paper", now=later)
        ((_, saved),) = crawl.visit_due(later)
        assert saved.outcome is Outcome.UNCHANGED
        (version,) = store.articles.versions(stored.id)
        assert (version.article, version.extractor_version) == (stored.article, EXTRACTOR_VERSION)

        edited = site.page(site.stories[0], 0).replace("In ", "Near ")
        publisher.page(site.stories[0].path, edited)
        store.frontier.request(url, source_id="paper", now=later)
        ((_, saved),) = crawl.visit_due(later)
        assert saved.outcome is Outcome.NEW_VERSION


def crawl_one(store: Store, site: ExploreSite, crawl: TimedCrawl) -> list[str]:
    """Publish one story and crawl it."""
    urls = site.publish(1)
    crawl.find(urls, now=START)
    site.show(0)
    crawl.visit_due(START)
    return urls
