"""Recognizing pages that show another text than their story, as on a site that is down; it is not taken for news."""

from __future__ import annotations

from datetime import datetime

from crawler.reading import tasks
from crawler.reading.running import Runner
from news.article import Article, NotArticle, NotArticleReason
from news.removal import is_outage
from news.versions.other_texts import is_dated, is_named_alike, is_other_text, tells_of
from store.records import FrontierRow
from store.service import Store

ASKED_AGAIN = "asked again whether it stays"
MOST_TEXTS = 10_000  # remembered by a crawl


class OtherTexts:
    """Judges the pages of one crawl of a source."""

    def __init__(self, store: Store, call: Runner) -> None:
        self._store = store
        self._call = call
        self._shown: dict[str, str] | None = None  # content digest -> the URL that showed it first

    async def doubted(self, row: FrontierRow, read: tasks.StoryReading, *, now: datetime) -> NotArticle | None:
        """Why a page with an altogether different text is not taken for an edit of its article; None if it is.

        It is taken for one if it is named like that article, else at the second look, but never while most pages of the
        source show that text. `row` says what the look before saw.
        """
        newest = self._store.articles.newest_version
        version = await self._call(newest, row.article_id) if row.article_id is not None else None
        await self._note(row, read, now)
        if version is None or not isinstance(read.extraction, Article):
            return None
        if not is_other_text(version.article, read.extraction):
            return None
        is_seen_again = row.content_digest == read.content_digest
        if not is_seen_again and not is_named_alike(version.article, read.extraction):
            return NotArticle(reason=NotArticleReason.OTHER_TEXT, detail=ASKED_AGAIN)
        return await self._shown_by_most(row, read, now)

    async def doubted_first(
        self, row: FrontierRow, read: tasks.StoryReading, *, redirected_to: str | None, is_named: bool, now: datetime
    ) -> NotArticle | None:
        """Why a new page is not taken for an article although it reads like one: another address shows the same text.

        It is taken for one if it names its story's address (`is_named`) or redirects to that other address, else at the
        second look, but never while most pages show the text. Its first address is taken at once, unless it is strange.
        """
        first = await self._note(row, read, now)
        is_strange = _is_strange(row, read.extraction, is_redirected=redirected_to is not None, is_named=is_named)
        if not is_strange and (is_named or first in {row.url, redirected_to}):
            return None
        if row.content_digest == read.content_digest:
            return await self._shown_by_most(row, read, now)
        why = "nothing on it tells of the story" if is_strange else "another address of this source shows it too"
        detail = f"{why}, {ASKED_AGAIN}"
        return NotArticle(reason=NotArticleReason.OTHER_TEXT, detail=detail)

    async def _note(self, row: FrontierRow, read: tasks.StoryReading, now: datetime) -> str:
        """The URL that first showed this text, recently or in this crawl."""
        if self._shown is None:
            found = await self._call(self._store.shown_texts.lately, row.source_id, now=now)
            self._shown = self._shown or found  # another page may have loaded it meanwhile
        if len(self._shown) >= MOST_TEXTS:
            del self._shown[next(iter(self._shown))]
        return self._shown.setdefault(read.content_digest or "", row.url)

    async def _shown_by_most(self, row: FrontierRow, read: tasks.StoryReading, now: datetime) -> NotArticle | None:
        counts = self._store.shown_texts.counts
        same_count, own_count = await self._call(counts, row, read.content_digest, now=now)
        if not is_outage(gone_count=same_count, answered_count=own_count):
            return None
        return NotArticle(
            reason=NotArticleReason.OTHER_TEXT, detail=f"{same_count - 1} others of this source show it too"
        )


def _is_strange(row: FrontierRow, read: Article | NotArticle, *, is_redirected: bool, is_named: bool) -> bool:
    """Whether a page says nothing about its story: no date, no address of its own, nothing from its entry."""
    if isinstance(read, NotArticle) or is_dated(read) or (is_named and not is_redirected):
        return False
    if row.title_hint:
        return not tells_of(read, row.title_hint)
    return is_redirected and not is_named
