"""A process that saves articles with their archived pages until it is killed.

python -m tests.support.busy_store FOLDER ARCHIVE_FILE_BYTES   (each a JSON value)
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.article import Article, Block, BlockKind
from news.fetch import Outcome, UrlKind
from news.versions.digest import content_digest, payload_digest
from store.archive.service import Exchange
from store.records import FetchResult, NewUrl, PageReading
from store.service import Store

START = datetime(2026, 11, 20, tzinfo=UTC)


def main() -> None:
    folder, file_bytes = map(json.loads, sys.argv[1:])
    store = Store.open(Path(folder), max_archive_file_bytes=file_bytes)
    number = 0
    while True:
        save(store, number)
        number += 1
        if number % 20 == 0:
            print(number, flush=True)


def save(store: Store, number: int) -> None:
    """Archive and store one article page, in the crawler's order."""
    now = START + timedelta(seconds=number)
    url = f"https://busy.example/{number}"
    body = (f"<p>Page {number}</p>" + "x" * 2000).encode()
    store.frontier.add([NewUrl(url=url, kind=UrlKind.ARTICLE)], source_id="busy", found_on=None, now=now)
    (row,) = store.frontier.take("busy", 1, limit=1, now=now)
    digest = payload_digest(body)
    exchange = Exchange(url=url, fetched_at=now, status=200, headers=(), body=body, payload_digest=digest)
    ref = store.archive.append_response(exchange)
    store.archive.sync()
    block = Block(kind=BlockKind.PARAGRAPH, text=f"Paragraph of page {number}.")
    article = Article(url=url, title=f"Title {number}", blocks=(block,))
    result = FetchResult(
        row=row,
        run_id=1,
        fetched_at=now,
        outcome=Outcome.NEW_ARTICLE,
        status=200,
        archive=ref,
        payload_digest=digest,
        reading=PageReading(extraction=article, extractor_version="1"),
        content_digest=content_digest(article),
    )
    store.saver.save([result])


if __name__ == "__main__":
    main()
