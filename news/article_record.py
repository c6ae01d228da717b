"""Lossless conversion of an article to a JSON-compatible record and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from news.article import Article, ArticleKind, Block, BlockKind, Embed, EmbedKind, Image, Span, SpanKind

_PLAIN_FIELDS = (
    "url", "canonical_url", "title", "dek", "kicker", "published_zone", "published_day_only", "modified_zone",
    "section", "language", "source_line", "site_name",
)  # fmt: skip
_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}  # much faster than the enumeration's own lookup
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}


def article_record(article: Article) -> dict[str, Any]:
    """The article as strings, numbers, lists and dicts; times in ISO 8601."""
    record: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN_FIELDS}
    return record | {
        "kind": article.kind.value,
        "authors": list(article.authors),
        "people": list(article.people),
        "agencies": list(article.agencies),
        "published_at": _stamp(article.published_at),
        "modified_at": _stamp(article.modified_at),
        "tags": list(article.tags),
        "blocks": [_block_record(block) for block in article.blocks],
        "image": _image_record(article.image) if article.image else None,
        "dateline": article.dateline,
        "is_free": article.is_free,
        "evidence": dict(article.evidence),
        "certainty": dict(article.certainty),
        "flags": list(article.flags),
    }


def article_from_record(record: Mapping[str, Any]) -> Article:
    """The article of a record made by `article_record`. Raises KeyError, TypeError or ValueError for others."""
    plain = {name: record[name] for name in _PLAIN_FIELDS}
    return Article(
        **plain,
        kind=ArticleKind(record.get("kind", ArticleKind.STORY)),
        authors=tuple(record["authors"]),
        people=tuple(record.get("people", ())),  # records of extraction version 2 have neither
        agencies=tuple(record.get("agencies", ())),
        published_at=_moment(record["published_at"]),
        modified_at=_moment(record["modified_at"]),
        tags=tuple(record["tags"]),
        blocks=tuple(_block(entry) for entry in record["blocks"]),
        image=Image(**record["image"]) if record["image"] else None,
        dateline=record.get("dateline"),  # records from before November 2026 have none of the three
        is_free=record.get("is_free"),
        certainty=dict(record.get("certainty", {})),
        evidence=dict(record["evidence"]),
        flags=tuple(record["flags"]),
    )


def _block_record(block: Block) -> list[Any]:
    """[kind, text], with a dict of further details as a third entry if there are any."""
    details: dict[str, Any] = {
        "spans": [[span.start, span.end, span.kind.value, span.url] for span in block.spans],
        "level": block.level,
        "ordered": block.ordered,
        "opens": block.opens,
        "cells": list(block.cells),
        "heads": block.heads,
        "image": _image_record(block.image) if block.image else None,
        "embed": [block.embed.kind.value, block.embed.url] if block.embed else None,
        "at": _stamp(block.at),
    }
    known = {name: value for name, value in details.items() if value}
    return [block.kind.value, block.text, known] if known else [block.kind.value, block.text]


def _block(entry: Sequence[Any]) -> Block:
    kind, text, *rest = entry
    if not rest:  # most blocks, and a story has many
        return Block(kind=_BLOCK_KINDS[kind], text=text)
    details: dict[str, Any] = rest[0]
    return Block(
        kind=_BLOCK_KINDS[kind],
        text=text,
        spans=tuple(
            Span(start=start, end=end, kind=_SPAN_KINDS[of], url=url)
            for start, end, of, url in details.get("spans", ())
        ),
        level=details.get("level"),
        ordered=details.get("ordered", False),
        opens=details.get("opens", False),
        cells=tuple(details.get("cells", ())),
        heads=details.get("heads", False),
        image=Image(**details["image"]) if "image" in details else None,
        embed=Embed(kind=EmbedKind(details["embed"][0]), url=details["embed"][1]) if "embed" in details else None,
        at=_moment(details.get("at")),
    )


def _image_record(image: Image) -> dict[str, Any]:
    return {"url": image.url, "caption": image.caption, "credit": image.credit, "alt": image.alt}


def _stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None
