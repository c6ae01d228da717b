"""Charts of Kibana's Lens as saved objects: a layer of columns over a data view, and how it is drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

LAYER = "layer"
RECORDS = "___records___"  # Lens's name for counting documents instead of a field


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a layer: a bucket that splits, or a measure."""

    operation: str  # date_histogram | terms | count | unique_count | median | percentile | max
    field: str
    label: str
    of: str = "number"  # type of its values: number | string | date
    query: str = ""  # only documents matching this are measured
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def is_bucket(self) -> bool:
        """Whether it splits the documents."""
        return self.operation in {"date_histogram", "terms"}

    def state(self) -> dict[str, Any]:
        """The column as a layer stores it."""
        scale = {"date_histogram": "interval", "terms": "ordinal"}.get(self.operation, "ratio")
        value: dict[str, Any] = {
            "label": self.label,
            "customLabel": True,
            "dataType": self.of,
            "operationType": self.operation,
            "sourceField": self.field,
            "isBucketed": self.is_bucket,
            "scale": scale,
            "params": self.params,
        }
        return value | ({"filter": {"query": self.query, "language": "kuery"}} if self.query else {})


COUNT = Column(operation="count", field=RECORDS, label="Articles")


def measure(
    operation: str, name: str, label: str, *, of: str = "number", query: str = "", percentile: int | None = None
) -> Column:
    """A column with a metric of a field."""
    params = {} if percentile is None else {"percentile": percentile}
    return Column(operation=operation, field=name, label=label, of=of, query=query, params=params)


def date_column(name: str) -> Column:
    """A column of time steps, as long as the chosen range requires."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return Column(operation="date_histogram", field=name, label=name, of="date", params=params)


def term_column(name: str, size: int) -> Column:
    """A column of the most frequent values of a field."""
    params = {
        "size": size,
        "orderDirection": "desc",
        "otherBucket": size <= 12,  # the rest is drawn if there is room for it
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
    }
    return Column(operation="terms", field=name, label=name, of="string", params=params)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """One panel of a dashboard."""

    title: str
    kind: str  # Lens's name for the type of chart
    columns: tuple[Column, ...]
    query: str
    drawing: dict[str, Any]

    def attributes(self, view: str, *, query: str) -> dict[str, Any]:
        """The Lens object over a data view; `query` applies to every chart."""
        columns = {f"c{number}": column for number, column in enumerate(self.columns)}
        measured = next(key for key, column in columns.items() if not column.is_bucket)
        state = {key: _ordered(column, measured).state() for key, column in columns.items()}
        layer = {"columns": state, "columnOrder": list(columns), "incompleteColumns": {}}
        both = f"{query} and {self.query}" if self.query and query not in self.query else self.query or query
        return {
            "title": self.title,
            "type": "lens",
            "visualizationType": self.kind,
            "references": [{"type": "index-pattern", "id": view, "name": f"indexpattern-datasource-layer-{LAYER}"}],
            "state": {
                "datasourceStates": {"formBased": {"layers": {LAYER: layer}}},
                "visualization": self.drawing,
                "query": {"query": both, "language": "kuery"},
                "filters": [],
                "internalReferences": [],
                "adHocDataViews": {},
            },
        }


def number(title: str, shown: Column, *, query: str = "") -> Chart:
    """A chart of a single figure."""
    drawing = {"layerId": LAYER, "layerType": "data", "metricAccessor": "c0"}
    return Chart(title=title, kind="lnsMetric", columns=(shown,), query=query, drawing=drawing)


def bars(
    title: str,
    along: Column,
    split: Column | None = None,
    *,
    horizontal: bool = False,
    share: bool = False,
    query: str = "",
) -> Chart:
    """A chart of counts along one column, stacked by another; `share` scales every bar to 100%."""
    columns = (along, split, COUNT) if split else (along, COUNT)
    form = "bar_horizontal" if horizontal else "bar_percentage_stacked" if share else "bar_stacked"
    layer = {
        "layerId": LAYER,
        "layerType": "data",
        "seriesType": form,
        "position": "top",
        "showGridlines": False,
        "xAccessor": "c0",
        "accessors": [f"c{len(columns) - 1}"],
        **({"splitAccessor": "c1"} if split else {}),
    }
    drawing = {
        "preferredSeriesType": form,
        "layers": [layer],
        "legend": {"isVisible": split is not None, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": False},
    }
    return Chart(title=title, kind="lnsXY", columns=columns, query=query, drawing=drawing)


def table(title: str, *buckets: Column, measures: Sequence[Column]) -> Chart:
    """A table of buckets with figures."""
    columns = (*buckets, *measures)
    shown = [{"columnId": f"c{number}"} for number in range(len(columns))]
    drawing = {"layerId": LAYER, "layerType": "data", "columns": shown}
    return Chart(title=title, kind="lnsDatatable", columns=columns, query="", drawing=drawing)


def _ordered(column: Column, measured: str) -> Column:
    """Order the values of a terms column by the first measure, the most first."""
    if column.operation != "terms":
        return column
    return replace(column, params={**column.params, "orderBy": {"type": "column", "columnId": measured}})
