"""The index mends itself: rebuilt when its fields are another version's or documents are missing, or when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import EngineSettings
from indexer.delivery import Delivery
from indexer.engine import Engine
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.factory import make_engine
from news.requests import RequestKind, RequestScope, RequestState
from scheduler.indexing import IndexKeeper
from store.service import Store, utc_now
from tests.support.stores import NOW, Place, fetch_story, make_story

A, B = "https://paper.example/a", "https://paper.example/b"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    place = Place(tmp_path / "data", None)
    store = place.open()
    for url in (A, B):
        fetch_story(store, url, make_story(url, f"Paragraph of {url}."))
    yield store
    place.close()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(EngineSettings(), folder=tmp_path / "index")
    yield made
    made.close()


def deliver(store: Store, engine: Engine) -> IndexKeeper:
    keeper = IndexKeeper(store, engine)
    delivery = Delivery(store, lambda: engine, before_each=keeper.keep, on_trouble=keeper.doubt)
    delivery.drain_once()
    delivery.release()
    assert delivery.note == ""
    return keeper


def rebuilds(caplog: pytest.LogCaptureFixture) -> int:
    return caplog.text.count("the index is rebuilt from the store")


def test_a_new_index_is_opened_and_filled_without_a_rebuild(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(store, engine)
    assert engine.count() == 2
    assert rebuilds(caplog) == 0


def test_an_index_of_other_fields_is_rebuilt(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(store, engine)
    monkeypatch.setattr(EmbeddedEngine, "matches_fields", lambda self: False)
    deliver(store, engine)
    assert rebuilds(caplog) == 1
    assert "its fields are those of another version of newsdex" in caplog.text
    assert engine.count() == 2


def test_an_index_that_lacks_articles_is_rebuilt(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(store, engine)
    engine.start_build().promote()  # an empty one in its place
    assert engine.count() == 0
    deliver(store, engine)
    assert engine.count() == 2
    assert "it holds 0 of 2 articles and 0 wait" in caplog.text


def test_what_is_asked_for_is_indexed_again_and_the_request_ends(store: Store, engine: Engine) -> None:
    deliver(store, engine)
    before = engine.revisions([article.id for article in store.articles.iterate_live(limit=9)])
    some, _ = store.requests.create(RequestKind.REINDEX, RequestScope(urls=(A,)), now=NOW)
    everything, _ = store.requests.create(RequestKind.REINDEX, RequestScope(), now=utc_now())
    deliver(store, engine)
    for request, count in ((some, 1), (everything, 2)):
        view = store.requests.get(request.id)
        assert view is not None
        assert (view.state, view.done_count) == (RequestState.DONE, count)
    after = engine.revisions(list(before))
    assert sum(after[each] > before[each] for each in before) == 1
