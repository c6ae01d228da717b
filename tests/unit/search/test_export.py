"""Exports are whole and harmless to spreadsheets."""

from __future__ import annotations

import csv
import io
import json

from news.index import Hit
from search.export import COLUMNS, ExportFormat, exported

HITS = (
    Hit(
        id="a1",
        score=None,
        fields={
            "url": "https://x.example/1",
            "title": '=1+1 "quoted",\nnew line',
            "authors": ["A", "B"],
            "changed": ["title", "text"],
        },
    ),
    Hit(id="a2", score=None, fields={"title": "Émile", "published_at": "2026-01-01T00:00:00Z"}),
)


def written(form: ExportFormat, *, with_text: bool = False) -> str:
    return b"".join(exported(iter([HITS[:1], HITS[1:]]), form, with_text=with_text)).decode()


def test_csv_has_a_header_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(written(ExportFormat.CSV), newline="")))
    assert [row["id"] for row in rows] == ["a1", "a2"]
    assert rows[0]["title"] == '\'=1+1 "quoted",\nnew line'
    assert (rows[0]["authors"], rows[0]["changed"], rows[0]["removed_at"]) == ("A; B", "title; text", "")
    assert rows[1]["published_day_only"] == "false"


def test_every_line_of_ndjson_is_an_object_with_all_fields() -> None:
    rows = [json.loads(line) for line in written(ExportFormat.NDJSON, with_text=True).splitlines()]
    assert [row["title"] for row in rows] == [HITS[0].fields["title"], "Émile"]
    assert all(set(row) == {*COLUMNS, "text"} for row in rows)
