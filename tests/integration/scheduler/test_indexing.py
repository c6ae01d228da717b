"""The index mends itself: rebuilt when its fields are another version's or documents are missing, or when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from elasticsearch import Elasticsearch

from config.settings import EngineSettings
from indexer import delivery as module
from indexer.delivery import LEASE, Delivery, Patience, delivering
from indexer.engine import Engine
from indexer.engines.embedded.engine import EmbeddedEngine
from indexer.engines.factory import make_engine
from news.errors import EngineUnavailable
from news.fetch import Outcome, UrlState
from news.index import IndexEntry, WriteResult
from news.requests import RequestKind, RequestScope, RequestState
from scheduler.indexing import IndexKeeper, kept_delivery
from store.clock import utc_now
from store.service import Store
from tests.support.daemons import wait_for
from tests.support.stores import NOW, Place, after, fetch_story, make_result, make_story

A, B, C = (f"https://paper.example/{name}" for name in "abc")


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


def test_what_a_crawl_in_the_foreground_delivered_is_searchable_when_it_has_ended(
    store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    write = EmbeddedEngine.write

    def noted(engine: EmbeddedEngine, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        calls.append("write")
        return write(engine, entries)

    monkeypatch.setattr(EmbeddedEngine, "write", noted)
    monkeypatch.setattr(EmbeddedEngine, "refresh", lambda self: calls.append("refresh"))
    engine.open()
    with delivering(store, lambda: engine):
        pass
    assert calls[-1] == "refresh"
    assert "write" in calls


def test_an_engine_that_fails_after_a_delivery_fails_no_crawl(
    store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmbeddedEngine) -> None:
        raise EngineUnavailable("the engine does not answer")

    monkeypatch.setattr(EmbeddedEngine, "refresh", away)
    engine.open()
    with delivering(store, lambda: engine) as delivery:
        pass
    assert delivery.report.indexed_count == 2
    assert delivery.note == "the engine does not answer"


def test_an_index_of_other_fields_is_rebuilt(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(store, engine)
    monkeypatch.setattr(EmbeddedEngine, "matches_fields", lambda self: False)
    deliver(store, engine)
    assert rebuilds(caplog) == 1
    assert "it was not made with the fields of this version of newsdex" in caplog.text
    assert engine.count() == 2


def test_an_index_that_lacks_articles_their_publisher_removed_is_rebuilt(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    for url in (A, B):
        gone = {"outcome": Outcome.GONE, "state": UrlState.GONE, "is_removal": True}
        row = store.frontier.row_at(url)
        assert row is not None
        store.saver.save([make_result(row, fetched_at=after(days=2), **gone)])
    deliver(store, engine)
    assert rebuilds(caplog) == 0
    engine.start_build().promote()
    deliver(store, engine)
    assert engine.count() == 2
    assert "it holds 0 of 2 articles and 0 wait" in caplog.text


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


def test_a_rebuild_that_may_go_on_no_longer_leaves_the_index_and_its_request_as_they_were(
    store: Store, engine: Engine
) -> None:
    deliver(store, engine)
    asked, _ = store.requests.create(RequestKind.REINDEX, RequestScope(), now=NOW)
    keeper = IndexKeeper(store, engine)
    keeper.may_rebuild = lambda: False
    with pytest.raises(EngineUnavailable, match="was interrupted"):
        keeper.keep()
    assert engine.count() == 2
    assert [request.id for request in store.requests.recent(limit=9, only_open=True)] == [asked.id]
    deliver(store, engine)
    assert store.requests.recent(limit=9, only_open=True) == []


def test_no_rebuild_begins_while_the_daemon_stops(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds: list[object] = []
    monkeypatch.setattr(EmbeddedEngine, "matches_fields", lambda self: False)
    monkeypatch.setattr("scheduler.indexing.rebuild", lambda *given, **named: builds.append(given))
    delivery = kept_delivery(store, engine)
    delivery.finish(within_seconds=10)
    assert builds == []
    assert rebuilds(caplog) == 0
    assert "was interrupted" in delivery.note
    assert store.outbox.counts().pending == 2


class Panic(BaseException):
    """As Rust's reach Python: no Exception."""


def test_a_defect_does_not_end_the_thread_that_delivers(
    store: Store, engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.delivery.DEFECT_PAUSE_SECONDS", 0.0)
    engine.open()
    engines = iter([KeyError("a defect"), Panic("of a library's")])

    def first_none() -> Engine:
        for defect in engines:
            raise defect
        return engine

    delivery = Delivery(store, first_none)
    delivery.start()
    wait_for(lambda: delivery.report.indexed_count == 2)
    delivery.finish()
    assert "a defect" in caplog.text
    assert "Panic: of a library's" in caplog.text


def test_what_waits_for_more_is_delivered_at_once_where_a_crawl_is_about_to_end(
    store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "patience_after", lambda last_count: Patience(quiet_seconds=600, most_seconds=600))
    engine.open()
    delivery = Delivery(store, lambda: engine)
    delivery.start()
    wait_for(lambda: delivery.report.indexed_count == 2)
    fetch_story(store, C, make_story(C, f"Paragraph of {C}."))
    delivery.wake()

    delivery.hurry()
    wait_for(lambda: delivery.report.indexed_count == 3)
    delivery.finish()


def test_an_end_that_may_not_wait_leaves_the_rest_for_the_next_daemon(store: Store, engine: Engine) -> None:
    engine.open()
    delivery = Delivery(store, lambda: engine)
    delivery.finish(within_seconds=0)
    assert store.outbox.counts().pending == 2
    deliver(store, engine)
    assert store.outbox.counts().pending == 0


def test_memory_is_given_back_around_long_deliveries(
    store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    monkeypatch.setattr("indexer.delivery.MANY", 2)
    monkeypatch.setattr("indexer.delivery.give_back", lambda: given.append(store.outbox.counts().pending))
    engine.open()
    delivery = Delivery(store, lambda: engine)
    delivery.drain_once()
    assert given == [0]
    delivery.drain_once()
    assert given == [0, 0]  # before it: merges went on after the long one
    delivery.drain_once()
    assert given == [0, 0]
    delivery.release()


def test_nothing_more_is_written_once_another_process_holds_the_writer_s_lease(
    store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.drain.BATCH", 1)
    monkeypatch.setattr("indexer.delivery.RENEW_SECONDS", 0.0)
    engine.open()
    other = store.leases.claimant("another process")
    much_later = utc_now() + timedelta(hours=1)

    class SlowEngine:
        """An engine that takes so long for a batch that another process takes the lease."""

        def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
            assert other.acquire([LEASE], now=much_later).granted
            return engine.write(entries)

    delivery = Delivery(store, lambda: cast("Engine", SlowEngine()))
    delivery.drain_once()
    assert store.outbox.counts().pending == 1
    assert "is written by" in delivery.note


@pytest.mark.elasticsearch
def test_an_alias_that_leads_elsewhere_is_noticed_before_anything_is_called_delivered(
    store: Store, elasticsearch_engine: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    engine = make_engine(EngineSettings(**elasticsearch_engine), folder=Path("unused"))
    delivery = kept_delivery(store, engine)
    delivery.drain_once()
    name = elasticsearch_engine["index_name"]
    others, alias = f"{name}-of-others", f"{name}-articles-write"
    with Elasticsearch(elasticsearch_engine["elasticsearch_url"]) as client:
        client.indices.create(index=others)
        away = {"remove": {"index": f"{name}-articles-000001", "alias": alias}}
        client.indices.update_aliases(actions=[away, {"add": {"index": others, "alias": alias}}])
    fetch_story(store, C, make_story(C, f"Paragraph of {C}."))

    delivery.drain_once()
    assert f"the alias {alias} leads to {others}" in delivery.note
    assert store.outbox.counts().pending == 1
    delivery.drain_once()
    assert "it was not made with the fields of this version of newsdex" in caplog.text
    assert (delivery.note, store.outbox.counts().pending, engine.count()) == ("", 0, 3)
    delivery.release()
    engine.close()
