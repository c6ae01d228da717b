"""The embedded engine's schema and documents, made from the field table.

Text is analysed here in Python, in each article's own language, and passed on as terms separated by spaces, so one
tantivy field serves every language. `<name>_plain` holds the unstemmed words for prefix queries. Only the whole
document is stored, as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import tantivy

from indexer.analysis.languages import UNDETERMINED, analysis_of
from indexer.analysis.words import readings, terms
from indexer.engines.plan import fold_value
from indexer.engines.scoring import lead_of
from indexer.fields import FIELDS, LEAD_OF, Field, Kind

LIVE = "live_"  # false for the mark of a removed document, which keeps its revision
ANALYSIS = "analysis_"
STORED = "document_"
LEAD = "lead_"
PLAIN, WORDS, FOLDED = "_plain", "_words", "_folded"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def make_schema() -> tantivy.Schema:
    """The current field table as a tantivy schema."""
    builder = tantivy.SchemaBuilder()
    for field in FIELDS.values():
        _declare(builder, field)
    builder.add_text_field(LEAD, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(ANALYSIS, tokenizer_name="raw", index_option="basic")
    builder.add_boolean_field(LIVE, indexed=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


def make_document(doc: Mapping[str, Any]) -> tantivy.Document:
    """A checked document as tantivy takes it."""
    made = tantivy.Document()
    analysis = analysis_of(doc.get("language"))
    made.add_text(ANALYSIS, analysis)
    made.add_boolean(LIVE, True)
    made.add_bytes(STORED, json.dumps(doc, ensure_ascii=False).encode())
    for field in FIELDS.values():
        for value in _values(doc.get(field.name)):
            _add(made, field, value, analysis)
    return made


def make_tombstone(document_id: str, revision: int) -> tantivy.Document:
    """The mark of a removed document: found by its id, never by a search."""
    made = tantivy.Document()
    made.add_text("id", document_id)
    made.add_integer("revision", revision)
    made.add_boolean(LIVE, False)
    return made


def stored_document(found: tantivy.Document) -> dict[str, Any]:
    """The document as it was written."""
    stored: dict[str, Any] = json.loads(bytes(found[STORED][0]))
    return stored


def microseconds(moment: datetime) -> int:
    """An aware time as the index orders it."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(value: int) -> datetime:
    """The aware time for a value of `microseconds`."""
    return _EPOCH + timedelta(microseconds=value)


def _declare(builder: tantivy.SchemaBuilder, field: Field) -> None:
    name = field.name
    if field.kind is Kind.TEXT:
        builder.add_text_field(name, tokenizer_name="whitespace")
        builder.add_text_field(name + PLAIN, tokenizer_name="whitespace", index_option="basic")
    elif field.kind is Kind.KEYWORD:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=field.facet, stored=name == "id")
        if field.folded:
            builder.add_text_field(name + FOLDED, tokenizer_name="raw", index_option="basic")
        if field.words:
            builder.add_text_field(name + WORDS, tokenizer_name="whitespace")
    elif field.kind in {Kind.DATE, Kind.INTEGER}:
        builder.add_integer_field(name, indexed=True, fast=True)


def _add(made: tantivy.Document, field: Field, value: Any, analysis: str) -> None:
    name = field.name
    if field.kind is Kind.TEXT:
        spoken, plain = readings(value, analysis)
        made.add_text(name, spoken)
        made.add_text(name + PLAIN, plain)
        if name == LEAD_OF:
            made.add_text(LEAD, lead_of(spoken))
    elif field.kind is Kind.KEYWORD:
        made.add_text(name, value)
        if field.folded:
            made.add_text(name + FOLDED, fold_value(value))
        if field.words:
            made.add_text(name + WORDS, " ".join(terms(value, UNDETERMINED)))
    elif field.kind is Kind.DATE:
        made.add_integer(name, microseconds(datetime.fromisoformat(value)))
    elif field.kind is Kind.INTEGER:
        made.add_integer(name, value)


def _values(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        yield from value
    elif value is not None:
        yield value
