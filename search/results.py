"""What the service answers with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

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
    people: tuple[str, ...]  # of the authors
    agencies: tuple[str, ...]
    section: str | None
    source_id: str
    source_name: str
    language: str | None
    published_at: datetime | None  # aware, UTC
    published_day_only: bool
    score: float | None  # None when not sorted by relevance
    removed_at: datetime | None = None  # when its publisher's removal was confirmed; aware, UTC
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # field -> fragments as HTML, only <mark>
    version: int | None = None  # of a search of the past: the article's version of then
    changed: tuple[str, ...] = ()  # of title, dek and text those that edits changed; "silent"
    copy_count: int = 0  # other articles with almost the same text, whether they match or not

    @property
    def edited(self) -> str:
        """What edits changed, in words; empty where nothing was."""
        return edited_words(self.changed)

    @property
    def is_silent(self) -> bool:
        """Some edit was made under the stated time of the version before."""
        return SILENT in self.changed


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchPage:
    """One page of the answer to a search."""

    params: SearchParams
    total: int  # exact, unless the answer is not complete
    hits: tuple[FoundArticle, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]  # parameter name -> values, most frequent first
    took_ms: float  # time the engine needed
    last_page: int  # the highest page that can be asked for; at least 1
    next_cursor: str | None = None  # behind the last hit, where pages have no number any more
    timeline: Timeline | None = None  # None when not asked for, or nothing is dated
    is_complete: bool = True  # False = of the past, and only the first articles that may match were compared
    unfiltered_total: int = 0  # for the page: how many the query finds without filters, where it finds none with them
    spelling: str | None = None  # the query in other words, where this one finds nothing
    byline: str | None = None  # for the page: the query for articles by whom the words name, where there are such
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
    shown: VersionView  # the version that was asked for
    versions: tuple[VersionView, ...]  # all, oldest first
    fetches: tuple[FetchView, ...]  # newest first

    @property
    def previous(self) -> VersionView | None:
        """The version before the shown one."""
        return next((each for each in reversed(self.versions) if each.version < self.shown.version), None)

    @property
    def following(self) -> VersionView | None:
        """The version after the shown one."""
        return next((each for each in self.versions if each.version > self.shown.version), None)

    @property
    def edits(self) -> Mapping[int, str]:
        """What each version changed of the one before, in words."""
        changed = {new.version: edits_of([old.article, new.article]).changed for old, new in pairwise(self.versions)}
        return {
            version: edited_words(names) + (", silently" if SILENT in names else "")
            for version, names in changed.items()
        }

    @property
    def is_newest(self) -> bool:
        """The shown version is how the article stands now."""
        return self.shown.version == self.view.stored.version


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSummary:
    """A source that has been heard of, and how much of it can be found."""

    id: str
    name: str
    articles: int  # in the index


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """Whether one thing that newsdex depends on can be used."""

    name: str
    ok: bool
    detail: str  # one line
    is_needed: bool = True  # False: searches are answered without it


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """Whether searches can be answered now."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """All that searches need can be used."""
        return all(check.ok for check in self.checks if check.is_needed)
