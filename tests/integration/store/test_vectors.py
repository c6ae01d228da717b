"""The vectors of articles. Runs on both databases."""

from __future__ import annotations

from store.articles.vectors import Unread
from store.service import Store
from tests.support.stores import after, fetch_story, make_story

PAGE = "https://paper.example/"
MODEL = "a model"


def keep(store: Store, *vectors: bytes, model: str = MODEL) -> list[Unread]:
    """Keep these vectors of the articles that have none, the newest first."""
    missing = store.vectors.missing(model, limit=len(vectors))
    store.vectors.keep(model, list(zip(missing, vectors, strict=True)))
    return missing


def test_articles_are_read_newest_first_and_again_once_their_text_changed(store: Store) -> None:
    first = fetch_story(store, PAGE + "a", make_story("First", "Its text.", dek="Its dek", language="en"))
    fetch_story(store, PAGE + "b", make_story("Second", "Another text."), at=after(hours=1))
    newest, oldest = keep(store, b"second", b"first")
    assert (newest.text, newest.language) == ("Second\nAnother text.", None)
    assert (oldest.text, oldest.language) == ("First\nIts dek\nIts text.", "en")
    assert store.vectors.missing(MODEL, limit=5) == []
    fetch_story(store, PAGE + "a", make_story("First", "Its text, edited."), at=after(hours=2))
    (again,) = store.vectors.missing(MODEL, limit=5)
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
    assert store.vectors.missing(MODEL, limit=5) == []
    assert store.vectors.of(MODEL, [str(saved.article_id)]) == {}
