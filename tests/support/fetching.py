"""Pages that are fetched, archived and saved as a crawl does it, without a network."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crawler.recording.batch import Fetched, write_batch
from news.article import Article
from news.versions.digest import payload_digest
from store.archive.service import Exchange, Sent
from store.records import SavedFetch
from store.service import Store
from tests.support.stores import NOW, make_result, row_of, saved_one

SENT = Sent(method="GET", headers=(("Accept", "text/html"),))


def page_of(story: Article) -> bytes:
    """A page that shows a story."""
    return f"<h1>{story.title}</h1><p>{story.text}</p>".encode()


def fetch_page(store: Store, url: str, story: Article, *, at: datetime = NOW, **fields: Any) -> SavedFetch:
    """Fetch a URL that shows this story: archived and saved."""
    return saved_one(write_batch(store, [fetched(store, url, story, at=at, **fields)]))


def fetched(
    store: Store, url: str, story: Article, *, at: datetime = NOW, source_id: str = "paper", **fields: Any
) -> Fetched:
    """What a fetch of a URL brought, not written yet."""
    body = page_of(story)
    digest = payload_digest(body)
    row = row_of(store, url, at=at, source_id=source_id)
    result = make_result(row, story, fetched_at=at, archive=None, payload_digest=digest, **fields)
    exchange = Exchange(
        url=result.effective_url or url,
        fetched_at=at,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        payload_digest=digest,
        sent=SENT,
    )
    return Fetched(result=result, exchange=exchange)
