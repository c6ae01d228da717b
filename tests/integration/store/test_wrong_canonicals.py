"""Different stories whose pages state one canonical address of their site. Runs on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from news.article import Article
from news.fetch import Outcome
from store.records import SavedFetch
from store.service import Store
from tests.support.stores import add_urls, after, make_result, make_story, row_of, saved_one

CLAIMED = "https://paper.example/news/harbour-100"
STORM, TAXES = "https://paper.example/news/storm-101", "https://paper.example/news/taxes-102"


def told(title: str, text: str, *, at: datetime) -> Article:
    """A story dated by its page."""
    return make_story(title, text, published_at=at, evidence={"published_at": "json-ld"})


WAVES = "Waves of six metres may reach the northern shelters tonight, and ferries will stay in port until Sunday noon."
HARBOUR_STORY = told(
    "Harbour widened",
    "Dredgers have begun to make room for longer ships, which pilots had asked for since the old quay fell in.",
    at=after(days=-3),
)
STORM_STORY = told("Storm nears the coast", WAVES, at=after(days=-2))
TAXES_STORY = told(
    "Taxes to fall",
    "Savers keep more of what they earn next year, ministers agreed after a week in which councils spoke against it.",
    at=after(days=-1),
)


def claim(store: Store, url: str, story: Article, **fields: Any) -> SavedFetch:
    """Fetch a page that claims the address that all claim; the id foretold is the id given."""
    add_urls(store, url)
    result = make_result(row_of(store, url), story, canonical_url=CLAIMED, **fields)
    foretold = store.saver.article_id(result)
    saved = saved_one(store.saver.save([result]))
    assert saved.article_id == foretold
    return saved


def titles_of(store: Store) -> dict[str, str | None]:
    """The title of the article at each of the addresses that has one."""
    ids = {url: store.articles.id_at(url) for url in (CLAIMED, STORM, TAXES)}
    views = {url: store.articles.get(found) for url, found in ids.items() if found}
    return {url: view.stored.article.title for url, view in views.items() if view is not None}


def test_each_stays_an_article_of_its_own(store: Store) -> None:
    saved = [claim(store, *one) for one in ((CLAIMED, HARBOUR_STORY), (STORM, STORM_STORY), (TAXES, TAXES_STORY))]
    assert [one.outcome for one in saved] == [Outcome.NEW_ARTICLE] * 3
    assert titles_of(store) == {CLAIMED: "Harbour widened", STORM: "Storm nears the coast", TAXES: "Taxes to fall"}


def test_so_they_do_at_every_later_fetch(store: Store) -> None:
    for url, story in ((CLAIMED, HARBOUR_STORY), (STORM, STORM_STORY)):
        claim(store, url, story)
    edited = told("Storm passes", WAVES, at=after(days=-2))
    assert claim(store, STORM, edited, fetched_at=after(hours=1)).outcome is Outcome.NEW_VERSION
    undated = make_story(
        "Storm is over", "Nobody was hurt by the storm that came over the whole coast on Sunday night."
    )
    assert claim(store, STORM, undated, fetched_at=after(hours=2)).outcome is Outcome.NEW_VERSION
    assert titles_of(store) == {CLAIMED: "Harbour widened", STORM: "Storm is over"}


def test_the_page_at_the_claimed_address_gets_it_from_the_one_that_claimed_it_first(store: Store) -> None:
    storm = claim(store, STORM, STORM_STORY)
    harbour = claim(store, CLAIMED, HARBOUR_STORY, fetched_at=after(hours=1))
    assert storm.article_id != harbour.article_id
    assert titles_of(store) == {CLAIMED: "Harbour widened", STORM: "Storm nears the coast"}
    view = store.articles.get(str(storm.article_id))
    assert view is not None
    assert (view.stored.url, view.aliases) == (STORM, ())
    assert claim(store, STORM, STORM_STORY, fetched_at=after(hours=2)).outcome is Outcome.UNCHANGED
    assert claim(store, CLAIMED, HARBOUR_STORY, fetched_at=after(hours=3)).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("order", [(CLAIMED, STORM, TAXES), (STORM, TAXES, CLAIMED), (STORM, CLAIMED, TAXES)])
def test_they_are_told_apart_within_one_transaction(store: Store, order: tuple[str, ...]) -> None:
    stories = {CLAIMED: HARBOUR_STORY, STORM: STORM_STORY, TAXES: TAXES_STORY}
    add_urls(store, *order)
    results = [make_result(row_of(store, url), stories[url], canonical_url=CLAIMED) for url in order]
    foretold = store.saver.article_ids(results)
    assert [one.article_id for one in store.saver.save(results) if one is not None] == foretold
    assert titles_of(store) == {url: story.title for url, story in stories.items()}


def test_forgetting_one_forgets_no_other(store: Store) -> None:
    harbour = claim(store, CLAIMED, HARBOUR_STORY)
    claim(store, STORM, STORM_STORY)
    held = store.forgetting.held(harbour.article_id, [CLAIMED])
    assert held.article_ids == (harbour.article_id,)
    store.forgetting.forget(held, reason="asked for", now=after(hours=1))
    edited = told("Storm passes", WAVES, at=after(days=-2))
    assert claim(store, STORM, edited, fetched_at=after(hours=2)).outcome is Outcome.NEW_VERSION
    assert titles_of(store) == {STORM: "Storm passes"}


def test_pages_of_one_story_are_one_article_all_the_same(store: Store) -> None:
    claim(store, CLAIMED, STORM_STORY)
    redated = told("Storm nears the coast: live", WAVES, at=after(days=-1))
    teaser = make_story(
        "Read on as a subscriber", "This is for those who pay, and there are many good reasons to pay for it."
    )
    for url, story in ((STORM, redated), (TAXES, teaser)):
        assert claim(store, url, story, fetched_at=after(hours=1)).outcome is Outcome.UNCHANGED
    assert titles_of(store) == dict.fromkeys((CLAIMED, STORM, TAXES), "Storm nears the coast")
