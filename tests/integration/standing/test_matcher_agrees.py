"""The matcher finds for one article what the engines find among many: the same queries, the same documents."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from indexer.matching.matcher import Matcher, frequencies_of
from news.index import Filters, IndexEntry, SearchRequest, WriteStatus
from news.standing import StandingSearch, standing_query
from tests.support.random_queries import NOW, random_document, random_query
from tests.support.shared_elasticsearch import engine_at

DOCUMENTS = 150
QUERIES = {"embedded": 1000, "elasticsearch": 150}  # one costs a millisecond or six


@pytest.fixture(scope="module", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    name = f"test-{uuid.uuid4().hex[:8]}"
    settings = EngineSettings(index_name=name)
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        settings = EngineSettings(**engine_at(url, name))
    folder: Path = tmp_path_factory.mktemp("index")
    made = make_engine(settings, folder=folder)
    made.open()
    entries = [IndexEntry(id=each["id"], revision=1, document=each) for each in documents()]
    assert {result.status for result in made.write(entries)} == {WriteStatus.INDEXED}
    made.refresh()
    yield made
    made.close()


@pytest.fixture
def query_count(engine: Engine) -> int:
    return QUERIES["embedded" if "embedded" in engine.health().detail else "elasticsearch"]


def documents() -> list[dict[str, Any]]:
    random = Random(1)
    return [random_document(random, number) for number in range(DOCUMENTS)]


def searches(count: int) -> list[StandingSearch]:
    """Random queries, one in four with a filter."""
    random = Random(2)
    made = []
    for number in range(count):
        filters = Filters(sources=("gazette", "paper")) if number % 4 == 1 else Filters()
        text = random_query(random)
        made.append(StandingSearch(id=f"s{number:04}", name=text, query=text, filters=filters, created_at=NOW))
    return made


def found_by(engine: Engine, search: StandingSearch) -> set[str]:
    request = SearchRequest(query=standing_query(search.query, NOW), filters=search.filters, limit=DOCUMENTS)
    return {hit.id for hit in engine.search(request).hits}


def test_the_matcher_finds_what_the_engine_finds(engine: Engine, query_count: int) -> None:
    saved = searches(query_count)
    matcher = Matcher(saved, now=NOW, frequencies=frequencies_of(documents()))
    matched: dict[str, set[str]] = {search.id: set() for search in saved}
    for document in documents():
        for search_id in matcher.matching(document, now=NOW):
            matched[search_id].add(document["id"])
    differing = []
    for search in saved:
        expected = found_by(engine, search)
        if matched[search.id] != expected:
            differing.append((search.query, matched[search.id] - expected, expected - matched[search.id]))
    assert not differing, differing[:5]
    assert sum(map(len, matched.values())) > 20 * query_count  # they do meet
