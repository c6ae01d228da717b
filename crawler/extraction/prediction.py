"""An extraction as one flat JSON object, for scoring and for people to read."""

from __future__ import annotations

from datetime import datetime

from news.article import Article, NotArticle
from news.times import fixed_offset


def prediction(page_id: str, result: Article | NotArticle) -> dict[str, object]:
    """The fields of an extraction under the names that the corpora's score.py reads, ready for JSON."""
    if isinstance(result, NotArticle):
        return {"id": page_id, "is_article": False, "reason": str(result.reason), "detail": result.detail}
    image = result.image
    return {
        "id": page_id,
        "is_article": True,
        "reason": None,
        "title": result.title,
        "dek": result.dek,
        "authors": list(result.authors),
        "agencies": list(result.agencies),
        "published": publishers_time(result.published_at, result.published_zone, day_only=result.published_day_only),
        "modified": publishers_time(result.modified_at, result.modified_zone),
        "section": result.section,
        "text": result.text,
        "caption": image.caption if image else None,
        "credit": image.credit if image else None,
        "image": image.url if image else None,
        "source_line": result.source_line,
        "language": result.language,
        "tags": list(result.tags),
        "canonical_url": result.canonical_url,
    }


def publishers_time(at: datetime | None, zone: str | None, *, day_only: bool = False) -> str | None:
    """A time in ISO 8601 with the publisher's own offset, if one was stated; only the day if no more is known."""
    if at is None:
        return None
    if day_only:
        return at.strftime("%Y-%m-%d")
    if zone is None:
        return at.replace(tzinfo=None).isoformat()
    return at.astimezone(fixed_offset(zone)).isoformat()
