"""Digests of content, payloads and ids."""

from __future__ import annotations

import hashlib
import unicodedata

from news.article import Article


def content_digest(article: Article) -> str:
    """The digest of what a reader reads, which changes with every edit (hex SHA-256).

    Covers headline, dek, byline, body, caption, credit and source line. Dates, section and tags are left out: sites
    change them without touching the story.
    """
    image = article.image
    parts = (
        article.title,
        article.dek,
        "\x1f".join(article.authors),
        article.text,
        image.caption if image else None,
        image.credit if image else None,
        article.source_line,
    )
    return hashlib.sha256("\x1e".join(map(_folded, parts)).encode("utf-8", "replace")).hexdigest()


def payload_digest(body: bytes) -> str:
    """The digest of a body as WARC records write it: "sha256:<hex>"."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def article_id_for(url_key: str) -> str:
    """The id of an article first found under this URL key.

    A function of the key, so that the same id is minted again after a crash between two writes.
    """
    return hashlib.sha256(f"article {url_key}".encode()).hexdigest()[:20]


def _folded(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())
