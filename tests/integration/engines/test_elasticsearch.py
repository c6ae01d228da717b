"""What only a server can do: fail on the way, refuse for a while, lose an answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.errors import EngineError, EngineUnavailable
from news.index import SearchRequest, WriteStatus
from news.query.parser import parse_query
from tests.es_node.es_node_fixture import answer, reject_bulk_items, reset_after
from tests.support.commands import unused_index_name
from tests.support.engine_contract import entry
from tests.support.shared_elasticsearch import engine_at

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def engine(elasticsearch_fault_proxy: Any) -> Iterator[Engine]:
    url = elasticsearch_fault_proxy.url
    name = f"test-{uuid.uuid4().hex[:8]}"
    settings = EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name=name, bulk_bytes=4096)
    made = make_engine(settings, folder=Path("unused"))
    made.open()
    yield made
    made.close()


def test_a_lost_answer_is_written_once(engine: Engine, elasticsearch_fault_proxy: Any) -> None:
    elasticsearch_fault_proxy.inject(reset_after(), times=1, match="/_bulk")
    with pytest.raises(EngineUnavailable):
        engine.write([entry(1, "one")])
    assert engine.write([entry(1, "one")])[0].status is WriteStatus.SUPERSEDED
    assert engine.count() == 1


def test_busy_items_are_to_be_tried_again(engine: Engine, elasticsearch_fault_proxy: Any) -> None:
    elasticsearch_fault_proxy.inject(reject_bulk_items(every=2), times=1, match="/_bulk")
    statuses = {result.status for result in engine.write([entry(1, "one"), entry(2, "two")])}
    assert statuses == {WriteStatus.INDEXED, WriteStatus.RETRY}


def test_an_overloaded_server_is_unavailable(engine: Engine, elasticsearch_fault_proxy: Any) -> None:
    elasticsearch_fault_proxy.inject(answer(503), times=1, match="/_bulk")
    with pytest.raises(EngineUnavailable):
        engine.write([entry(1, "one")])


def test_a_stopped_server_is_unavailable(engine: Engine, elasticsearch_fault_proxy: Any) -> None:
    elasticsearch_fault_proxy.down()
    with pytest.raises(EngineUnavailable):
        engine.write([entry(1, "one")])
    assert not engine.health().ok
    elasticsearch_fault_proxy.up()
    assert engine.write([entry(1, "one")])[0].status is WriteStatus.INDEXED


def test_one_document_too_large_leaves_its_neighbours(engine: Engine) -> None:
    results = engine.write([entry(1, "one"), entry(2, "big", "word " * 2000), entry(3, "three")])
    assert [r.status for r in results] == [WriteStatus.INDEXED, WriteStatus.REJECTED, WriteStatus.INDEXED]


def test_bulks_of_one_write_go_in_order(elasticsearch_url: str) -> None:
    name = f"test-{uuid.uuid4().hex[:8]}"
    settings = EngineSettings(
        kind="elasticsearch", elasticsearch_url=elasticsearch_url, index_name=name, bulk_count=2, bulk_bytes=8192
    )
    engine = make_engine(settings, folder=Path("unused"))
    engine.open()
    entries = [
        *(entry(1, f"edit {revision}", revision=revision) for revision in (1, 2, 3)),
        entry(2, "bad", version="many"),
        entry(3, "big", "word " * 4000),
        *(entry(1, f"edit {revision}", revision=revision) for revision in (4, 3)),
        entry(4, "last"),
    ]
    results = engine.write(entries)
    assert [(result.id, result.revision) for result in results] == [(each.id, each.revision) for each in entries]
    indexed, rejected, superseded = WriteStatus.INDEXED, WriteStatus.REJECTED, WriteStatus.SUPERSEDED
    assert [result.status for result in results] == [*[indexed] * 3, *[rejected] * 2, indexed, superseded, indexed]
    assert engine.revisions(["a1", "a2", "a3", "a4"]) == {"a1": 4, "a4": 1}
    engine.close()


def test_an_index_deleted_by_hand_is_said_and_made_again(engine: Engine, elasticsearch_fault_proxy: Any) -> None:
    engine.write([entry(1, "one")])
    client = Elasticsearch(elasticsearch_fault_proxy.url)
    held = [name for name in client.indices.get(index="test-*") if engine.health().detail.split(", ")[1][:13] in name]
    client.indices.delete(index=held)
    client.close()
    with pytest.raises(EngineError, match="is not there"):
        engine.write([entry(2, "two")])
    engine.open()
    assert engine.write([entry(2, "two")])[0].status is WriteStatus.INDEXED


@pytest.fixture
def moved(elasticsearch_url: str) -> Iterator[tuple[Engine, Elasticsearch, str]]:
    """An engine whose write alias somebody moved to an index of others, a client, and that index's name."""
    name = unused_index_name()
    engine = make_engine(EngineSettings(**engine_at(elasticsearch_url, name)), folder=Path("unused"))
    engine.open()
    engine.write([entry(1, "one")])
    others, alias = f"{name}-articles-of-others", f"{name}-articles-write"
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.create(index=others)
        move = [
            {"remove": {"index": f"{name}-articles-000001", "alias": alias}},
            {"add": {"index": others, "alias": alias}},
        ]
        client.indices.update_aliases(actions=move)
        yield engine, client, others
    engine.close()


def test_what_lands_in_an_index_of_others_is_not_delivered(moved: tuple[Engine, Elasticsearch, str]) -> None:
    engine, client, others = moved
    for _ in range(3):
        with pytest.raises(EngineError, match=f"leads to {others}, which newsdex did not make"):
            engine.write([entry(2, "two")])
        with pytest.raises(EngineError, match="newsdex did not make"):
            engine.write([entry(3, "three")])
    client.indices.refresh(index=others)
    assert client.count(index=others)["count"] == 1  # the first bulk, by whose answer it was noticed
    assert others in (engine.health().takes_nothing or "")
    assert not engine.matches_fields()


def test_refused_by_an_index_of_others_nothing_is_a_dead_letter(moved: tuple[Engine, Elasticsearch, str]) -> None:
    engine, client, others = moved
    client.indices.put_mapping(index=others, dynamic="strict")
    with pytest.raises(EngineError, match="newsdex did not make"):
        engine.write([entry(2, "two")])


def test_a_rebuild_takes_the_aliases_back_and_leaves_the_index_of_others(
    moved: tuple[Engine, Elasticsearch, str],
) -> None:
    engine, client, others = moved
    build = engine.start_build(2)
    build.write([entry(1, "one"), entry(2, "two")])
    build.promote()
    assert engine.matches_fields()
    assert engine.count() == 2
    assert engine.write([entry(3, "three")])[0].status is WriteStatus.INDEXED
    assert engine.health().takes_nothing is None
    assert client.indices.exists(index=others)


def test_a_server_whose_disk_is_full_takes_nothing_and_says_so(elasticsearch_url: str) -> None:
    name = unused_index_name()
    engine = make_engine(EngineSettings(**engine_at(elasticsearch_url, name)), folder=Path("unused"))
    engine.open()
    with Elasticsearch(elasticsearch_url) as client:
        block = {"index.blocks.read_only_allow_delete": True}  # what the flood stage sets
        client.indices.put_settings(index=f"{name}-articles-write", settings=block)
        with pytest.raises(EngineUnavailable, match=r"takes nothing into .* now: cluster_block_exception"):
            engine.write([entry(1, "one")])
        health = engine.health()
        assert health.ok
        assert "the server's disk is nearly full" in (health.takes_nothing or "")
        client.indices.put_settings(index=f"{name}-articles-write", settings=dict.fromkeys(block))
    assert engine.write([entry(1, "one")])[0].status is WriteStatus.INDEXED
    assert engine.health().takes_nothing is None
    engine.close()


def test_several_shards_answer_as_one(elasticsearch_url: str) -> None:
    documents = [
        entry(number, f"bridge {'toll ' * (number % 3)}", text="council " * (number % 7 + 1), section=f"s{number % 40}")
        for number in range(120)
    ]
    answers = []
    for shards in (1, 3):
        name = f"test-{uuid.uuid4().hex[:8]}"
        settings = EngineSettings(
            kind="elasticsearch", elasticsearch_url=elasticsearch_url, index_name=name, elasticsearch_shards=shards
        )
        engine = make_engine(settings, folder=Path("unused"))
        engine.open()
        engine.write(documents)
        engine.refresh()
        request = SearchRequest(query=parse_query("toll council"), limit=100, facets=("section",), facet_size=30)
        found = engine.search(request)
        answers.append((found.total, [(hit.id, round(hit.score or 0, 4)) for hit in found.hits], found.facets))
        assert engine.status().shards == shards
        engine.close()
    assert answers[0] == answers[1]


def test_what_an_operators_template_says_outlives_a_rebuild(elasticsearch_url: str) -> None:
    name = f"test-{uuid.uuid4().hex[:8]}"
    settings = EngineSettings(kind="elasticsearch", elasticsearch_url=elasticsearch_url, index_name=name)
    said = {"index": {"refresh_interval": "7s", "max_result_window": 20, "translog.durability": "async"}}
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.put_index_template(
            name=name, index_patterns=[f"{name}-articles-*"], priority=500, template={"settings": said}
        )
        engine = make_engine(settings, folder=Path("unused"))
        engine.open()
        build = engine.start_build(1)
        build.write([entry(1, "bridge")])
        build.promote()
        engine.close()
        client.indices.delete_index_template(name=name)
        ((index, about),) = client.indices.get_settings(index=f"{name}-articles-*").items()
    assert index.endswith("-000002")
    kept = about["settings"]["index"]
    assert (kept["refresh_interval"], kept["translog"]["durability"]) == ("7s", "async")
    assert kept["max_result_window"] == "11000"


def test_people_in_kibana_search_in_the_articles_language(elasticsearch_url: str) -> None:
    name = f"test-{uuid.uuid4().hex[:8]}"
    made = make_engine(
        EngineSettings(kind="elasticsearch", elasticsearch_url=elasticsearch_url, index_name=name),
        folder=Path("unused"),
    )
    made.open()
    made.write(
        [
            entry(1, "Negotiations in Tehran", "They negotiated for days."),
            entry(2, "Kitaplar okundu", language="tr"),
            entry(3, "東京都知事選挙", language="ja"),
            entry(4, "Tiếng Việt", language="vi"),
        ]
    )
    made.refresh()
    client = Elasticsearch(elasticsearch_url)
    index = f"{name}-articles-read"

    def found(field: str, text: str) -> list[str]:
        hits = client.search(index=index, query={"match": {field: text}})["hits"]["hits"]
        return sorted(hit["_id"] for hit in hits)

    assert found("title_in.en", "negotiating") == ["a1"]
    assert found("text_in.en", "negotiation") == ["a1"]
    assert found("title_in.tr", "kitap") == ["a2"]
    assert found("title_in.ja", "都知事") == ["a3"]
    assert found("title", "việt") == ["a4"]
    assert found("title_in.en", "kitaplar") == []  # each article in its own language only

    source = client.get(index=index, id="a1")["_source"]
    assert source["title"] == "Negotiations in Tehran"
    assert not [field for field in source if field.endswith(("_in", "_terms", "_plain", "_words", "_folded"))]
    for wrong in ({"unknown": 1}, {"title_in": {"xx": "text"}}):
        with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
            client.index(index=f"{name}-articles-write", document=wrong)
    client.close()
    made.close()
