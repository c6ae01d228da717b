"""What the store takes and hands on: frozen records, no SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from news.article import Article, NotArticle
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.clusters import Standing
from news.fetch import Discovered, Outcome, UrlKind, UrlState
from news.gaps import FeedEntry
from news.revisits.validators import Condition
from news.seen_pages import SeenPage
from news.shingles import Sketch
from news.usual import Figures
from news.versions.edits import Edits
from store.json_text import JsonText


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterPlace:
    """What an article is among its copies."""

    cluster_id: str
    standing: Standing
    seniority: int  # news.clusters.seniority_of: less is earlier


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredArticle:
    """An article as it is now, ready to be indexed."""

    id: str
    source_id: str
    url: str  # its canonical address, or the effective URL where none is valid
    revision: int  # index revision: raised by every change the index should show
    version: int  # newest version number, from 1
    first_seen_at: datetime
    fetched_at: datetime  # of the newest version
    removed_at: datetime | None = None  # when its publisher's removal was confirmed
    article: Article
    edits: Edits = field(default_factory=Edits)  # of all versions together
    cluster: ClusterPlace | None = None  # None = it has no copies


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxItem:
    """One article the index has to be told about."""

    article_id: str
    revision: int
    stored: StoredArticle | None  # None = remove it


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontierRow:
    """A leased URL: what a crawl needs to ask for it."""

    id: int
    url: str
    source_id: str
    host: str
    discovered_at: datetime
    kind: UrlKind
    depth: int  # sitemaps inside sitemaps, pages of a section
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    content_digest: str | None
    article_id: str | None
    failure_count: int
    change_count: int  # how often its content was new since it was first fetched
    last_fetched_at: datetime | None
    last_changed_at: datetime | None
    title_hint: str | None
    published_hint: datetime | None
    section_hint: str | None
    published_at: datetime | None = None  # as its page was read last
    requested_at: datetime | None  # the request for it that this fetch answers

    @property
    def is_named_document(self) -> bool:
        """Whether it is a feed, sitemap or section that the source names itself: what is new is lost if they wait."""
        return self.kind is not UrlKind.ARTICLE and self.depth == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveRef:
    """Where an archived payload lies."""

    warc_file: str  # relative to the archive folder
    warc_offset: int
    payload_digest: str  # "sha256:<hex>"


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchResult:
    """Everything one fetch leads to; saved in one transaction."""

    row: FrontierRow
    run_id: int | None
    fetched_at: datetime
    outcome: Outcome  # for article pages with content the store decides between new, new version and unchanged
    effective_url: str | None = None
    status: int | None = None
    detail: str = ""
    body_bytes: int | None = None
    asked_at: datetime | None = None  # when its request went out; None = not known
    duration_seconds: float | None = None
    condition: Condition = Condition.NONE  # with which validators it was asked for
    etag: str | None = None
    last_modified: str | None = None
    archive: ArchiveRef | None = None
    payload_digest: str | None = None
    extraction: Article | NotArticle | None = None
    record: JsonText | None = None  # a story as its version is stored; None = made when it is saved
    extractor_version: str | None = None
    boilerplate: Boilerplate = NO_BOILERPLATE  # what was known of the source when the page was read
    shown: SeenPage | None = None  # what the article page shows, to compare others with
    figures: Figures | None = None  # what was measured of the page
    sketch: Sketch | None = None  # of the story's text; None = made when it is saved
    content_digest: str | None = None
    canonical_url: str | None = None  # normalised and validated; None = the effective URL stands
    minted_id: str | None = None  # the id the archive says its article has; None = it gets one by its address
    redirected_to: str | None = None  # normalised effective URL when it differs from the row's
    discovered: tuple[NewUrl, ...] = ()
    listed: tuple[FeedEntry, ...] = ()  # what a feed holds now, to notice gaps
    taken_from: str | None = None  # the archive file of somebody else's that the page is from
    is_removal: bool = False  # it confirms that the article was removed: found by the store, or told by the archive
    hub: tuple[str, str] | None = None  # of a feed: its WebSub hub and what it calls itself there
    fills: tuple[int, ...] = ()  # the fills that a document was read for; empty where it could not be read
    state: UrlState = UrlState.FETCHED
    next_due_at: datetime | None = None  # None = never again by itself


@dataclass(frozen=True, kw_only=True, slots=True)
class NewUrl:
    """A normalised, in-scope URL for the frontier."""

    url: str
    kind: UrlKind
    depth: int = 0
    priority: int = 0  # higher first
    found: Discovered | None = None
    for_fill: bool = False  # a document that can belong to a span that is being filled


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedFetch:
    """What became of a FetchResult."""

    outcome: Outcome
    article_id: str | None = None
    version: int | None = None
    new_url_count: int = 0
    is_alias: bool = False  # the article is followed under another address
    is_removal: bool = False  # it confirmed that the article was removed


@dataclass(frozen=True, kw_only=True, slots=True)
class HostState:
    """What an origin's robots.txt said, for every process."""

    host: str
    robots_status: int | None = None  # None = never asked or not answered
    robots_body: bytes | None = None
    robots_fetched_at: datetime | None = None
