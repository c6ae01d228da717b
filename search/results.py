"""The service's answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise, takewhile

from news.fetch import Outcome
from news.index import FacetCount
from news.versions.edits import SILENT, edits_of
from search.params import SearchParams
from search.timeline import Timeline
from store.views import ArticleView, FetchView, VersionView

_EDITED = {"title": "headline", "dek": "standfirst", "text": "text"}


def edited_words(changed: Collection[str]) -> str:
    """What edits changed, in words; empty for nothing.

    >>> edited_words(("text", "title", "silent"))
    'headline and text'
    """
    words = [word for name, word in _EDITED.items() if name in changed]
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundArticle:
    """One hit, ready to be shown."""

    id: str
    url: str
    title: str
    dek: str | None
    authors: tuple[str, ...]
    people: tuple[str, ...]  # those of the authors who are people
    agencies: tuple[str, ...]
    section: str | None
    source_id: str
    source_name: str
    language: str | None
    published_at: datetime | None  # aware, UTC
    published_day_only: bool
    score: float | None  # None when not sorted by relevance
    removed_at: datetime | None = None  # when the publisher's removal was confirmed; aware, UTC
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # field -> fragments as HTML, only <mark>
    version: int | None = None  # in a search of the past: the article's version at that time
    changed: tuple[str, ...] = ()  # of title, dek and text, those that edits changed; also "silent"
    fetched_at: datetime | None = None  # when its version was first fetched; aware, UTC
    copy_count: int = 0  # other articles with almost the same text, whether or not they match

    @property
    def edited(self) -> str:
        """What edits changed, in words; empty when nothing was changed."""
        return edited_words(self.changed)

    @property
    def is_silent(self) -> bool:
        """Whether some edit left the publisher's modification time as it was."""
        return SILENT in self.changed


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchPage:
    """One page of the answer to a search."""

    params: SearchParams
    total: int  # exact, unless the answer is not complete
    hits: tuple[FoundArticle, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]  # parameter name -> values, most frequent first
    took_ms: float  # time the engine took
    last_page: int  # the highest page that can be requested; at least 1
    next_cursor: str | None = None  # continues after the last hit, beyond the numbered pages
    timeline: Timeline | None = None  # None when not requested or nothing is dated
    is_complete: bool = True  # False = a search of the past that examined only the first candidates
    is_before_all: bool = False  # a search of a past in which no article was known yet
    unfiltered_total: int = 0  # matches without filters, where there are none with them
    nearest: tuple[FoundArticle, ...] = ()  # what comes closest, where nothing matches
    spelling: str | None = None  # a corrected query, where this one finds nothing
    unknown_words: tuple[str, ...] = ()  # of the query, where it finds nothing: those in no article
    byline: str | None = None  # for the page: the query for articles by whom the words name, if there are any
    byline_total: int = 0  # how many it finds with the same filters

    @property
    def next_params(self) -> SearchParams | None:
        """The search for the following page; None on the last."""
        if self.next_cursor is not None:
            return self.params.model_copy(update={"page": 1, "cursor": self.next_cursor})
        if self.params.cursor is not None or self.params.page >= self.last_page:
            return None
        return self.params.model_copy(update={"page": self.params.page + 1})


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticlePage:
    """An article with its history."""

    view: ArticleView
    source_name: str
    shown: VersionView  # the requested version
    versions: tuple[VersionView, ...]  # all, oldest first
    fetches: tuple[FetchView, ...]  # newest first

    @property
    def previous(self) -> VersionView | None:
        """The version before the one shown."""
        return next((each for each in reversed(self.versions) if each.version < self.shown.version), None)

    @property
    def following(self) -> VersionView | None:
        """The version after the one shown."""
        return next((each for each in self.versions if each.version > self.shown.version), None)

    @property
    def edits(self) -> Mapping[int, str]:
        """What each version changed from the previous one, in words."""
        changed = {new.version: edits_of([old.article, new.article]).changed for old, new in pairwise(self.versions)}
        return {
            version: edited_words(names) + (", silently" if SILENT in names else "")
            for version, names in changed.items()
        }

    @property
    def missed_from(self) -> FetchView | None:
        """The fetch since which its own address has answered 404 or 410; None once that is a removal, or otherwise."""
        if self.view.removed_at is not None:
            return None
        own = (each for each in self.fetches if each.requested_url == self.view.stored.url)
        missed = list(takewhile(lambda each: each.outcome is Outcome.GONE, own))  # the newest fetch comes first
        return missed[-1] if missed else None

    @property
    def is_newest(self) -> bool:
        """Whether the version shown is the current one."""
        return self.shown.version == self.view.stored.version


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSummary:
    """A known source, and how many of its articles can be found."""

    id: str
    name: str
    articles: int  # in the index


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """Whether one thing that newsdex depends on is usable."""

    name: str
    ok: bool
    detail: str  # one line
    is_needed: bool = True  # False = searches can be answered without it


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """Whether searches can be answered now."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether everything that searches need is usable."""
        return all(check.ok for check in self.checks if check.is_needed)
