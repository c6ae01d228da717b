"""A story that is gone at its old address and shown at a new one stays one article. Runs on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from news.article import Article, NotArticle, NotArticleReason
from news.fetch import Outcome, UrlState
from news.revisits.due import GONE_CONFIRMATIONS, GONE_INTERVAL, MOST_INTERVAL
from store.articles.twins import twins_of
from store.records import SavedFetch
from store.service import Store
from store.views import ArticleView
from tests.support.stores import NOW, after, deliver, fetch_gone, fetch_story, make_result, make_story, row_of
from tests.support.texts import paragraphs_of

OLD, NEW = "https://paper.example/news/storm-1", "https://paper.example/story/2026/1/storm.html"
TITLE = "A storm closes the harbour"
MOVED_AT = after(days=7)
MORE = " ".join(paragraphs_of(7, count=2, words=45))


def storm(*, title: str = TITLE, published_at: datetime | None = NOW, more: str = "", **fields: Any) -> Article:
    texts = [*paragraphs_of(1, count=5, words=45), *([more] if more else [])]
    return make_story(title, *texts, published_at=published_at, **fields)


def lose(store: Store, url: str = OLD, *, times: int = GONE_CONFIRMATIONS, first: int = 0) -> SavedFetch:
    """The address answers 404 so many times, twelve hours apart, since the site moved."""
    for number in range(first, first + times):
        at = MOVED_AT + timedelta(hours=1) + GONE_INTERVAL * number
        saved = fetch_gone(store, url, at=at)
    return saved


def lead_away(store: Store, *, hours: float, url: str = OLD) -> None:
    """The home page answers for the address, so long after the site moved."""
    why = NotArticle(reason=NotArticleReason.LED_AWAY, detail="the home page answered for it")
    at = MOVED_AT + timedelta(hours=hours)
    fields = {"outcome": Outcome.NOT_ARTICLE, "detail": f"{why.reason.value}: {why.detail}", "extraction": why}
    store.saver.save([make_result(row_of(store, url, at=at), fetched_at=at, next_due_at=at, **fields)])


def view_of(store: Store, address: str) -> ArticleView:
    found = store.articles.get(store.articles.id_at(address) or "")
    assert found is not None
    return found


def moved(store: Store, again: Article, *, url: str = NEW, at: datetime = MOVED_AT) -> SavedFetch:
    """The story is met at its new address, which calls itself canonical, a week after the old one."""
    return fetch_story(store, url, again, at=at, canonical_url=url)


def test_the_new_address_goes_on_with_the_article_of_the_old_one(store: Store) -> None:
    old = fetch_story(store, OLD, storm())
    new = moved(store, storm(authors=("Ada Example",)))  # the new pages show them
    assert new.article_id != old.article_id
    assert lose(store, times=GONE_CONFIRMATIONS - 1).is_removal is False
    assert view_of(store, NEW).stored.id == new.article_id, "not before it is certain"

    assert lose(store, times=1, first=GONE_CONFIRMATIONS - 1).is_removal, "its proof is archived"

    view = view_of(store, NEW)
    assert (view.stored.id, view.state, view.stored.url) == (old.article_id, "live", NEW)
    assert (view.merged_from, view.aliases) == ((new.article_id,), (OLD,))
    versions = store.articles.versions(view.stored.id)
    assert [version.article.authors for version in versions] == [(), ("Ada Example",)]
    assert store.counts(now=after(days=9)).removed == 0
    told = {item.article_id: item.stored for item in store.outbox.pending(limit=9, now=after(days=9))}
    assert told[new.article_id or ""] is None
    edited = fetch_story(store, NEW, storm(more="It reopened at noon."), at=after(days=10), canonical_url=NEW)
    assert (edited.article_id, edited.version) == (old.article_id, 3)


def test_an_edit_before_the_new_address_was_met_is_its_next_version(store: Store) -> None:
    """It states the same moment, and no text of another story holds the whole of the old one."""
    old = fetch_story(store, OLD, storm())
    moved(store, storm(more=MORE))
    lose(store)
    view = view_of(store, OLD)
    assert (view.stored.id, view.stored.url, view.stored.version) == (old.article_id, NEW, 2)


def test_edits_made_at_the_new_address_meanwhile_are_versions_too(store: Store) -> None:
    fetch_story(store, OLD, storm())
    moved(store, storm())
    for hours, author in enumerate(("Ada Example", "Ben Example"), 1):
        moved(store, storm(authors=(author,)), at=MOVED_AT + timedelta(hours=hours))
    lose(store)
    view = view_of(store, OLD)
    versions = store.articles.versions(view.stored.id)
    authors = [(version.version, version.article.authors) for version in versions]
    assert authors == [(1, ()), (2, ("Ada Example",)), (3, ("Ben Example",))]
    assert view.stored.article.authors == ("Ben Example",)


def test_the_old_page_coming_back_is_an_alias_and_no_edit(store: Store) -> None:
    old = fetch_story(store, OLD, storm())
    moved(store, storm(authors=("Ada Example",)))
    lose(store)
    deliver(store, at=after(days=9))
    back = fetch_story(store, OLD, storm(), at=after(days=40), canonical_url=OLD)
    assert (back.outcome, back.article_id, back.is_alias) == (Outcome.UNCHANGED, old.article_id, True)
    row = store.frontier.find(OLD)
    assert row is not None
    assert (row.state, row.next_due_at) == (UrlState.FETCHED, None)


def test_so_does_one_whose_old_address_leads_to_the_home_page_for_a_day(store: Store) -> None:
    old = fetch_story(store, OLD, storm())
    moved(store, storm(authors=("Ada Example",)))
    for hours in (1, 2, 3, 13):
        lead_away(store, hours=hours)
    assert view_of(store, OLD).stored.url == OLD
    lead_away(store, hours=25)
    view = view_of(store, NEW)
    assert (view.stored.id, view.state, view.stored.url, view.aliases) == (old.article_id, "live", NEW, (OLD,))
    row = store.frontier.find(OLD)
    assert row is not None
    assert row.next_due_at == MOVED_AT + timedelta(hours=25) + MOST_INTERVAL


def test_but_not_if_the_story_was_there_again_meanwhile(store: Store) -> None:
    fetch_story(store, OLD, storm())
    moved(store, storm())
    for hours in (1, 13):
        lead_away(store, hours=hours)
    fetch_story(store, OLD, storm(), at=MOVED_AT + timedelta(hours=20), canonical_url=OLD)
    lead_away(store, hours=25)
    assert view_of(store, OLD).stored.url == OLD


@pytest.mark.parametrize(
    "again",
    [
        storm(title="A storm closes the bridge"),
        storm(published_at=after(days=2)),
        storm(published_at=None),
        storm(more=MORE, published_day_only=True),
        storm(more=" ".join(paragraphs_of(7, count=8, words=45))),
        make_story(TITLE, "It may rain.", published_at=NOW),
    ],
    ids=[
        "another headline",
        "another day",
        "no day",
        "an edit on the same day",
        "a text in a longer one",
        "a short text",
    ],
)
def test_what_may_be_another_story_stays_one(store: Store, again: Article) -> None:
    fetch_story(store, OLD, storm())
    moved(store, again)
    lose(store)
    assert view_of(store, OLD).state == "removed"
    assert view_of(store, NEW).state == "live"


def test_nor_is_one_of_two_new_addresses_chosen(store: Store) -> None:
    fetch_story(store, OLD, storm())
    moved(store, storm())
    moved(store, storm(), url=f"{NEW}-2", at=after(days=7, minutes=1))
    lose(store)
    assert view_of(store, OLD).state == "removed"


def test_an_older_address_that_still_answers_keeps_its_own_article(store: Store) -> None:
    """A copy that was there first, as in another section, is no new address."""
    first = fetch_story(store, NEW, storm(), canonical_url=NEW)
    fetch_story(store, OLD, storm(), at=after(hours=1), canonical_url=OLD)
    lose(store)
    assert view_of(store, OLD).state == "removed"
    assert view_of(store, NEW).stored.id == first.article_id


def test_stories_that_moved_are_counted_for_no_outage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """And where each went is looked for once per fetch, although both an outage and a removal depend on it."""
    olds = [f"https://paper.example/news/{number}" for number in range(8)]
    for number, url in enumerate(olds):
        texts = paragraphs_of(number, count=5, words=45)
        story = make_story(f"A storm closes harbour {number}", *texts, published_at=NOW)
        fetch_story(store, url, story)
        moved(store, story, url=f"{url}.html")
    for number in range(GONE_CONFIRMATIONS - 1):
        for url in olds:
            lose(store, url, times=1, first=number)
    looked = Mock(wraps=twins_of)
    monkeypatch.setattr("store.saving.moves.twins_of", looked)
    for url in olds:
        lose(store, url, times=1, first=GONE_CONFIRMATIONS - 1)
    assert looked.call_count == len(olds)
    assert {view_of(store, url).stored.url for url in olds} == {f"{url}.html" for url in olds}
