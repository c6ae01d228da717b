"""Documents: what the index is told about an article."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from indexer.fields import FIELDS, MAX_KEYWORD_CHARACTERS, MAX_TEXT_CHARACTERS, MAX_VALUES, Field, Kind
from news.article import ArticleState
from news.clusters import cluster_number
from news.index import IndexEntry
from store.records import OutboxItem, StoredArticle

_MAX_INTEGER = 2**63 - 1


def document(stored: StoredArticle) -> dict[str, Any]:
    """The JSON-able document of an article; fields without a value are absent, over-long values are cut."""
    article = stored.article
    image = article.image
    values = {
        "id": stored.id,
        "url": stored.url,
        "title": article.title,
        "dek": article.dek,
        "text": article.text,
        "authors": article.authors,
        "people": article.people,
        "agencies": article.agencies,
        "section": article.section,
        "source": stored.source_id,
        "language": article.language,
        "tags": article.tags,
        "changed": stored.edits.changed,
        "former": stored.edits.former_text,
        "state": (ArticleState.REMOVED if stored.removed_at else ArticleState.LIVE).value,
        "removed_at": stored.removed_at,
        "kicker": article.kicker,
        "published_at": article.published_at,
        "published_day_only": article.published_day_only or None,
        "modified_at": article.modified_at,
        "first_seen_at": stored.first_seen_at,
        "fetched_at": stored.fetched_at,
        "source_line": article.source_line,
        "image_url": image.url if image else None,
        "caption": image.caption if image else None,
        "credit": image.credit if image else None,
        "cluster": cluster_number(stored.cluster.cluster_id) if stored.cluster else None,
        "standing": int(stored.cluster.standing) if stored.cluster else None,
        "seniority": stored.cluster.seniority if stored.cluster else None,
        "version": stored.version,
        "revision": stored.revision,
    }
    shaped = {name: _shaped(FIELDS[name], value) for name, value in values.items() if value is not None}
    return {name: value for name, value in shaped.items() if value not in ("", [])}


def check_document(doc: Mapping[str, Any]) -> str | None:
    """Why an engine could not take this document, naming the field; None when it can.

    Both engines are asked the same question before a write: a wrong type is refused by Elasticsearch's strict mapping
    and kills the embedded engine's writer.
    """
    for name in doc:
        if name not in FIELDS:
            return f"{name!r} is not a field of the index"
    for field in FIELDS.values():
        if field.name not in doc:
            if field.required:
                return f"{field.name!r} is missing"
            continue
        if reason := _field_reason(field, doc[field.name]):
            return f"{field.name!r} {reason}"
    return None


def iso_time(moment: datetime) -> str:
    """An aware time as the index writes it: ISO 8601 in UTC with a Z.

    >>> iso_time(datetime(2024, 5, 1, 12, tzinfo=UTC))
    '2024-05-01T12:00:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _shaped(field: Field, value: Any) -> Any:
    if field.many:
        values = (_string(field, item) for item in value)
        return list(dict.fromkeys(item for item in values if item))[:MAX_VALUES]
    if isinstance(value, datetime):
        return iso_time(value)
    if isinstance(value, str):
        return _string(field, value)
    return value


def _string(field: Field, value: str) -> str:
    """The text as composed, valid UTF-8 within the field's bound."""
    limit = MAX_TEXT_CHARACTERS if field.kind is Kind.TEXT else MAX_KEYWORD_CHARACTERS
    valid = value[:limit].encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", valid).strip()[:limit]


def _field_reason(field: Field, value: Any) -> str | None:
    if not field.many:
        return _CHECKS[field.kind](value)
    if not isinstance(value, list | tuple):
        return f"is not a list: {_shown(value)}"
    if len(value) > MAX_VALUES:
        return f"has more than {MAX_VALUES} values"
    return next((reason for item in value if (reason := _CHECKS[field.kind](item))), None)


def _text_reason(value: Any, limit: int = MAX_TEXT_CHARACTERS) -> str | None:
    if not isinstance(value, str):
        return f"is not a string: {_shown(value)}"
    if len(value) > limit:
        return f"is longer than {limit} characters"
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "holds a lone surrogate, which is not valid Unicode"
    return None


def _keyword_reason(value: Any) -> str | None:
    return _text_reason(value, MAX_KEYWORD_CHARACTERS)


def _date_reason(value: Any) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
        aware = moment.astimezone(UTC) if moment.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        aware = None
    return None if aware else f"is not an ISO 8601 time with a zone: {_shown(value)}"


def _integer_reason(value: Any) -> str | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return None if whole and 0 <= value <= _MAX_INTEGER else f"is not a whole number from 0: {_shown(value)}"


def _boolean_reason(value: Any) -> str | None:
    return None if isinstance(value, bool) else f"is not true or false: {_shown(value)}"


def _shown(value: Any) -> str:
    return repr(value)[:60]


_CHECKS: dict[Kind, Callable[[Any], str | None]] = {
    Kind.TEXT: _text_reason,
    Kind.KEYWORD: _keyword_reason,
    Kind.STORED: _keyword_reason,
    Kind.DATE: _date_reason,
    Kind.INTEGER: _integer_reason,
    Kind.BOOLEAN: _boolean_reason,
}


def stored_entry(stored: StoredArticle) -> IndexEntry:
    """The write that brings the index up to date with the store's article."""
    return IndexEntry(id=stored.id, revision=stored.revision, document=document(stored))


def index_entry(item: OutboxItem) -> IndexEntry:
    """The write an outbox entry asks for: the article as it is now, or its removal."""
    if item.stored is None:
        return IndexEntry(id=item.article_id, revision=item.revision, document=None)
    return stored_entry(item.stored)
