"""The audit of each source's pages, updated as its fetches are saved, and the alarms that it raises."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.audit import Audit, audit
from news.audit_record import usual_from_record, usual_record
from news.signs import Figures, Sign
from news.urls import url_key
from news.usual import Usual
from store.learned.source_records import SourceRecords
from store.records import FetchResult, SavedFetch, Visits
from store.schema import article_version, extraction_alarm, extraction_usual
from store.sql.database import Database
from store.sql.statements import Upsert

_USUAL = SourceRecords(extraction_usual, written=usual_record, read=usual_from_record, new=Usual)
_RAISE = Upsert(extraction_alarm, replaced=("evidence", "ended_at"))
_KEEP_SCORE = (
    sa.update(article_version)
    .where(
        article_version.c.article_id == sa.bindparam("scored_id"),
        article_version.c.version == sa.bindparam("scored_version"),
    )
    .values(extraction_score=sa.bindparam("score"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AlarmView:
    """An alarm about a source whose pages no longer read as usual."""

    source_id: str
    kind: str  # news.usual.Sign
    since_at: datetime
    ended_at: datetime | None  # None = it is on
    evidence: str


class Audits:
    """The audits of all sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def usual(self, source_id: str) -> Usual:
        """How a source's pages usually read; empty for a new source."""
        with self._database.read() as connection:
            return _USUAL.load(connection, source_id)

    def alarms(self, source_id: str | None = None, *, ended_too: bool = False, limit: int = 100) -> list[AlarmView]:
        """The alarms of one source or all, newest first; with `ended_too` also those that have ended."""
        query = sa.select(extraction_alarm).order_by(extraction_alarm.c.since_at.desc(), extraction_alarm.c.kind)
        if source_id is not None:
            query = query.where(extraction_alarm.c.source_id == source_id)
        if not ended_too:
            query = query.where(extraction_alarm.c.ended_at.is_(None))
        with self._database.read() as connection:
            return [
                AlarmView(
                    source_id=row.source_id,
                    kind=row.kind,
                    since_at=row.since_at,
                    ended_at=row.ended_at,
                    evidence=row.evidence,
                )
                for row in connection.execute(query.limit(limit))
            ]


def record_audits(connection: Connection, visits: Visits) -> None:
    """Judge the pages of these fetches, source by source, and store the score of each new version."""
    by_source: dict[str, list[tuple[FetchResult, Figures, SavedFetch]]] = defaultdict(list)
    for result, saved in visits:
        figures = result.reading.figures
        if figures is not None and saved is not None:
            by_source[result.row.source_id].append((result, figures, saved))
    for source_id, pages in sorted(by_source.items()):
        usual = before = _USUAL.load(connection, source_id)
        scores: list[dict[str, Any]] = []
        for result, figures, saved in pages:
            url = result.effective_url or result.row.url
            now = result.fetched_at
            past = saved.is_backfilled
            found = audit(usual, figures, page=_page_of(url), url=url, now=now, is_backfilled=past)
            usual = found.usual
            if saved.article_id is not None and saved.version is not None and found.score > 0:
                scores.append({"scored_id": saved.article_id, "scored_version": saved.version, "score": found.score})
            _keep_alarms(connection, source_id, found, now)
        if scores:
            connection.execute(_KEEP_SCORE, scores)
        if usual is not before:  # pages of a backfill, or seen before, tell nothing new
            _USUAL.keep(connection, source_id, usual, max(result.fetched_at for result, *_ in pages))


def _page_of(url: str) -> int:
    """The key of a page: one for all rows that lead to it, since their headlines are the same."""
    return int(url_key(url)[:12], 16)  # 48 bits, exact in JSON


def _keep_alarms(connection: Connection, source_id: str, found: Audit, now: datetime) -> None:
    for alarm in found.raised:
        _end(connection, source_id, alarm.sign, now)  # raised for a part, and now for another or for the whole source
        key = {"source_id": source_id, "kind": alarm.sign.value, "since_at": alarm.since_at}
        _RAISE.run(connection, [{**key, "evidence": alarm.evidence, "ended_at": None}])
    for sign in found.ended:
        _end(connection, source_id, sign, now)


def _end(connection: Connection, source_id: str, sign: Sign, now: datetime) -> None:
    which = (extraction_alarm.c.source_id == source_id) & (extraction_alarm.c.kind == sign.value)
    standing = which & extraction_alarm.c.ended_at.is_(None)
    connection.execute(sa.update(extraction_alarm).where(standing).values(ended_at=now))


def forget_ended_alarms(connection: Connection, *, before: datetime) -> int:
    """Delete alarms that ended before this; return how many."""
    return connection.execute(sa.delete(extraction_alarm).where(extraction_alarm.c.ended_at < before)).rowcount
