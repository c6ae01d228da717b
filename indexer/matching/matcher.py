"""Finding the saved queries that a document matches: first by keys that they need, then in full."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from indexer.engines.plan import Plan, Resembles, parts_of
from indexer.engines.planner import plan
from indexer.matching.article import AnalysedArticle
from indexer.matching.evaluation import passes, satisfies
from indexer.matching.keys import (
    bars_of_plan,
    is_told_by_keys,
    is_told_by_one_key,
    keys_of_article,
    keys_of_filters,
    keys_of_plan,
    needs_of_plan,
    pair_keys,
    rarer,
    text_words,
)
from indexer.matching.spellings import Spellings
from news.index import Filters
from news.query.tree import is_about_edits
from news.standing import StandingSearch, is_relative, standing_query, to_the_minute


def frequencies_of(documents: Iterable[Mapping[str, Any]]) -> Mapping[str, int]:
    """In how many of these documents each key is found; the newest documents show which words are rare."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(set(keys_of_article(AnalysedArticle.of(document))))
    return counts


class Matcher:
    """Matches documents against saved queries, which come and go; for one thread.

    The queries are planned for a language when its first document arrives: 10,000 take less than a second. After a
    change, only what changed is planned.
    """

    def __init__(
        self, searches: Iterable[StandingSearch], *, now: datetime, frequencies: Mapping[str, int] | None = None
    ) -> None:
        self._saved: dict[str, _Saved] = {}
        self._frequencies = frequencies or {}
        self._readings: dict[str, _Reading] = {}
        self._places = itertools.count()
        for search in searches:
            self.put(search, now=now)

    def __len__(self) -> int:
        return len(self._saved)

    def put(self, search: StandingSearch, *, now: datetime) -> None:
        """Add this search, or replace the one with its id; a paused one never matches."""
        self.drop(search.id)
        if search.paused_at is None:
            saved = self._saved[search.id] = _Saved(search, next(self._places), now)
            for reading in self._readings.values():
                reading.put(saved, now)

    def drop(self, search_id: str) -> None:
        """Remove this search."""
        if self._saved.pop(search_id, None) is not None:
            for reading in self._readings.values():
                reading.drop(search_id)

    def search(self, search_id: str) -> StandingSearch:
        """The search with this id."""
        return self._saved[search_id].search

    def is_about_edits(self, search_id: str) -> bool:
        """Whether the search with this id asks for edits."""
        return self._saved[search_id].is_about_edits

    def matching(self, document: Mapping[str, Any], *, now: datetime) -> list[str]:
        """The ids of the searches that a document of indexer.documents matches now, in the order of `put`."""
        article = AnalysedArticle.of(document)
        reading = self._readings.get(article.analysis)
        if reading is None:
            reading = self._readings[article.analysis] = _Reading(article.analysis, self._frequencies)
            for saved in self._saved.values():
                reading.put(saved, now)
        found = reading.matching(article, to_the_minute(now))
        return [found[place] for place in sorted(found)]


class _Saved:
    """A saved query, parsed once if it means the same at any time."""

    def __init__(self, search: StandingSearch, place: int, now: datetime) -> None:
        self.search = search
        self.place = place
        self.is_filtered = search.filters != Filters()
        query = standing_query(search.query, now)
        self.is_about_edits = is_about_edits(query)
        self._query = None if is_relative(search.query, now) else query

    @property
    def is_relative(self) -> bool:
        return self._query is None

    def plan(self, analysis: str, now: datetime) -> Plan | None:
        return plan(self._query or standing_query(self.search.query, now), analysis)


class _Planned:
    """A saved query as read in one language."""

    def __init__(
        self, saved: _Saved, analysis: str, planned: Plan, frequencies: Mapping[str, int], now: datetime
    ) -> None:
        self.saved = saved
        self.keys = rarer(
            keys_of_plan(planned, frequencies), keys_of_filters(saved.search.filters, frequencies), frequencies
        )
        self.needs = needs_of_plan(planned)
        self.wanted = [(one.word, one.edits) for one in parts_of(planned) if isinstance(one, Resembles) and one.edits]
        self.bars = bars_of_plan(planned)
        self.is_told_by_one_key = not saved.is_filtered and not saved.is_relative and is_told_by_one_key(planned)
        self._is_told = not saved.is_relative and is_told_by_keys(planned)
        self._plan = planned
        self._analysis = analysis
        self._minute = to_the_minute(now)  # for which a relative query is planned

    def matches(self, article: AnalysedArticle, minute: datetime) -> bool:
        """Whether every article with all needed keys and no barred one matches."""
        if self.saved.is_filtered and not passes(article, self.saved.search.filters):
            return False
        if self._is_told:
            return True
        if self.saved.is_relative:
            self._plan_for(minute)
        return satisfies(article, self._plan)

    def _plan_for(self, minute: datetime) -> None:
        if minute != self._minute:
            self._plan = self.saved.plan(self._analysis, minute) or self._plan
            self._minute = minute


class _Reading:
    """All saved queries in one language, by the keys they need."""

    def __init__(self, analysis: str, frequencies: Mapping[str, int]) -> None:
        self._analysis = analysis
        self._frequencies = frequencies
        self._planned: dict[str, _Planned] = {}
        self._told: dict[str, dict[int, str]] = {}  # by key: places and ids of those that match any article with it
        self._by_key: dict[str, dict[int, _Planned]] = {}  # by key and place: those that may match it
        self._always: dict[int, _Planned] = {}  # by place: those without keys
        self._spellings = Spellings()

    def put(self, saved: _Saved, now: datetime) -> None:
        """Plan one more."""
        planned = saved.plan(self._analysis, now)
        if planned is None:  # it holds no word at all
            return
        entry = self._planned[saved.search.id] = _Planned(saved, self._analysis, planned, self._frequencies, now)
        self._spellings.want(entry.wanted)
        for key in entry.keys or ():
            if entry.is_told_by_one_key:
                self._told.setdefault(key, {})[saved.place] = saved.search.id
            else:
                self._by_key.setdefault(key, {})[saved.place] = entry
        if entry.keys is None:
            self._always[saved.place] = entry

    def drop(self, search_id: str) -> None:
        """Forget one."""
        entry = self._planned.pop(search_id, None)
        if entry is None:
            return
        self._spellings.unwant(entry.wanted)
        waiting: dict[str, dict[int, Any]] = self._told if entry.is_told_by_one_key else self._by_key
        for key in entry.keys or ():
            del waiting[key][entry.saved.place]
            if not waiting[key]:
                del waiting[key]
        if entry.keys is None:
            del self._always[entry.saved.place]

    def matching(self, article: AnalysedArticle, minute: datetime) -> dict[int, str]:
        """The ids of those that match, by place."""
        keys = {*keys_of_article(article), *pair_keys(article)}
        for word in text_words(article):
            keys.update(self._spellings.keys_of(word))
        found: dict[int, str] = {}
        for key in keys & self._told.keys():
            found.update(self._told[key])
        waiting = dict(self._always)
        for key in keys & self._by_key.keys():
            waiting.update(self._by_key[key])
        for place, entry in waiting.items():
            if entry.needs <= keys and entry.bars.isdisjoint(keys) and entry.matches(article, minute):
                found[place] = entry.saved.search.id
        return found
