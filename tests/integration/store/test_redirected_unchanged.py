"""An article's page that is the same as before behind a new redirect. Runs on both databases."""

from __future__ import annotations

from news.fetch import Outcome
from store.service import Store
from tests.support.stores import after, fetch_story, make_result, make_story, row_of, saved_one

OLD, NEW = "https://paper.example/news/storm-1", "https://paper.example/story/storm"


def look(store: Store, outcome: Outcome) -> None:
    """A look at the old address, which redirects to the new one by now."""
    row = row_of(store, OLD, at=after(days=7))
    led = make_result(row, outcome=outcome, redirected_to=NEW, effective_url=NEW, etag='"1"', fetched_at=after(days=7))
    assert saved_one(store.saver.save([led])).outcome is outcome


def test_the_same_bytes_make_the_new_address_the_articles(store: Store) -> None:
    fetch_story(store, OLD, make_story("Storm"))
    look(store, Outcome.UNCHANGED)
    assert store.articles.id_at(OLD) == store.articles.id_at(NEW) is not None


def test_they_make_one_of_the_articles_of_both_addresses(store: Store) -> None:
    fetch_story(store, OLD, make_story("Storm"))
    fetch_story(store, NEW, make_story("Storm"), at=after(days=6))
    look(store, Outcome.UNCHANGED)
    assert store.articles.id_at(OLD) == store.articles.id_at(NEW) is not None


def test_a_304_does_not_and_the_page_is_asked_for_whole_next(store: Store) -> None:
    fetch_story(store, OLD, make_story("Storm"), etag='"1"')
    look(store, Outcome.NOT_MODIFIED)
    assert store.articles.id_at(NEW) is None
    assert row_of(store, OLD, at=after(days=8)).etag is None


def test_a_304_of_an_address_known_as_the_articles_is_believed(store: Store) -> None:
    fetch_story(store, OLD, make_story("Storm"), etag='"1"', redirected_to=NEW)
    look(store, Outcome.NOT_MODIFIED)
    assert row_of(store, OLD, at=after(days=8)).etag == '"1"'
