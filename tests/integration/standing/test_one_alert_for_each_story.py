"""A story that comes again under another address of its source is told once. Runs on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from indexer.matching.service import StandingMatching
from news.article import Article
from news.index import Filters
from news.standing import Match
from store.service import Store
from tests.support.stores import NOW, after, fetch_story, make_result, make_story, row_of, saved_one
from tests.support.texts import paragraphs_of

OLD, NEW = "https://paper.example/news/storm-1", "https://paper.example/story/2026/1/storm.html"
AGAIN = "A ferry was held in the harbour."  # what an edit adds
BRIEF = ("It may rain on Sunday.",)
NAMED = "Storm closes the road"


def match(store: Store) -> list[Match]:
    made = StandingMatching(store, clock=lambda: after(days=8)).match_pending()
    return [match for matches in made for match in matches]


def search(store: Store, query: str, *, at: datetime = NOW) -> str:
    return store.standing_searches.add(query, query, Filters(), now=at).id


def storm(*edits: str, number: int = 1, title: str = "Storm", **fields: Any) -> Article:
    paragraphs = (*paragraphs_of(number, count=5, words=45), *edits)
    return make_story(title, *paragraphs, **{"published_at": NOW, **fields})


def led(store: Store, story: Article, *, at: datetime) -> None:
    """The old address redirects to the new one from now on."""
    result = make_result(row_of(store, OLD, at=at), story, fetched_at=at, redirected_to=NEW, effective_url=NEW)
    saved_one(store.saver.save([result]))


@pytest.mark.parametrize(
    "again",
    [
        storm(published_at=after(hours=-9)),
        storm(AGAIN, title="Storm, officials say"),
    ],
    ids=["under its headline", "at its moment, under another headline"],
)
def test_a_story_that_comes_again_under_another_address_is_told_once(store: Store, again: Article) -> None:
    search(store, "storm")
    fetch_story(store, OLD, storm())
    assert len(match(store)) == 1
    fetch_story(store, NEW, again, at=after(days=7))
    assert match(store) == []
    led(store, again, at=after(days=7, minutes=1))
    assert match(store) == []


@pytest.mark.parametrize("edits", [(), (AGAIN,)], ids=["as it was", "edited meanwhile"])
def test_one_too_short_for_a_sketch_is_told_once(store: Store, edits: tuple[str, ...]) -> None:
    search(store, "storm")
    fetch_story(store, OLD, make_story(NAMED, *BRIEF, published_at=NOW))
    fetch_story(store, NEW, make_story(NAMED, *BRIEF, *edits, published_at=NOW), at=after(days=7))
    assert len(match(store)) == 1


@pytest.mark.parametrize(
    ("title", "fields"),
    [("Storm", {}), ("Storm over the harbour", {}), (NAMED, {"published_day_only": True})],
    ids=["a headline that says little", "another headline", "on one day alone"],
)
def test_other_short_texts_are_told(store: Store, title: str, fields: dict[str, Any]) -> None:
    search(store, "storm")
    fetch_story(store, OLD, make_story(title if title == "Storm" else NAMED, *BRIEF, published_at=NOW, **fields))
    fetch_story(store, NEW, make_story(title, AGAIN, published_at=NOW, **fields), at=after(days=7))
    assert len(match(store)) == 2


def test_a_story_that_matched_before_the_search_was_saved_is_no_news_under_another_address(store: Store) -> None:
    fetch_story(store, OLD, storm())
    search(store, "storm", at=after(days=1))
    fetch_story(store, NEW, storm(), at=after(days=7))
    assert match(store) == []


def test_what_the_new_address_says_more_is_told_and_not_again_when_the_two_are_one(store: Store) -> None:
    search_id = search(store, "ferry")
    fetch_story(store, OLD, storm())
    new = fetch_story(store, NEW, storm(AGAIN), at=after(days=7))
    (found,) = match(store)
    led(store, storm(AGAIN), at=after(days=7, minutes=1))
    assert match(store) == []
    assert store.articles.id_at(NEW) == store.articles.id_at(OLD) != new.article_id
    (shown,) = store.standing_matches.newest(search_id, limit=10)  # and is told still, as it was
    assert (shown.match, shown.stored.article.text) == (found, storm(AGAIN).text)


def test_an_edit_of_both_addresses_is_told_once_whichever_is_seen_first(store: Store) -> None:
    search(store, "ferry")
    search(store, "harbour")
    for place, (first, second) in enumerate(((OLD, NEW), (NEW, OLD)), start=1):
        for minutes, address in enumerate((OLD, NEW)):
            fetch_story(store, f"{address}?{place}", storm(number=place), at=after(minutes=minutes))
        assert match(store) == []
        fetch_story(store, f"{first}?{place}", storm(AGAIN, number=place), at=after(hours=1))
        assert len(match(store)) == 2
        fetch_story(store, f"{second}?{place}", storm(AGAIN, number=place), at=after(hours=2))
        assert match(store) == []


@pytest.mark.parametrize("first", [OLD, NEW])
def test_an_edit_of_both_addresses_is_told_when_both_wait(store: Store, first: str) -> None:
    search(store, "ferry")
    for minutes, address in enumerate((OLD, NEW)):
        fetch_story(store, address, storm(), at=after(minutes=minutes))
    for hours, address in enumerate((first, OLD if first == NEW else NEW), start=1):
        fetch_story(store, address, storm(AGAIN), at=after(hours=hours))
    assert len(match(store)) == 1


@pytest.mark.parametrize(
    "other",
    [
        storm(number=2),
        storm(published_at=after(days=2)),
        storm(published_at=None),
        storm(title="Another storm", published_at=after(hours=1)),
        storm(title="Another storm", published_day_only=True),
    ],
    ids=["another text", "of another day", "no time", "grown under another headline", "on one day alone"],
)
def test_other_stories_are_told(store: Store, other: Article) -> None:
    search(store, "storm")
    fetch_story(store, OLD, storm())
    fetch_story(store, NEW, other, at=after(days=7))
    assert len(match(store)) == 2
