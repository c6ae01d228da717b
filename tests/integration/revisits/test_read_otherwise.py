"""A page that is read otherwise because of what stands around its story was not edited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.fetch import Outcome
from news.source import ExtractionRules, Source
from store.service import Store
from tests.support.explore_site import make_story
from tests.support.publisher import Publisher
from tests.support.stores import NOW, Place
from tests.support.timed_crawl import TimedCrawl

STORY = make_story(1)
ASIDE = "The Canadian dollar traded at 74.27 cents when the markets closed on Friday in Toronto."
ADDED = "The work will begin in the spring, and nobody knows what it will cost the town."


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


def page_of(*inside: str, outside: str = "", counter: int = 0) -> str:
    """The story with these paragraphs behind it, within its container or outside of it."""
    body = "".join(f"<p>{text}</p>" for text in (*STORY.paragraphs, *inside))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{STORY.headline}</title></head><body>'
        f'<h1>{STORY.headline}</h1><div class="story">{body}</div><div class="box"><p>{outside}</p></div>'
        f"<i>{counter} readers</i></body></html>"
    )


def test_a_block_that_stood_on_the_page_before_is_no_edit_and_a_new_one_is(store: Store, publisher: Publisher) -> None:
    rules = ExtractionRules(body=".story")  # so that it is known what is read; trees change their minds in such a way
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",), rules=rules)
    url = publisher.page(STORY.path, page_of(outside=ASIDE))
    outcomes = []
    with TimedCrawl(store, source, publisher.url) as crawl:
        crawl.find([url], now=NOW)
        pages = (page_of(outside=ASIDE), page_of(ASIDE, counter=1), page_of(counter=2), page_of(ADDED, counter=3))
        for day, page in enumerate(pages):
            publisher.page(STORY.path, page)
            store.frontier.request(url, source_id="paper", now=NOW + timedelta(days=day))
            outcomes += [saved.outcome for _, saved in crawl.visit_due(NOW + timedelta(days=day))]
    assert outcomes == [Outcome.NEW_ARTICLE, Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.NEW_VERSION]
    (article,) = store.articles.iterate_live(limit=9)
    assert [block.text for block in article.article.blocks] == [*STORY.paragraphs, ADDED]
