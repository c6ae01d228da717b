"""Export of every article a search finds, as a stream that holds only one page of the engine in memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import Any

from news.index import Hit
from store.articles.service import Articles
from store.views import Receipt

COLUMNS = (
    *("id", "url", "title", "dek", "authors", "people", "agencies", "section", "source", "language", "tags"),
    *("published_at", "published_day_only", "modified_at", "first_seen_at", "removed_at", "changed"),
    *("version", "fetched_at", "cluster"),
)
RECEIPT_COLUMNS = tuple(each.name for each in fields(Receipt))
_LISTS = ("authors", "people", "agencies", "tags", "changed")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would execute them


class ExportFormat(StrEnum):
    """The format of the articles."""

    NDJSON = "ndjson"  # one JSON object a line
    JSONL = "jsonl"  # the same under its other name
    CSV = "csv"  # RFC 4180, UTF-8, a header line


MEDIA_TYPES = {
    ExportFormat.NDJSON: "application/x-ndjson",
    ExportFormat.JSONL: "application/jsonl",
    ExportFormat.CSV: "text/csv; charset=utf-8; header=present",
}


def with_receipts(pages: Iterator[tuple[Hit, ...]], articles: Articles) -> Iterator[tuple[Hit, ...]]:
    """The pages with what the version of each hit was read from."""
    for page in pages:
        receipts = articles.receipts({hit.id: hit.fields["version"] for hit in page})
        told = {article_id: asdict(receipt) for article_id, receipt in receipts.items()}
        yield tuple(replace(hit, fields={**hit.fields, **told.get(hit.id, {})}) for hit in page)


def exported(
    pages: Iterator[tuple[Hit, ...]], form: ExportFormat, *, with_text: bool, with_receipt: bool = False
) -> Iterator[bytes]:
    """The file in pieces, one for each page."""
    columns = (*COLUMNS, *(RECEIPT_COLUMNS if with_receipt else ()), *(("text",) if with_text else ()))
    if form is ExportFormat.CSV:
        yield _csv_lines([list(columns)])
    for page in pages:
        rows = [_row(hit, columns) for hit in page]
        if form is ExportFormat.CSV:
            yield _csv_lines([[_cell(value) for value in row.values()] for row in rows])
        else:
            yield "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _row(hit: Hit, columns: tuple[str, ...]) -> dict[str, Any]:
    row = {name: hit.fields.get(name) for name in columns}
    lists = {name: list(row[name] or ()) for name in _LISTS}
    return row | lists | {"id": hit.id, "published_day_only": bool(row["published_day_only"])}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv_lines(rows: list[list[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()
