"""The vectors of articles. Runs on both databases."""

from __future__ import annotations

import pytest

from store.articles import missing_vectors
from store.articles.vectors import Unread
from store.service import Store
from tests.support.stores import after, fetch_story, make_story

PAGE = "https://paper.example/"
MODEL = "a model"


def keep(store: Store, *vectors: bytes, model: str = MODEL) -> list[Unread]:
    """Keep these vectors of the articles that have none, the newest first."""
    kept: list[Unread] = []
    while len(kept) < len(vectors) and (missing := store.missing_vectors.find(model, limit=len(vectors) - len(kept))):
        store.vectors.keep(model, [(each, vectors[place]) for place, each in enumerate(missing, len(kept))])
        kept += missing
    return kept


def test_articles_are_read_newest_first_and_again_once_their_text_changed(store: Store) -> None:
    first = fetch_story(store, PAGE + "a", make_story("First", "Its text.", dek="Its dek", language="en"))
    fetch_story(store, PAGE + "b", make_story("Second", "Another text."), at=after(hours=1))
    newest, oldest = keep(store, b"second", b"first")
    assert (newest.text, newest.language) == ("Second\nAnother text.", None)
    assert (oldest.text, oldest.language) == ("First\nIts dek\nIts text.", "en")
    assert store.missing_vectors.find(MODEL, limit=5) == []
    fetch_story(store, PAGE + "a", make_story("First", "Its text, edited."), at=after(hours=2))
    (again,) = store.missing_vectors.find(MODEL, limit=5)
    assert again.article_id == first.article_id
    assert store.vectors.of(MODEL, [again.article_id, "nobody"]) == {again.article_id: b"first"}  # until then
    keep(store, b"edited")
    assert store.vectors.of(MODEL, [again.article_id]) == {again.article_id: b"edited"}


def test_vectors_of_another_model_count_as_missing_and_are_replaced(store: Store) -> None:
    saved = fetch_story(store, PAGE + "a", make_story())
    keep(store, b"old")
    keep(store, b"new", model="a newer model")
    assert store.vectors.of(MODEL, [str(saved.article_id)]) == {}
    assert store.vectors.of("a newer model", [str(saved.article_id)]) == {saved.article_id: b"new"}


def test_an_article_in_a_language_that_the_model_does_not_know_is_done_with_and_has_none(store: Store) -> None:
    saved = fetch_story(store, PAGE + "a", make_story(language="tr"))
    keep(store, b"")
    assert store.missing_vectors.find(MODEL, limit=5) == []
    assert store.vectors.of(MODEL, [str(saved.article_id)]) == {}


def test_once_all_were_looked_at_a_look_is_at_the_newest_and_at_some_of_the_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many articles there are: an edit of an old one is found in its turn."""
    monkeypatch.setattr(missing_vectors, "NEWEST", 1)
    monkeypatch.setattr(missing_vectors, "STRETCH", 2)
    pages = [PAGE + str(number) for number in range(7)]
    for number, page in enumerate(pages):
        fetch_story(store, page, make_story(page, page), at=after(hours=number // 3))  # some in the same moment
    assert len(keep(store, *[b"first"] * 7)) == 7
    assert store.missing_vectors.find(MODEL, limit=5) == []

    oldest = fetch_story(store, pages[0], make_story(pages[0], "Edited."), at=after(days=1)).article_id
    newest = fetch_story(store, PAGE + "new", make_story("News"), at=after(days=1)).article_id
    found = [[each.article_id for each in keep_found(store)] for _ in range(5)]
    assert found[0] == [newest]
    assert [oldest] in found[2:]
    assert found.count([]) == 3


def keep_found(store: Store) -> list[Unread]:
    """Keep vectors of what one look finds."""
    found = store.missing_vectors.find(MODEL, limit=5)
    store.vectors.keep(MODEL, [(each, b"vector") for each in found])
    return found
