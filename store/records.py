"""The values that the store takes and returns: frozen records, no SQL."""

from __future__ import annotations

from collections.abc import Iterable
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
from news.signs import Figures
from news.versions.edits import Edits
from news.websub import Hub
from store.json_text import JsonText


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterPlace:
    """An article's place among its copies."""

    cluster_id: str
    standing: Standing
    seniority: int  # news.clusters.seniority_of: a smaller one is earlier


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredArticle:
    """An article as it is now, ready to be indexed."""

    id: str
    source_id: str
    url: str  # its canonical address, or the effective URL if none is valid
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
    """One article that the index has to be told about."""

    article_id: str
    revision: int
    stored: StoredArticle | None  # None = remove it


@dataclass(frozen=True, kw_only=True, slots=True)
class Undelivered:
    """One article that the engine did not take."""

    article_id: str
    revision: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontierRow:
    """A leased URL with what a crawl needs to fetch it."""

    id: int
    url: str
    source_id: str
    host: str
    discovered_at: datetime
    kind: UrlKind
    depth: int  # of sitemaps within sitemaps, or of a section's further pages
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    content_digest: str | None
    article_id: str | None
    failure_count: int
    last_status: int | None = None  # of the last answer, whatever it was
    change_count: int  # how often its content was new since it was first fetched
    last_fetched_at: datetime | None
    last_changed_at: datetime | None
    title_hint: str | None
    published_hint: datetime | None
    section_hint: str | None
    published_at: datetime | None = None  # as stated by its page when last read
    requested_at: datetime | None  # when the request was made that this fetch answers

    @property
    def is_named_document(self) -> bool:
        """Whether the source itself names this feed, sitemap or section; if these wait, new articles are lost."""
        return self.kind is not UrlKind.ARTICLE and self.depth == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveRef:
    """The place of an archived payload."""

    warc_file: str  # relative to the archive folder
    warc_offset: int
    payload_digest: str  # "sha256:<hex>"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReading:
    """What was read from an article page, and by what."""

    extraction: Article | NotArticle | None = None
    record: JsonText | None = None  # a story in its stored form; None = made when it is saved
    extractor_version: str | None = None
    boilerplate: Boilerplate = NO_BOILERPLATE  # the model with which the page was read
    shown: SeenPage | None = None  # what the page shows, for comparison with others
    figures: Figures | None = None  # measured on the page
    sketch: Sketch | None = None  # of the story's text; None = made when it is saved


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What a feed, sitemap or section page named."""

    urls: tuple[NewUrl, ...] = ()
    entries: tuple[FeedEntry, ...] = ()  # what a feed holds now, to notice gaps
    hub: Hub | None = None  # that a feed announces
    fill_ids: tuple[int, ...] = ()  # the fills that the document was read for; empty if it could not be read
    missed_page: NewUrl | None = None  # to be read, again if need be, if most of the articles were unknown


NOTHING_READ = PageReading()
NOTHING_NAMED = Discovery()


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchResult:
    """Everything that one fetch brought; saved in one transaction."""

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
    condition: Condition = Condition.NONE  # the validators sent with its request
    etag: str | None = None
    last_modified: str | None = None
    archive: ArchiveRef | None = None
    payload_digest: str | None = None
    content_digest: str | None = None
    reading: PageReading = NOTHING_READ
    discovery: Discovery = NOTHING_NAMED
    canonical_url: str | None = None  # normalized and validated; None = the effective URL stands
    minted_id: str | None = None  # the article id that the archive states; None = it is derived from the address
    redirected_to: str | None = None  # normalized effective URL if it differs from the row's
    taken_from: str | None = None  # the foreign archive file that the page came from
    is_removal: bool = False  # it confirms that the article was removed, as found by the store or stated by the archive
    state: UrlState = UrlState.FETCHED
    next_due_at: datetime | None = None  # None = never again by itself

    @property
    def story(self) -> Article | None:
        """The article of the page; None if none was read."""
        read = self.reading.extraction
        return read if isinstance(read, Article) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewUrl:
    """A normalized, in-scope URL for the frontier."""

    url: str
    kind: UrlKind
    depth: int = 0
    priority: int = 0  # higher first
    found: Discovered | None = None
    for_fill: bool = False  # a document that may belong to a span being filled


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedFetch:
    """The outcome of saving a FetchResult."""

    outcome: Outcome
    article_id: str | None = None
    version: int | None = None
    new_url_count: int = 0
    is_alias: bool = False  # the article is followed under another address
    is_removal: bool = False  # it confirmed that the article was removed
    is_backfilled: bool = False  # its page was asked for because a backfill found it


Visits = Iterable[tuple[FetchResult, SavedFetch | None]]  # fetches with their outcomes; None = not saved


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What the record holds of an article, or of an address without one."""

    article_ids: tuple[str, ...]
    addresses: tuple[str, ...]  # all under which it was met
    payload_digests: tuple[str, ...]  # of its versions' pages
    version_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotsAnswer:
    """An origin's answer when asked for its robots.txt, shared by every process."""

    origin: str
    status: int | None = None  # None = never asked or not answered
    body: bytes | None = None
    fetched_at: datetime | None = None
