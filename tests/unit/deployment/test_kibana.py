"""What Kibana is given names only what the index has, and is used in a way the mapping allows.

No Kibana runs here; what can be compared is compared with the mapping, field by field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from config.kibana_charts import RECORDS
from config.kibana_objects import DELAY, FILE, INDEX, ndjson
from config.settings import EngineSettings
from indexer.engines.elasticsearch.engine import ElasticsearchEngine
from indexer.engines.elasticsearch.mapping import index_body

OBJECTS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
MAPPED: dict[str, dict[str, Any]] = index_body()["mappings"]["properties"]
AGGREGATABLE = {"keyword", "date", "long", "boolean"}
NUMBERS = {"average", "median", "percentile", "sum"}
TYPE_OF_BUCKET = {"date_histogram": {"date"}, "terms": {"keyword", "boolean", "long"}}


def of_type(kind: str) -> list[dict[str, Any]]:
    return [one for one in OBJECTS if one["type"] == kind]


def panels() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(dashboard, panel) of all dashboards."""
    for dashboard in of_type("dashboard"):
        for panel in json.loads(dashboard["attributes"]["panelsJSON"]):
            yield dashboard, panel


def charts() -> list[Any]:
    """(panel, its one layer) of every chart."""
    found = [(panel, panel["embeddableConfig"]["attributes"]) for _, panel in panels() if panel["type"] == "lens"]
    return [
        pytest.param(chart, layer, id=panel["title"])
        for panel, chart in found
        for layer in chart["state"]["datasourceStates"]["formBased"]["layers"].values()
    ]


def fields_of(query: str) -> set[str]:
    """The fields a KQL text names."""
    return set(re.findall(r"([a-z_.]+)\s*(?::|[<>]=?)", query))


def queries() -> Iterator[str]:
    """Every KQL text in the file, at any depth, also inside JSON that is kept as text."""

    def within(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if value.get("language") == "kuery":
                yield value["query"]
            for item in value.values():
                yield from within(item)
        elif isinstance(value, list):
            for item in value:
                yield from within(item)
        elif isinstance(value, str) and value.startswith(("{", "[")):
            yield from within(json.loads(value))

    for one in OBJECTS:
        yield from within(one)


def test_file_is_what_its_writer_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == ndjson(), "run python -m config.kibana_objects"


def test_data_views_read_the_alias_that_newsdex_reads_by_their_time_field() -> None:
    engine = ElasticsearchEngine(EngineSettings(kind="elasticsearch"))
    engine.close()
    assert engine._read == INDEX
    views = of_type("index-pattern")
    assert {view["attributes"]["title"] for view in views} == {INDEX}
    for view in views:
        assert MAPPED[view["attributes"]["timeFieldName"]]["type"] == "date"
        assert set(json.loads(view["attributes"]["fieldFormatMap"])) <= set(MAPPED)


def test_runtime_field_reads_fields_that_have_values_to_read() -> None:
    for view in of_type("index-pattern"):
        runtime = json.loads(view["attributes"]["runtimeFieldMap"])
        assert set(runtime) == {DELAY}
        assert DELAY not in MAPPED
        script = runtime[DELAY]["script"]["source"]
        read = set(re.findall(r"doc\['([^']+)'\]", script))
        assert read == {"published_at", "first_seen_at"}
        assert all(MAPPED[name]["type"] == "date" for name in read)
        assert script.count("(") == script.count(")")


def test_saved_searches_show_and_sort_by_mapped_fields() -> None:
    assert len(of_type("search")) == 4
    for search in of_type("search"):
        assert set(search["attributes"]["columns"]) <= set(MAPPED)
        for name, direction in search["attributes"]["sort"]:
            assert MAPPED[name]["type"] in AGGREGATABLE
            assert direction in {"asc", "desc"}


@pytest.mark.parametrize(("chart", "layer"), charts())
def test_chart_uses_each_field_as_its_type_allows(chart: dict[str, Any], layer: dict[str, Any]) -> None:
    columns = layer["columns"]
    assert list(columns) == layer["columnOrder"]
    for key, column in columns.items():
        name, operation = column["sourceField"], column["operationType"]
        if name == RECORDS:
            assert operation == "count"
            continue
        kind = "double" if name == DELAY else MAPPED[name]["type"]
        assert kind in AGGREGATABLE | {"double"}, f"{key}: {name} cannot be aggregated"
        assert MAPPED.get(name, {}).get("doc_values", True)
        if operation in TYPE_OF_BUCKET:
            assert column["isBucketed"]
            assert kind in TYPE_OF_BUCKET[operation]
        if operation in NUMBERS:
            assert kind in {"long", "double"}
        if column["dataType"] == "date":
            assert kind == "date"
        ordered = column["params"].get("orderBy")
        assert ordered is None or not columns[ordered["columnId"]]["isBucketed"]
    assert used_columns(chart["state"]["visualization"]) == set(columns)


def test_what_the_search_page_filters_by_is_in_kibana_too() -> None:
    """Fields that the index gained have to be shown, or to be left out here on purpose."""
    shown = {column["sourceField"] for parameter in charts() for column in parameter.values[1]["columns"].values()}
    asked = set().union(*(search["attributes"]["columns"] for search in of_type("search")), *map(fields_of, queries()))
    left_out = {
        *("id", "analysis", "cluster", "standing", "seniority", "revision"),  # newsdex's own
        "modified_at",  # seldom told, and often wrong
    }
    bare = {name for name, field in MAPPED.items() if field.get("type") in AGGREGATABLE and field.get("index", True)}
    assert {name for name in bare if not name.endswith("_folded")} - left_out == bare & (shown | asked) - left_out


def used_columns(drawing: dict[str, Any]) -> set[str]:
    """The columns a chart draws."""
    layers = drawing.get("layers", [drawing])
    used: set[str] = set()
    for layer in layers:
        used |= {layer[key] for key in ("xAccessor", "splitAccessor", "metricAccessor") if key in layer}
        used |= set(layer.get("accessors", [])) | {column["columnId"] for column in layer.get("columns", [])}
    return used


def test_every_query_names_mapped_fields_and_leaves_withdrawn_articles_out() -> None:
    found = list(queries())
    assert len(found) > 20
    for query in found:
        assert fields_of(query) <= set(MAPPED), query
    charts_and_searches = [query for query in found if query.startswith("live: true")]
    assert len(charts_and_searches) >= len(charts()) + len(of_type("search"))


def test_controls_choose_from_keywords() -> None:
    for dashboard in of_type("dashboard"):
        group = json.loads(dashboard["attributes"]["controlGroupInput"]["panelsJSON"])
        names = {control["explicitInput"]["fieldName"] for control in group.values()}
        assert names == {"source", "language", "section"}
        assert {MAPPED[name]["type"] for name in names} == {"keyword"}


def test_every_reference_leads_to_an_object_of_the_file() -> None:
    known = {(one["type"], one["id"]) for one in OBJECTS}
    assert len(known) == len(OBJECTS) == 8
    for one in OBJECTS:
        for reference in one["references"]:
            assert (reference["type"], reference["id"]) in known


def test_every_panel_finds_its_references() -> None:
    for dashboard, panel in panels():
        names = {reference["name"] for reference in dashboard["references"]}
        if panel["type"] == "search":
            assert f"{panel['panelIndex']}:{panel['panelRefName']}" in names
            continue
        chart = panel["embeddableConfig"]["attributes"]
        for layer in chart["state"]["datasourceStates"]["formBased"]["layers"]:
            inner = f"indexpattern-datasource-layer-{layer}"
            assert inner in {reference["name"] for reference in chart["references"]}
            assert f"{panel['panelIndex']}:{inner}" in names


def test_panels_stand_beside_each_other() -> None:
    taken: set[tuple[str, int, int]] = set()
    for dashboard, panel in panels():
        place = panel["gridData"]
        assert place["i"] == panel["panelIndex"]
        assert place["x"] + place["w"] <= 48
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                cell = (dashboard["id"], x, y)
                assert cell not in taken, panel["title"]
                taken.add(cell)
