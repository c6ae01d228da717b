"""A story that comes again under another address has its older one looked at. Runs on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from news.article import Article
from news.fetch import Outcome
from store.service import Store
from tests.support.stores import NOW, after, fetch_story, make_result, make_story, row_of, saved_one, take_urls
from tests.support.texts import paragraphs_of

OLD, NEW = "https://paper.example/news/storm-1", "https://paper.example/story/2026/1/storm.html"
IN_A_MONTH = after(days=30)


def storm(published_at: datetime | None = NOW, *, number: int = 1) -> Article:
    return make_story("Storm", *paragraphs_of(number, count=5, words=45), published_at=published_at)


def moved(store: Store, again: Article, **fields: Any) -> list[str]:
    """What is due when this story is met at the new address a week after that of the old one was."""
    fetch_story(store, OLD, storm(), next_due_at=IN_A_MONTH)
    fetch_story(store, NEW, again, at=after(days=7), next_due_at=IN_A_MONTH, **fields)
    due = take_urls(store, 2, at=after(days=7))
    store.frontier.release(2)
    return due


@pytest.mark.parametrize("published_at", [NOW, after(hours=-9)], ids=["the same time", "the day alone"])
def test_the_old_address_of_a_story_that_comes_again_is_due_and_makes_the_two_one(
    store: Store, published_at: datetime
) -> None:
    assert moved(store, storm(published_at)) == [OLD]
    led = make_result(row_of(store, OLD, at=after(days=7)), storm(published_at), redirected_to=NEW, effective_url=NEW)
    assert saved_one(store.saver.save([led])).outcome is Outcome.UNCHANGED
    assert store.articles.id_at(OLD) == store.articles.id_at(NEW) is not None


def test_so_is_that_of_a_short_text_that_was_edited_meanwhile(store: Store) -> None:
    first, edited = ("It may rain on Sunday.",), ("It may rain on Sunday.", "It was said again.")
    fetch_story(store, OLD, make_story("Storm closes the road", *first, published_at=NOW), next_due_at=IN_A_MONTH)
    again = make_story("Storm closes the road", *edited, published_at=NOW)
    fetch_story(store, NEW, again, at=after(days=7), next_due_at=IN_A_MONTH)
    assert take_urls(store, 2, at=after(days=7)) == [OLD]


def test_an_address_that_answered_for_itself_a_moment_ago_is_looked_at_a_little_later(store: Store) -> None:
    """At once, a crawl that meets one text under many addresses would ask for all of them again and again."""
    fetch_story(store, OLD, storm(), next_due_at=IN_A_MONTH)
    fetch_story(store, NEW, storm(), at=after(minutes=6), next_due_at=IN_A_MONTH)
    assert take_urls(store, 2, at=after(minutes=9)) == []
    assert take_urls(store, 3, at=after(minutes=10)) == [OLD]


def test_of_a_text_under_many_addresses_the_newest_is_looked_at(store: Store) -> None:
    fetch_story(store, OLD, storm(), next_due_at=IN_A_MONTH)
    fetch_story(store, f"{OLD}-2", storm(), at=after(minutes=1), next_due_at=IN_A_MONTH)
    fetch_story(store, OLD, storm(), at=after(minutes=10), next_due_at=IN_A_MONTH)
    fetch_story(store, NEW, storm(), at=after(days=7), next_due_at=IN_A_MONTH)
    assert take_urls(store, 2, at=after(days=7)) == [f"{OLD}-2"]


@pytest.mark.parametrize(
    "again",
    [storm(after(days=2)), storm(None), storm(number=2)],
    ids=["a text of another day", "no time", "another text"],
)
def test_other_stories_leave_it_alone(store: Store, again: Article) -> None:
    assert moved(store, again) == []
