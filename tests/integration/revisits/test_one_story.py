"""A story met under several forms of address is one article. Runs on both databases."""

from __future__ import annotations

from itertools import permutations

import pytest

from news.article import Article
from news.fetch import Outcome, UrlState
from store.service import Store
from tests.support.stores import NOW, add_urls, after, deliver, fetch_story, make_result, make_story, row_of
from tests.support.story_forms import shipped_forms

OLD = "https://www.trtworld.com/magazine/shikho-learns-to-read-49165"
NUMBER = "https://www.trtworld.com/article/12762620"
HEX = "https://www.trtworld.com/article/dee04574da32"
GLOBAL = "https://trt.global/world/article/12835719"
FORMS = (OLD, NUMBER, HEX, GLOBAL)
TITLE = "Shikho learns to read in Dhaka"
OPENING = "In a school on the edge of the city forty children open the same book every morning at seven."


@pytest.fixture(autouse=True)
def _forms(store: Store) -> None:
    store.know_forms(shipped_forms())


def story(*more: str, title: str = TITLE, **fields: object) -> Article:
    return make_story(title, OPENING, *more, **{"published_at": NOW, **fields})


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_four_forms_are_one_article_in_whatever_order_they_are_met(store: Store, order: tuple[int, ...]) -> None:
    addresses = [FORMS[number] for number in order]
    add_urls(store, *addresses)
    for hour, url in enumerate(addresses):
        saved = fetch_story(store, url, story(f"Small print of form {hour}."), at=after(hours=hour), canonical_url=url)
        assert saved.outcome is (Outcome.UNCHANGED if hour else Outcome.NEW_ARTICLE)
    assert saved.article_id is not None
    view = store.articles.get(saved.article_id)
    assert view is not None
    assert {view.stored.url, *view.aliases} == set(FORMS)
    assert len(store.articles.versions(saved.article_id)) == 1
    assert store.counts(now=NOW).articles == 1


def test_an_alias_asked_for_again_makes_no_version_while_the_first_address_answers(store: Store) -> None:
    fetch_story(store, OLD, story("As it was."), canonical_url=OLD)
    for hour in range(1, 5):
        url = (HEX, OLD)[hour % 2 == 0]
        text = "As it was." if url == OLD else "As the new site prints it."
        saved = fetch_story(store, url, story(text), at=after(hours=hour), canonical_url=url)
        assert saved.outcome is Outcome.UNCHANGED
    store.saver.save([make_result(row_of(store, OLD), outcome=Outcome.GONE, status=410, state=UrlState.GONE)])
    saved = fetch_story(store, HEX, story("As the new site prints it."), at=after(hours=9), canonical_url=HEX)
    assert (saved.outcome, saved.version) == (Outcome.NEW_VERSION, 2)


def test_the_id_foretold_follows_the_page(store: Store) -> None:
    first = fetch_story(store, OLD, story())
    add_urls(store, HEX)
    result = make_result(row_of(store, HEX), story("More."), fetched_at=after(hours=1))
    assert store.saver.article_id(result) == first.article_id


def test_other_stories_stay_apart(store: Store) -> None:
    fetch_story(store, OLD, story(), canonical_url=OLD)
    others = {
        OLD.replace("49165", "49166"): story(),
        NUMBER: story(published_at=after(days=1)),
        HEX: make_story("Markets fall on rate fears again", "Shares fell.", published_at=NOW),
        "https://www.trtworld.com/live/live-blog-53001": story(published_at=after(days=2)),
    }
    for hour, (url, other) in enumerate(others.items(), 1):
        assert fetch_story(store, url, other, at=after(hours=hour)).outcome is Outcome.NEW_ARTICLE


def test_two_articles_are_merged_once_their_pages_agree(store: Store) -> None:
    older = fetch_story(store, OLD, story(), canonical_url=OLD)
    younger = fetch_story(store, HEX, make_story("A stub", "Text follows."), at=after(hours=1), canonical_url=HEX)
    assert younger.outcome is Outcome.NEW_ARTICLE
    deliver(store)
    met = fetch_story(store, HEX, story("More."), at=after(hours=2), canonical_url=HEX)
    assert met.article_id == older.article_id
    assert younger.article_id is not None
    view = store.articles.get(younger.article_id)
    assert view is not None
    assert (view.stored.id, view.merged_from) == (older.article_id, (younger.article_id,))
    third = fetch_story(store, GLOBAL, make_story("A stub", "x", published_at=NOW), at=after(hours=3))
    assert third.outcome is Outcome.NEW_ARTICLE
