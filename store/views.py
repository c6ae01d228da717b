"""Frozen views of articles, URLs, runs and counts, for showing to people; no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from news.article import Article, ArticleState
from news.clusters import Standing
from news.crawl_ends import FinishReason
from news.fetch import Outcome, UrlKind, UrlState
from news.triggers import Trigger
from store.records import StoredArticle


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleView:
    """An article with its surroundings, for people."""

    stored: StoredArticle
    state: ArticleState  # LIVE or REMOVED: a merged one leads to the other
    removed_at: datetime | None  # when the publisher's removal was confirmed
    aliases: tuple[str, ...]  # every other address it was met under
    merged_from: tuple[str, ...]  # ids of articles merged into this one


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyView:
    """One of several articles with almost the same text."""

    article_id: str
    source_id: str
    url: str
    first_seen_at: datetime
    standing: Standing
    article: Article  # as it is now


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionView:
    """One distinct content of an article."""

    version: int
    fetched_at: datetime
    content_digest: str
    extractor_version: str
    boilerplate_version: str  # of the source's model with which it was read; "" = none
    extraction_score: float | None  # 1 = as usual for the source; None = not judged
    payload_digest: str | None  # "sha256:…" of the archived page, decoded from its content encoding
    warc_file: str | None
    warc_offset: int | None
    article: Article
    taken_from: str | None = None  # the foreign archive file that the page came from; None = we fetched it


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What a version was read from, and by what."""

    content_digest: str
    payload_digest: str | None
    extractor_version: str
    boilerplate_version: str
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchView:
    """One entry of a URL's or an article's history."""

    fetched_at: datetime
    requested_url: str
    effective_url: str | None
    outcome: Outcome
    status: int | None
    detail: str
    body_bytes: int | None
    run_id: int | None
    taken_from: str | None = None  # as of a version


@dataclass(frozen=True, kw_only=True, slots=True)
class UrlView:
    """A frontier row, for people."""

    url: str
    kind: UrlKind
    state: UrlState
    source_id: str
    discovered_at: datetime
    discovered_from: str | None
    next_due_at: datetime | None
    last_outcome: Outcome | None
    last_detail: str
    failure_count: int
    article_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxCounts:
    """The number of entries waiting for the index."""

    pending: int
    dead: int  # dead letters: the engine refuses them
    oldest_at: datetime | None  # of the pending entries


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreCounts:
    """The counts of the whole record."""

    articles: int  # live
    removed: int
    versions: int
    urls: int
    due: int  # frontier rows whose time has come
    outbox: OutboxCounts

    @property
    def searchable(self) -> int:
        """The number of searchable articles: the live ones, and those that their publisher removed."""
        return self.articles + self.removed


@dataclass(frozen=True, kw_only=True, slots=True)
class RunView:
    """The report of one crawl."""

    id: int
    source_id: str
    trigger: Trigger
    started_at: datetime
    ended_at: datetime | None
    finish_reason: FinishReason | None  # None = under way
    counts: Mapping[str, int] = field(default_factory=dict)  # outcome -> number


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceStatus:
    """The status of a source."""

    source_id: str
    articles: int
    urls: int
    due: int
    failing: int
    last_run: RunView | None
    newest_article_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotView:
    """A time of a source's schedule that came due."""

    source_id: str
    slot_at: datetime
    fired_at: datetime
    missed_count: int  # earlier slots that this one stands for too
    skipped: str | None = None  # why it led to no crawl
    run_id: int | None = None  # the crawl that answered it


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedView:
    """Article addresses that are refused for one reason."""

    outcome: str
    count: int
    url: str  # the latest one
    detail: str  # of the latest one


@dataclass(frozen=True, kw_only=True, slots=True)
class FailureView:
    """A URL whose last fetch failed in a way that may pass."""

    url: str
    source_id: str
    kind: UrlKind
    outcome: str
    detail: str
    failure_count: int  # in a row
    since_at: datetime | None  # of the first of these failures; None = no fetch of them is kept
    next_due_at: datetime | None
