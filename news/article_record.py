"""An article as a JSON-able record and back, losing nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from news.article import Article, Block, BlockKind, Image

_PLAIN_FIELDS = (
    "url", "canonical_url", "title", "dek", "kicker", "published_zone", "published_day_only", "modified_zone",
    "section", "language", "source_line", "site_name",
)  # fmt: skip


def article_record(article: Article) -> dict[str, Any]:
    """The article as strings, numbers, lists and dicts; times in ISO 8601."""
    record: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN_FIELDS}
    image = article.image
    return record | {
        "authors": list(article.authors),
        "people": list(article.people),
        "agencies": list(article.agencies),
        "published_at": _stamp(article.published_at),
        "modified_at": _stamp(article.modified_at),
        "tags": list(article.tags),
        "blocks": [[block.kind.value, block.text] for block in article.blocks],
        "image": {"url": image.url, "caption": image.caption, "credit": image.credit} if image else None,
        "dateline": article.dateline,
        "is_free": article.is_free,
        "evidence": dict(article.evidence),
        "certainty": dict(article.certainty),
        "flags": list(article.flags),
    }


def article_from_record(record: Mapping[str, Any]) -> Article:
    """The article of a record that `article_record` made. Raises KeyError, TypeError or ValueError for others."""
    plain = {name: record[name] for name in _PLAIN_FIELDS}
    return Article(
        **plain,
        authors=tuple(record["authors"]),
        people=tuple(record.get("people", ())),  # records of version 2 of extraction have neither
        agencies=tuple(record.get("agencies", ())),
        published_at=_moment(record["published_at"]),
        modified_at=_moment(record["modified_at"]),
        tags=tuple(record["tags"]),
        blocks=tuple(_block(entry) for entry in record["blocks"]),
        image=Image(**record["image"]) if record["image"] else None,
        dateline=record.get("dateline"),  # records of before November 2026 have none of the three
        is_free=record.get("is_free"),
        certainty=dict(record.get("certainty", {})),
        evidence=dict(record["evidence"]),
        flags=tuple(record["flags"]),
    )


def _block(entry: Sequence[str]) -> Block:
    kind, text = entry
    return Block(kind=BlockKind(kind), text=text)


def _stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None
