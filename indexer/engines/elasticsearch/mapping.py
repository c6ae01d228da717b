"""The index mapping, and an article as Elasticsearch stores it, both made from the field table.

newsdex's own searches read terms that newsdex makes (words.py), so that both engines find the same. For people in
Kibana there are also fields analyzed by Elasticsearch: `title`, `dek` and `text` with the standard analyzer, and
`title_in.en`, `text_in.tr` … with the analyzer of the article's language, filled in that one language only.
Whatever can be made from the article again is left out of `_source`. See docs/decisions/0003-language-analysis.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.analysis.languages import ELASTICSEARCH_ANALYZERS, UNDETERMINED, analysis_of, primary_code
from indexer.analysis.words import readings, terms
from indexer.engines.plan import fold_value
from indexer.engines.scoring import MAX_WINDOW, lead_of
from indexer.fields import FIELDS, LEAD_OF, Field, Kind, fields_digest

TERMS, PLAIN, WORDS, FOLDED, SPOKEN = "_terms", "_plain", "_words", "_folded", "_in"
LEAD = "lead_terms"
ANALYSIS, LIVE = "analysis", "live"  # which language's terms it holds; false marks a removed article
DERIVED = ("*_terms", "*_plain", "*_words", "*_folded", "*_in")  # made from the article again, so not in _source
_WITH_PLACES = {"type": "text", "analyzer": "whitespace"}
_WITHOUT_PLACES = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}
_COUNTED = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_NATIVE: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "text"},
    Kind.KEYWORD: {"type": "keyword"},
    Kind.DATE: {"type": "date"},
    Kind.INTEGER: {"type": "long"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.STORED: {"type": "keyword", "index": False, "doc_values": False},
}


def index_body(*, shards: int = 1) -> dict[str, Any]:
    """Settings and mapping of a new index."""
    settings: dict[str, Any] = {
        "number_of_shards": shards,
        "auto_expand_replicas": "0-1",
        "max_result_window": MAX_WINDOW,
    }
    properties: dict[str, Any] = {ANALYSIS: {"type": "keyword"}, LIVE: {"type": "boolean"}, LEAD: _COUNTED}
    for field in FIELDS.values():
        properties |= _properties(field)
    return {
        "settings": {"index": settings},
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": list(DERIVED)},
            "_meta": {"fields_digest": fields_digest()},
            "properties": properties,
        },
    }


def source_of(doc: Mapping[str, Any]) -> dict[str, Any]:
    """A checked document with its terms."""
    analysis, code = analysis_of(doc.get("language")), primary_code(doc.get("language"))
    source: dict[str, Any] = {**doc, ANALYSIS: analysis, LIVE: True}
    for name, value in doc.items():
        field = FIELDS[name]
        text = "\n".join(value) if field.many else str(value)
        if field.kind is Kind.TEXT:
            source[name + TERMS], source[name + PLAIN] = readings(text, analysis)
            if code in ELASTICSEARCH_ANALYZERS:
                source[name + SPOKEN] = {code: text}
        if field.words:
            each = value if field.many else (text,)  # a list, so that no phrase spans two values
            source[name + WORDS] = [" ".join(terms(item, UNDETERMINED)) for item in each]
        if field.folded:
            source[name + FOLDED] = [fold_value(item) for item in value] if field.many else fold_value(text)
    if LEAD_OF in doc:
        source[LEAD] = lead_of(source[LEAD_OF + TERMS])
    return source


def removed_source(article_id: str, revision: int) -> dict[str, Any]:
    """The mark of a removed article; it keeps the revision, so that older writes still lose."""
    return {"id": article_id, "revision": revision, LIVE: False}


def _properties(field: Field) -> dict[str, Any]:
    """The field itself and those made from it."""
    made: dict[str, Any] = {field.name: _NATIVE[field.kind]}
    if field.kind is Kind.TEXT:
        spoken = {code: {"type": "text", "analyzer": name} for code, name in ELASTICSEARCH_ANALYZERS.items()}
        made |= {
            field.name + TERMS: _WITH_PLACES,
            field.name + PLAIN: _WITHOUT_PLACES,
            field.name + SPOKEN: {"dynamic": "strict", "properties": spoken},
        }
    if field.words:
        made[field.name + WORDS] = _WITH_PLACES
    if field.folded:
        made[field.name + FOLDED] = {"type": "keyword"}
    return made
