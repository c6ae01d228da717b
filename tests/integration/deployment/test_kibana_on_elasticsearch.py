"""The dashboards' aggregations, asked of a real Elasticsearch over the mapping and documents that newsdex writes.

Kibana's own language and the runtime field (the test server has no scripts) are not tried.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.kibana_charts import RECORDS
from config.kibana_objects import DELAY, FILE
from config.settings import EngineSettings
from indexer.documents import document
from indexer.engines.elasticsearch.engine import ElasticsearchEngine
from news.index import IndexEntry
from news.versions.edits import Edits
from store.records import StoredArticle
from tests.support.newsroom import START, sample_stories
from tests.support.shared_elasticsearch import engine_at

pytestmark = pytest.mark.elasticsearch
OBJECTS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def kibana(elasticsearch_url: str) -> Iterator[Kibana]:
    """An index with the sample stories: of an agency and a person, every second one edited, the first one removed."""
    name = f"kibana-{uuid.uuid4().hex[:8]}"
    engine = ElasticsearchEngine(EngineSettings(**engine_at(elasticsearch_url, name)))
    engine.open()
    entries = []
    for number, (source_id, article) in enumerate(sample_stories()):
        stored = StoredArticle(
            id=f"a{number}",
            source_id=source_id,
            url=article.url,
            revision=1,
            version=1 + number % 2,
            first_seen_at=START,
            fetched_at=START,
            article=replace(article, agencies=("AFP",), people=("Staff Reporter",)),
            edits=Edits(changed=("title",)) if number % 2 else Edits(),
            removed_at=START if number == 0 else None,
        )
        entries.append(IndexEntry(id=stored.id, revision=1, document=document(stored)))
    entries.append(IndexEntry(id="withdrawn", revision=1, document=None))
    engine.write(entries)
    engine.refresh()
    with Elasticsearch(elasticsearch_url) as client:
        yield Kibana(client, f"{name}-articles-read")
        for index in client.indices.get(index=f"{name}-articles-*"):
            client.indices.delete(index=index)
    engine.close()


class Kibana:
    """Asks what Kibana would ask."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index

    def total(self, query: str) -> int:
        """Documents that match a query."""
        return int(self._client.count(index=self._index, query=lucene(query))["count"])

    def capabilities(self, fields: set[str]) -> dict[str, dict[str, Any]]:
        """What the server lets be done with each field."""
        found = self._client.field_caps(index=self._index, fields=sorted(fields))["fields"]
        return {name: next(iter(kinds.values())) for name, kinds in found.items()}

    def chart(self, panel: dict[str, Any]) -> dict[str, Any]:
        """The aggregations of one chart, its buckets one inside the other."""
        state = panel["embeddableConfig"]["attributes"]["state"]
        (layer,) = state["datasourceStates"]["formBased"]["layers"].values()
        aggregations = nested([layer["columns"][key] for key in layer["columnOrder"]])
        answer = self._client.search(
            index=self._index, size=0, query=lucene(state["query"]["query"]), aggregations=aggregations
        )
        assert answer["_shards"]["failed"] == 0
        return {"total": answer["hits"]["total"]["value"], **answer.get("aggregations", {})}


def lucene(query: str) -> dict[str, Any]:
    """The few forms of Kibana's language that the file uses, in Lucene's."""
    text = re.sub(r"\s*:\s*", ":", query)
    text = re.sub(r"(\w+) > (\d+)", r"\1:>\2", text)
    text = re.sub(r"(\w+):\*", r"_exists_:\1", text)
    return {"query_string": {"query": text.replace(" and ", " AND ").replace("not ", "NOT ")}}


def nested(columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Buckets around measures, as Lens asks for them."""
    measures = {}
    for number, column in enumerate(column for column in columns if not column["isBucketed"]):
        if column["sourceField"] not in {RECORDS, DELAY}:
            kind = {"unique_count": "cardinality", "max": "max"}[column["operationType"]]
            measures[f"m{number}"] = {kind: {"field": column["sourceField"]}}
    found: dict[str, Any] = measures
    for column in reversed([column for column in columns if column["isBucketed"]]):
        field = {"field": column["sourceField"]}
        if column["operationType"] == "terms":
            bucket = {"terms": {**field, "size": column["params"]["size"]}}
        else:
            bucket = {"date_histogram": {**field, "fixed_interval": "1d"}}
        found = {"b": {**bucket, **({"aggregations": found} if found else {})}}
    return found


def panels(kind: str) -> list[Any]:
    return [
        pytest.param(panel, id=panel.get("title", panel.get("panelRefName", "")))
        for dashboard in OBJECTS
        if dashboard["type"] == "dashboard"
        for panel in json.loads(dashboard["attributes"]["panelsJSON"])
        if panel["type"] == kind
    ]


@pytest.mark.parametrize("panel", panels("lens"))
def test_each_chart_has_figures(kibana: Kibana, panel: dict[str, Any]) -> None:
    answer = kibana.chart(panel)
    about = panel["title"]
    if about.startswith("Articles without a text"):
        assert answer["total"] == 0
        return
    assert answer["total"] > 0
    if "b" in answer:
        counted = sum(bucket["doc_count"] for bucket in answer["b"]["buckets"])
        assert counted > 0, "the field has values to split by"


def test_withdrawn_articles_are_in_no_chart(kibana: Kibana) -> None:
    assert kibana.total("live: false") == 1
    assert kibana.total("live: true") == len(list(sample_stories()))
    assert kibana.total("live: true and version > 1") == 2
    assert kibana.total("live: true and not published_at: *") == 1


def test_server_lets_fields_be_shown_sorted_and_split(kibana: Kibana) -> None:
    split, shown = set(), set()
    for one in OBJECTS:
        if one["type"] == "search":
            shown |= set(one["attributes"]["columns"])
            split |= {name for name, _ in one["attributes"]["sort"]}
    for param in panels("lens"):
        (panel,) = param.values
        state = panel["embeddableConfig"]["attributes"]["state"]
        (layer,) = state["datasourceStates"]["formBased"]["layers"].values()
        split |= {column["sourceField"] for column in layer["columns"].values()} - {RECORDS, DELAY}
    found = kibana.capabilities(split | shown)
    assert set(found) == split | shown
    assert {name for name in split if not found[name]["aggregatable"]} == set()
    assert {name for name in shown if not found[name]["searchable"]} == set()
