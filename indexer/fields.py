"""The table of an indexed article's fields, from which mapping and schema are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from indexer.analysis.languages import ANALYSES, ANALYSIS_VERSION, ELASTICSEARCH_ANALYZERS, LANGUAGE_LETTERS, LETTERS

MAX_TEXT_CHARACTERS = 1_000_000  # of one text value; the record keeps the rest
MAX_KEYWORD_CHARACTERS = 1024  # in UTF-8 well under Lucene's 32,766 bytes for one term
MAX_VALUES = 200  # of one list
LEAD_OF = "text"  # the field whose beginning is also indexed by itself
LEAD_WORDS = 35  # of it; measured, see docs/decisions/0003-language-analysis.md


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"  # analysed in the article's language
    KEYWORD = "keyword"  # a whole value
    DATE = "date"  # ISO 8601 with a zone
    INTEGER = "integer"
    BOOLEAN = "boolean"
    STORED = "stored"  # a string given back with hits, never searched


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of the indexed document."""

    name: str
    kind: Kind
    required: bool = False
    many: bool = False  # a list of values
    words: bool = False  # a keyword that can also be found by its single words
    folded: bool = False  # a keyword that is compared without regard to case
    facet: bool = False
    in_hits: bool = True  # given back with every hit


FIELDS = {
    field.name: field
    for field in (
        Field(name="id", kind=Kind.KEYWORD, required=True),
        Field(name="url", kind=Kind.KEYWORD, required=True, words=True),
        Field(name="title", kind=Kind.TEXT, required=True),
        Field(name="dek", kind=Kind.TEXT),
        Field(name="text", kind=Kind.TEXT, in_hits=False),
        Field(name="authors", kind=Kind.KEYWORD, many=True, words=True, folded=True, facet=True),
        Field(name="people", kind=Kind.KEYWORD, many=True, facet=True),  # of the authors, counted apart
        Field(name="agencies", kind=Kind.KEYWORD, many=True, words=True, folded=True, facet=True),
        Field(name="section", kind=Kind.KEYWORD, words=True, folded=True, facet=True),
        Field(name="source", kind=Kind.KEYWORD, required=True, folded=True, facet=True),
        Field(name="language", kind=Kind.KEYWORD, folded=True, facet=True),
        Field(name="tags", kind=Kind.KEYWORD, many=True, words=True, folded=True, facet=True),
        Field(name="changed", kind=Kind.KEYWORD, many=True, folded=True),
        Field(name="former", kind=Kind.TEXT, in_hits=False),
        Field(name="state", kind=Kind.KEYWORD, folded=True),  # live, or removed by its publisher
        Field(name="removed_at", kind=Kind.DATE),
        Field(name="kicker", kind=Kind.STORED),
        Field(name="published_at", kind=Kind.DATE),
        Field(name="published_day_only", kind=Kind.BOOLEAN),
        Field(name="modified_at", kind=Kind.DATE),
        Field(name="first_seen_at", kind=Kind.DATE, required=True),
        Field(name="fetched_at", kind=Kind.DATE, required=True),
        Field(name="source_line", kind=Kind.STORED),
        Field(name="image_url", kind=Kind.STORED),
        Field(name="caption", kind=Kind.STORED),
        Field(name="credit", kind=Kind.STORED),
        Field(name="cluster", kind=Kind.INTEGER),  # the same for copies of one text
        Field(name="standing", kind=Kind.INTEGER, in_hits=False),  # among them: news.clusters.Standing
        Field(name="seniority", kind=Kind.INTEGER, in_hits=False),  # less is earlier
        Field(name="version", kind=Kind.INTEGER, required=True),
        Field(name="revision", kind=Kind.INTEGER, required=True),
    )
}


def given_back(document: Mapping[str, Any], *, with_text: bool) -> dict[str, Any]:
    """The fields of a stored document that come with a hit."""
    return {
        name: value
        for name, value in document.items()
        if name in FIELDS and (FIELDS[name].in_hits or (with_text and FIELDS[name].kind is Kind.TEXT))
    }


@cache
def fields_digest() -> str:
    """A digest of the table and the analysis; an index with another digest needs a rebuild."""
    facts = [
        [asdict(field) for field in FIELDS.values()],
        [asdict(analysis) for analysis in ANALYSES.values()],
        [ELASTICSEARCH_ANALYZERS, LETTERS, LANGUAGE_LETTERS, ANALYSIS_VERSION, LEAD_OF, LEAD_WORDS],
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
