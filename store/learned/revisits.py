"""What visits taught about each source: read by crawls, and updated as their fetches are saved."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import Outcome, UrlKind
from news.revisits.due import MOST_INTERVAL, born_at
from news.revisits.habits import (
    ArticleHistory,
    Habits,
    after_answer,
    after_poll,
    after_visit,
    habits_from_record,
    habits_record,
)
from news.revisits.hazard import Hazard
from news.revisits.validators import Look, Validators, trust_key
from store.learned.source_records import SourceRecords
from store.priorities import Priority
from store.records import FetchResult, FrontierRow, SavedFetch, Visits
from store.schema import revisit_habits, url
from store.sql.database import SAVING, Database

_LOOKED = frozenset({Outcome.NEW_VERSION, Outcome.UNCHANGED, Outcome.NOT_MODIFIED, Outcome.DISCOVERED})
_HABITS = SourceRecords(revisit_habits, written=habits_record, read=habits_from_record, new=Habits)
LEAST_WAIT = timedelta(hours=1)  # by which a revisit is at least held back


class Revisits:
    """The revisit statistics of all sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def habits(self, source_id: str) -> Habits:
        """The habits of a source; empty for a new one."""
        with self._database.read() as connection:
            return _HABITS.load(connection, source_id)

    def hold_back(self, source_id: str, *, revisits_per_day: int, now: datetime) -> int:
        """Postpone due revisits beyond the source's budget; the newest articles go first. Returns how many wait.

        They wait for as long as the budget takes to work through them, so that not every crawl scans a million old
        articles.
        """
        with self._database.write(alone_in=SAVING) as connection:
            left = _HABITS.load(connection, source_id).spending.left(now, revisits_per_day=revisits_per_day)
            beyond = sa.select(url.c.id).where(*_due_revisits(source_id, now))
            beyond = beyond.order_by(url.c.discovered_at.desc(), url.c.id).offset(left)
            count = connection.execute(sa.select(sa.func.count()).select_from(beyond.subquery())).scalar_one()
            if count:
                wait = max(LEAST_WAIT, min(timedelta(days=count / revisits_per_day), MOST_INTERVAL))
                waiting = sa.update(url).where(url.c.id.in_(beyond)).values(next_due_at=now + wait)
                connection.execute(waiting)
            return int(count)


def _due_revisits(source_id: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    free = sa.or_(url.c.lease_run_id.is_(None), url.c.lease_expires_at <= now)
    priority = url.c.priority == int(Priority.REVISIT)
    return url.c.source_id == source_id, priority, url.c.next_due_at <= now, free


def article_history(row: FrontierRow, *, published_at: datetime | None = None) -> ArticleHistory:
    """An article's history according to its row; `published_at` is what was read just now."""
    published = row.published_hint or published_at or row.published_at
    return ArticleHistory(
        born_at=born_at(published_at=published, met_at=row.discovered_at),
        met_at=row.discovered_at,
        changed_at=row.last_changed_at or row.discovered_at,
        change_count=row.change_count,
    )


def record_visits(connection: Connection, visits: Visits) -> None:
    """Learn from these fetches, source by source, so that a batch costs one row per source."""
    by_source: dict[str, list[tuple[FetchResult, SavedFetch]]] = defaultdict(list)
    for result, saved in visits:
        if saved is None or saved.is_alias or saved.outcome not in _LOOKED:
            continue
        if result.row.last_fetched_at is not None:
            by_source[result.row.source_id].append((result, saved))
    for source_id, learned in sorted(by_source.items()):
        habits = _HABITS.load(connection, source_id)
        hazard = Hazard.learned(habits.watched)
        for result, saved in learned:
            habits = _after(habits, hazard, result, saved)
        _HABITS.keep(connection, source_id, habits, max(result.fetched_at for result, _ in learned))


def _after(habits: Habits, hazard: Hazard, result: FetchResult, saved: SavedFetch) -> Habits:
    row, now = result.row, result.fetched_at
    habits = after_answer(habits, trust_key(row.kind, row.host), _look(result, saved), now)
    seen_at = row.last_fetched_at or now
    if row.kind is UrlKind.ARTICLE:
        changed = saved.outcome is Outcome.NEW_VERSION
        history = article_history(row)
        return after_visit(habits, history, seen_at=seen_at, now=now, changed=changed, hazard=hazard)
    if row.depth:
        return habits
    seconds = (now - seen_at).total_seconds()
    return after_poll(habits, str(row.id), seconds=seconds, new_count=saved.new_url_count)


def _look(result: FetchResult, saved: SavedFetch) -> Look:
    row = result.row
    return Look(
        condition=result.condition,
        url_id=row.id,
        is_not_modified=saved.outcome is Outcome.NOT_MODIFIED,
        is_changed=saved.outcome is Outcome.NEW_VERSION or bool(saved.new_url_count),
        before=Validators(etag=row.etag, last_modified=row.last_modified),
        after=Validators(etag=result.etag, last_modified=result.last_modified),
    )
