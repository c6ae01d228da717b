"""Writes config/kibana/newsdex.ndjson for import into Kibana: run `python -m config.kibana_objects` after a change.

The saved objects have the format of Kibana 8.11, which later versions 8 and 9 migrate on import. A test compares
every field named here with the index mapping.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from config.kibana_charts import COUNT, Chart, bars, date_column, measure, number, table, term_column

FILE = Path(__file__).parent / "kibana" / "newsdex.ndjson"
INDEX = "newsdex-articles-read"  # the read alias with the default of engine.index_name
PANEL_VERSION, CORE_VERSION = "8.11.0", "8.8.0"
PUBLISHED, ARRIVED = "newsdex-published", "newsdex-arrived"  # data views: by the publisher's time, by ours
LIVE = "live: true"  # an article merged into another leaves a mark without text
REMOVED = "state: removed"  # by its publisher; its text is kept
DELAY = "arrival_delay_minutes"
DELAY_SCRIPT = (
    "if (doc['published_at'].size() != 0 && doc['first_seen_at'].size() != 0) {"
    " emit((doc['first_seen_at'].value.toInstant().toEpochMilli()"
    " - doc['published_at'].value.toInstant().toEpochMilli()) / 60000.0) }"
)
TIMED = f"{LIVE} and not published_day_only: true"  # a date without a time says nothing about minutes

Panel = tuple[tuple[int, int, int, int], Chart | str]  # (x, y, width, height) on 48 columns; a chart or a search's id

COVERAGE: Sequence[Panel] = (
    ((0, 0, 12, 6), number("Articles", COUNT)),
    ((12, 0, 12, 6), number("Sources", measure("unique_count", "source", "Sources"))),
    ((24, 0, 12, 6), number("Languages", measure("unique_count", "language", "Languages"))),
    ((36, 0, 12, 6), number("Edited since", COUNT, query="version > 1")),
    ((0, 6, 48, 12), bars("Articles over time, by source", date_column("published_at"), term_column("source", 12))),
    ((0, 18, 24, 14), bars("Sections", term_column("section", 20), horizontal=True)),
    (
        (24, 18, 24, 14),
        bars("Languages over time", date_column("published_at"), term_column("language", 10), share=True),
    ),
    ((0, 32, 24, 14), bars("Top tags", term_column("tags", 25), horizontal=True)),
    ((24, 32, 24, 14), bars("Top authors", term_column("people", 25), horizontal=True)),
    (
        (0, 46, 48, 14),
        table("Sections of each source", term_column("source", 20), term_column("section", 5), measures=[COUNT]),
    ),
    ((0, 60, 24, 14), bars("News agencies credited", term_column("agencies", 25), horizontal=True)),
    (
        (24, 60, 24, 14),
        bars("Agencies over time", date_column("published_at"), term_column("agencies", 10), share=True),
    ),
    ((0, 74, 48, 18), "newsdex-latest"),
)
OPERATIONS: Sequence[Panel] = (
    ((0, 0, 12, 6), number("Articles that arrived", COUNT)),
    (
        (12, 0, 12, 6),
        number("Median minutes from publication to arrival", measure("median", DELAY, "Minutes"), query=TIMED),
    ),
    ((24, 0, 12, 6), number("Edited since", COUNT, query="version > 1")),
    ((36, 0, 12, 6), number("Without a time of publication", COUNT, query="not published_at: *")),
    ((0, 6, 48, 12), bars("Arrivals over time, by source", date_column("first_seen_at"), term_column("source", 12))),
    (
        (0, 18, 48, 14),
        table(
            "Sources: arrivals, the newest, minutes from publication to arrival",
            term_column("source", 100),
            measures=[
                COUNT,
                measure("max", "first_seen_at", "Newest arrival", of="date"),
                measure("median", DELAY, "Median delay (min)", query=TIMED),
                measure("percentile", DELAY, "95 % within (min)", query=TIMED, percentile=95),
            ],
        ),
    ),
    (
        (0, 32, 24, 12),
        bars("New versions over time", date_column("fetched_at"), term_column("source", 12), query="version > 1"),
    ),
    (
        (24, 32, 24, 12),
        bars("Articles without a text, by source", term_column("source", 20), horizontal=True, query="not text: *"),
    ),
    ((0, 44, 24, 12), bars("What edits changed", term_column("changed", 10), horizontal=True)),
    (
        (24, 44, 24, 12),
        bars("Removed by their publishers", date_column("removed_at"), term_column("source", 12), query=REMOVED),
    ),
    ((0, 56, 48, 16), "newsdex-edited"),
    ((0, 72, 48, 16), "newsdex-removed"),
)
CONTROLS = ("source", "language", "section")


def saved_objects() -> Iterator[dict[str, Any]]:
    """Every saved object, those that others reference first."""
    yield _data_view(PUBLISHED, "newsdex articles by publication", "published_at")
    yield _data_view(ARRIVED, "newsdex articles by arrival", "first_seen_at")
    columns = ["source", "section", "title", "dek", "authors"]
    yield _search("newsdex-latest", "newsdex: latest articles", PUBLISHED, columns, "published_at")
    edited = ["source", "title", "version", "fetched_at", "url"]
    yield _search("newsdex-edited", "newsdex: articles that were edited", ARRIVED, edited, "fetched_at", "version > 1")
    undated = ["source", "title", "url", "first_seen_at"]
    yield _search(
        "newsdex-undated", "newsdex: articles without a time", ARRIVED, undated, "first_seen_at", "not published_at: *"
    )
    removed = ["source", "title", "removed_at", "url"]
    yield _search("newsdex-removed", "newsdex: articles that were removed", ARRIVED, removed, "removed_at", REMOVED)
    yield _dashboard("newsdex-coverage", "newsdex: coverage", PUBLISHED, COVERAGE, "now-30d")
    yield _dashboard("newsdex-operations", "newsdex: operations", ARRIVED, OPERATIONS, "now-7d")


def ndjson() -> str:
    """The file's text: one object per line."""
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in saved_objects())


def _object(kind: str, key: str, version: str, attributes: dict[str, Any], references: list[Any]) -> dict[str, Any]:
    return {
        "type": kind,
        "id": key,
        "attributes": attributes,
        "references": references,
        "managed": False,
        "coreMigrationVersion": CORE_VERSION,
        "typeMigrationVersion": version,
    }


def _data_view(key: str, name: str, time_field: str) -> dict[str, Any]:
    delay = {DELAY: {"type": "double", "script": {"source": DELAY_SCRIPT}}}
    formats = {"url": {"id": "url", "params": {"type": "a", "openLinkInCurrentTab": False}}}
    attributes = {
        "title": INDEX,
        "name": name,
        "timeFieldName": time_field,
        "fields": "[]",
        "fieldAttrs": "{}",
        "fieldFormatMap": json.dumps(formats),
        "runtimeFieldMap": json.dumps(delay),
        "sourceFilters": "[]",
        "typeMeta": "{}",
    }
    return _object("index-pattern", key, "7.11.0", attributes, [])


def _search(key: str, title: str, view: str, columns: list[str], sort: str, query: str = "") -> dict[str, Any]:
    source = {
        "highlightAll": True,
        "version": True,
        "query": _kql(query),
        "filter": [],
        "indexRefName": "kibanaSavedObjectMeta.searchSourceJSON.index",
    }
    attributes = {
        "title": title,
        "description": "",
        "columns": columns,
        "sort": [[sort, "desc"]],
        "kibanaSavedObjectMeta": {"searchSourceJSON": json.dumps(source)},
    }
    reference = {"type": "index-pattern", "id": view, "name": source["indexRefName"]}
    return _object("search", key, "7.9.3", attributes, [reference])


def _dashboard(key: str, title: str, view: str, panels: Sequence[Panel], time_from: str) -> dict[str, Any]:
    shown, references = [], []
    for number_, ((x, y, width, height), content) in enumerate(panels, start=1):
        index = str(number_)
        panel: dict[str, Any] = {
            "version": PANEL_VERSION,
            "gridData": {"x": x, "y": y, "w": width, "h": height, "i": index},
            "panelIndex": index,
        }
        if isinstance(content, str):
            panel |= {"type": "search", "panelRefName": f"panel_{index}", "embeddableConfig": {"enhancements": {}}}
            references.append({"type": "search", "id": content, "name": f"{index}:panel_{index}"})
        else:
            chart = content.attributes(view, query=LIVE)
            panel |= {"type": "lens", "title": content.title}
            panel["embeddableConfig"] = {"attributes": chart, "enhancements": {}, "hidePanelTitles": False}
            references += [{**one, "name": f"{index}:{one['name']}"} for one in chart["references"]]
        shown.append(panel)
    controls = {f"control-{field}": _control(order, field) for order, field in enumerate(CONTROLS)}
    references += [
        {"type": "index-pattern", "id": view, "name": f"controlGroup_{control}:optionsListDataView"}
        for control in controls
    ]
    attributes = {
        "title": title,
        "description": "",
        "panelsJSON": json.dumps(shown, ensure_ascii=False),
        "optionsJSON": json.dumps(
            {"useMargins": True, "syncColors": True, "syncCursor": True, "hidePanelTitles": False}
        ),
        "controlGroupInput": {
            "controlStyle": "oneLine",
            "chainingSystem": "HIERARCHICAL",
            "panelsJSON": json.dumps(controls),
            "ignoreParentSettingsJSON": json.dumps(
                {"ignoreFilters": False, "ignoreQuery": False, "ignoreTimerange": False, "ignoreValidations": False}
            ),
        },
        "kibanaSavedObjectMeta": {"searchSourceJSON": json.dumps({"query": _kql(""), "filter": []})},
        "timeRestore": True,
        "timeFrom": time_from,
        "timeTo": "now",
        "refreshInterval": {"pause": True, "value": 60000},
        "version": 1,
    }
    return _object("dashboard", key, "8.7.0", attributes, references)


def _control(order: int, field: str) -> dict[str, Any]:
    given = {"id": f"control-{field}", "fieldName": field, "title": field.capitalize(), "enhancements": {}}
    return {"order": order, "width": "medium", "grow": True, "type": "optionsListControl", "explicitInput": given}


def _kql(query: str) -> dict[str, str]:
    return {"query": f"{LIVE} and {query}" if query else LIVE, "language": "kuery"}


if __name__ == "__main__":
    FILE.write_text(ndjson(), encoding="utf-8")
