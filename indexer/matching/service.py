"""Matching saved versions: takes them from the queue, matches them with all standing searches, keeps the matches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from indexer.documents import document
from indexer.matching.matcher import Matcher, frequencies_of
from news.standing import Match, StandingSearch
from news.versions.edits import Edits, edits_of
from store.records import StoredArticle
from store.service import Store
from store.standing.matches import MatchedVersion
from store.standing.queued import QueuedVersion

BATCH = 100  # versions in one transaction
SAMPLE = 1000  # of the newest articles, whose words show which are rare
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class StandingMatching:
    """Matches new versions with the searches that existed when they came; for one thread.

    Needs no search engine. May run in several processes, and may be killed anywhere: a version leaves the queue in
    the transaction that keeps its matches.
    """

    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._matcher: Matcher | None = None
        self._mark: object = None
        self._known: dict[str, StandingSearch] = {}
        self._frequencies: Mapping[str, int] | None = None

    def match_pending(self) -> Iterator[list[Match]]:
        """Match everything that waits; yields the new matches of each transaction. Raises StoreError."""
        while queue := self._store.standing_matches.pending(limit=BATCH):
            matcher = self._current_matcher()
            now = self._clock()
            found = [newly_matching(matcher, queued, now) for queued in queue]
            yield self._store.standing_matches.settle(found, now=now)

    def _current_matcher(self) -> Matcher:
        """The matcher, brought up to date; only searches added, paused, resumed or removed are planned anew."""
        mark = self._store.standing_searches.mark()
        if self._matcher is None:
            self._matcher = Matcher((), now=self._clock(), frequencies=self._sampled())
        if mark != self._mark:
            changed, removed = self._store.standing_searches.changes(self._known)
            for search in changed:
                self._known[search.id] = search
                self._matcher.put(search, now=self._clock())
            for search_id in removed:
                del self._known[search_id]
                self._matcher.drop(search_id)
            self._mark = mark
        return self._matcher

    def _sampled(self) -> Mapping[str, int]:
        if self._frequencies is None:
            newest = self._store.standing_matches.recent_articles(since=_EVER, limit=SAMPLE)
            self._frequencies = frequencies_of(map(document, newest))
        return self._frequencies


def newly_matching(matcher: Matcher, queued: QueuedVersion, now: datetime) -> MatchedVersion:
    """The searches that existed when this version came and match it, but nothing that told its story before.

    Searches for edits look at each edit by itself.
    """
    if queued.stored is None:
        return MatchedVersion(queued=queued, search_ids=())
    matching = matcher.matching(document(queued.stored), now=now)
    found = matching = [each for each in matching if matcher.search(each).watches_since <= queued.enqueued_at]
    for earlier in queued.before if found else ():
        before = set(matcher.matching(document(earlier), now=now))
        found = [search_id for search_id in found if search_id not in before]
    for_edits = [each for each in matching if each not in found and matcher.is_about_edits(each)]
    again = _by_this_edit(matcher, queued, for_edits, now) if for_edits else []
    return MatchedVersion(queued=queued, search_ids=found, again_ids=again)


def _by_this_edit(matcher: Matcher, queued: QueuedVersion, search_ids: Sequence[str], now: datetime) -> list[str]:
    """Those of these searches that match what the version changed from the one before, and not its text alone."""
    stored = queued.stored
    previous = next((each for each in queued.before if each.id == queued.article_id), None)
    if stored is None or previous is None:
        return []
    by_edit, by_text = (
        set(matcher.matching(document(replace(stored, edits=edits)), now=now))
        for edits in (edits_of((previous.article, stored.article)), Edits())
    )
    return [search_id for search_id in search_ids if search_id in by_edit - by_text]


def would_have_matched(
    search: StandingSearch, articles: list[StoredArticle], *, now: datetime
) -> Iterator[StoredArticle]:
    """The articles among these that the search finds, each as if it had just been saved when it was fetched."""
    matcher = Matcher([search], now=now)
    for stored in articles:
        if matcher.matching(document(stored), now=min(now, stored.fetched_at)):
            yield stored
