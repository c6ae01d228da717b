"""The models that versions were read with: a source's differ little from one another, and take little room."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from news.boilerplate import Boilerplate, boilerplate_with
from store.schema import boilerplate_model
from store.service import Store
from tests.support.stores import Place, fetch_story, make_story

KNOWN = 800


def models(count: int) -> list[Boilerplate]:
    """As they follow one another: one block comes with each, and the oldest goes."""
    every = [(1000 * place + 1, place % 5 == 0) for place in range(KNOWN + count)]
    return [boilerplate_with(every[place : place + KNOWN]) for place in range(count)]


def read(store: Store, each: Sequence[Boilerplate], *, first: int = 0) -> list[str]:
    """Save an article read with each of these, numbered from the first on; returns their ids."""
    saved = [
        fetch_story(store, f"https://paper.example/{n}", make_story(f"Story {n}", f"It is {n}."), boilerplate=model)
        for n, model in enumerate(each, start=first)
    ]
    return [str(one.article_id) for one in saved]


def kept_bytes(place: Place) -> int:
    length = sa.func.sum(sa.func.length(boilerplate_model.c.record))
    with place.database().read() as connection:
        return int(connection.execute(sa.select(length)).scalar_one())


def test_models_that_differ_little_are_kept_as_what_differs_and_read_as_they_were(place: Place) -> None:
    store = place.open()
    each = models(60)
    read(store, each)
    assert [store.boilerplates.kept(model.version) for model in each] == each
    assert kept_bytes(place) < 60 * KNOWN * 8 / 10


def test_a_model_that_others_are_told_by_stays_until_they_are_gone(store: Store) -> None:
    first, second, other = *models(2), boilerplate_with([(7, True)])
    ids = read(store, [first, second])
    store.saver.confirm_version(ids[0], 1, extractor_version="2", boilerplate=other)
    assert [store.boilerplates.kept(each.version) for each in (first, second, other)] == [first, second, other]
    store.saver.confirm_version(ids[1], 1, extractor_version="2", boilerplate=other)
    assert [store.boilerplates.kept(each.version) for each in (first, second, other)] == [None, None, other]
    read(store, [first, second], first=2)
    assert [store.boilerplates.kept(each.version) for each in (first, second)] == [first, second]
