"""An Article as plain JSON values and back, without loss: how versions are stored and handed between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from news.article import Article, Block, BlockKind, Image

_MOMENTS = ("published_at", "modified_at")
_LISTS = ("authors", "tags", "flags")


def article_record(article: Article) -> dict[str, Any]:
    """The JSON form: moments as ISO 8601 text, blocks as [kind, text] pairs."""
    record = {name: value for name, value in asdict(article).items() if name not in {"blocks", "image", *_MOMENTS}}
    record |= {name: list(record[name]) for name in _LISTS}
    record["evidence"] = dict(article.evidence)
    record["blocks"] = [[block.kind.value, block.text] for block in article.blocks]
    record["image"] = asdict(article.image) if article.image else None
    for name in _MOMENTS:
        moment: datetime | None = getattr(article, name)
        record[name] = moment.isoformat() if moment else None
    return record


def article_from_record(record: Mapping[str, Any]) -> Article:
    """The Article of a record that `article_record` made."""
    fields = dict(record)
    fields |= {name: tuple(fields[name]) for name in _LISTS}
    fields["blocks"] = tuple(Block(kind=BlockKind(kind), text=text) for kind, text in fields["blocks"])
    fields["image"] = Image(**fields["image"]) if fields["image"] else None
    for name in _MOMENTS:
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    return Article(**fields)
