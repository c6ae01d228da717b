"""The index mapping, and an article as Elasticsearch stores it, both made from the field table.

Text is analysed by newsdex (words.py), in the article's language, and indexed term by term, so that both engines find
the same; the field itself is analysed by Elasticsearch's standard analyzer, for Kibana.
See docs/decisions/0003-language-analysis.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.engines.plan import fold_value
from indexer.engines.scoring import MAX_WINDOW
from indexer.engines.words import terms
from indexer.fields import FIELDS, Field, Kind, fields_digest
from indexer.languages import UNDETERMINED, analysis_of

TERMS, PLAIN, WORDS, FOLDED = "_terms", "_plain", "_words", "_folded"
ANALYSIS, LIVE = "analysis", "live"  # which language's terms it holds; false marks a removed article
_OURS = {"type": "text", "analyzer": "whitespace"}
_NATIVE: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "text"},
    Kind.KEYWORD: {"type": "keyword"},
    Kind.DATE: {"type": "date"},
    Kind.INTEGER: {"type": "long"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.STORED: {"type": "keyword", "index": False, "doc_values": False},
}


def index_body() -> dict[str, Any]:
    """Settings and mapping of a new index."""
    properties: dict[str, Any] = {ANALYSIS: {"type": "keyword"}, LIVE: {"type": "boolean"}}
    for field in FIELDS.values():
        properties[field.name] = _NATIVE[field.kind]
        properties |= dict.fromkeys((field.name + suffix for suffix in _text_suffixes(field)), _OURS)
        if field.folded:
            properties[field.name + FOLDED] = {"type": "keyword"}
    return {
        "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0, "max_result_window": MAX_WINDOW}},
        "mappings": {"dynamic": "strict", "_meta": {"fields_digest": fields_digest()}, "properties": properties},
    }


def source_of(doc: Mapping[str, Any]) -> dict[str, Any]:
    """A checked document with its terms."""
    analysis = analysis_of(doc.get("language"))
    source: dict[str, Any] = {**doc, ANALYSIS: analysis, LIVE: True}
    for name, value in doc.items():
        field = FIELDS[name]
        text = "\n".join(value) if field.many else str(value)
        if field.kind is Kind.TEXT:
            source[name + TERMS] = " ".join(terms(text, analysis))
            source[name + PLAIN] = " ".join(terms(text, UNDETERMINED))
        if field.words:
            source[name + WORDS] = " ".join(terms(text, UNDETERMINED))
        if field.folded:
            source[name + FOLDED] = [fold_value(item) for item in value] if field.many else fold_value(text)
    return source


def removed_source(article_id: str, revision: int) -> dict[str, Any]:
    """The mark of a removed article; it keeps the revision, so that an older write still loses."""
    return {"id": article_id, "revision": revision, LIVE: False}


def _text_suffixes(field: Field) -> tuple[str, ...]:
    if field.kind is Kind.TEXT:
        return (TERMS, PLAIN)
    return (WORDS,) if field.words else ()
