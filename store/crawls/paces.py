"""How fast hosts may be asked, and the requests made to them compared with what they allowed.

A host is named "host[:port]", without its scheme: http and https are one server to its publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.schema import host_day, host_pace, host_request
from store.sql.database import SAVING, Database
from store.sql.statements import Upsert

KEPT_REQUESTS = 100  # per host, in full
KEPT_DAYS = 400  # so that a year can be compared with the one before
CLOCK_GRAIN_SECONDS = 0.001  # a request early by less than this does not count as early
_FEW_HOSTS = 20
_PACE = sa.select(host_pace).where(host_pace.c.host == sa.bindparam("host")).with_for_update()
_DAY = sa.select(host_day).where(host_day.c.host == sa.bindparam("host"), host_day.c.day == sa.bindparam("day"))
_KEPT = ("host", "source_id", "asked_at", "url", "rule", "demanded_seconds", "kept_seconds", "status")
_KEEP_REST = Upsert(host_pace, replaced=("retry_at",))
_KEEP_PACE = Upsert(host_pace, replaced=("last_asked_at", "asked_count", "delay_seconds"))
_KEEP_REQUESTS = Upsert(host_request, replaced=_KEPT[1:])
_KEEP_DAY = Upsert(host_day, replaced=[column.name for column in host_day.c if not column.primary_key])


@dataclass(frozen=True, kw_only=True, slots=True)
class HostPace:
    """The limits on the next request to a host."""

    host: str
    last_asked_at: datetime | None = None  # when its last request began
    retry_at: datetime | None = None  # no request before this
    delay_seconds: float | None = None  # learned from its answers; None = nothing learned yet


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedRequest:
    """One request that was made to a host."""

    host: str
    source_id: str  # whose crawl it was
    asked_at: datetime
    url: str
    rule: str  # what allowed it
    demanded_seconds: float  # the minimum interval since the request before it
    kept_seconds: float | None  # the actual interval; None = no earlier request is known
    status: int | None  # None = no answer
    delay_seconds: float | None = None  # learned from its answer; not kept with the request

    @property
    def is_early(self) -> bool:
        """Whether it was made sooner than allowed."""
        return self.kept_seconds is not None and self.kept_seconds < self.demanded_seconds - CLOCK_GRAIN_SECONDS


@dataclass(frozen=True, kw_only=True, slots=True)
class HostDay:
    """The requests made to a host on one day (UTC), counted."""

    host: str
    day: str  # ISO 8601
    asked_count: int = 0
    throttled_count: int = 0  # answered with 429 or 503
    failed_count: int = 0  # any other 5xx, or no answer
    early_count: int = 0  # made sooner than allowed
    least_kept_seconds: float | None = None
    most_demanded_seconds: float = 0.0


class Paces:
    """The paces of all hosts, shared by concurrent crawls, restarts and machines."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, host: str) -> HostPace:
        """The limits for a host; empty if it is unknown."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(host_pace).where(host_pace.c.host == host)).first()
        if row is None:
            return HostPace(host=host)
        return HostPace(
            host=host, last_asked_at=row.last_asked_at, retry_at=row.retry_at, delay_seconds=row.delay_seconds
        )

    def rest(self, host: str, retry_at: datetime) -> None:
        """Send nothing to a host until then, or longer if an earlier answer asked for that."""
        with self._database.write(alone_in=SAVING) as connection:
            known = connection.execute(sa.select(host_pace.c.retry_at).where(host_pace.c.host == host)).scalar()
            if known is None or known < retry_at:
                _KEEP_REST.run(connection, [{"host": host, "retry_at": retry_at}])

    def record(self, asked: Sequence[AskedRequest]) -> None:
        """Record the requests that were made, in order."""
        with self._database.write(alone_in=SAVING) as connection:
            record_asked(connection, asked)

    def requests(self, source_id: str, *, limit: int) -> list[AskedRequest]:
        """The newest requests to the hosts that a source's crawls asked, newest first."""
        query = (
            sa.select(host_request)
            .where(host_request.c.host.in_(_hosts_of(source_id)))
            .order_by(host_request.c.asked_at.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return [AskedRequest(**{name: row[name] for name in _KEPT}) for row in rows]

    def days(self, source_id: str, *, limit: int) -> list[HostDay]:
        """The requests made to a source's hosts, counted by day, newest first."""
        query = (
            sa.select(host_day)
            .where(host_day.c.host.in_(_hosts_of(source_id)))
            .order_by(host_day.c.day.desc(), host_day.c.host)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [HostDay(**row) for row in connection.execute(query).mappings()]


def _hosts_of(source_id: str) -> sa.Select[Any]:
    return sa.select(host_request.c.host).where(host_request.c.source_id == source_id).distinct().limit(_FEW_HOSTS)


def record_asked(connection: Connection, asked: Iterable[AskedRequest]) -> None:
    """Record requests inside the caller's transaction."""
    by_host: dict[str, list[AskedRequest]] = {}
    by_day: dict[tuple[str, str], list[AskedRequest]] = {}
    for request in asked:
        by_host.setdefault(request.host, []).append(request)
        by_day.setdefault((request.host, request.asked_at.date().isoformat()), []).append(request)
    for host, requests in by_host.items():
        first = _move_on(connection, host, requests)
        places = [_place(request, first + number) for number, request in enumerate(requests)]
        _KEEP_REQUESTS.run(connection, places[-KEPT_REQUESTS:])
    for (host, day), requests in by_day.items():
        _add_to_day(connection, host, day, requests)


def _move_on(connection: Connection, host: str, requests: list[AskedRequest]) -> int:
    """Update a host's pace; return how often it had been asked before."""
    row = connection.execute(_PACE, {"host": host}).first()
    before = int(row.asked_count) if row else 0
    # Answers may come in another order than the requests went out
    moments = [*([row.last_asked_at] if row and row.last_asked_at else []), *(one.asked_at for one in requests)]
    taught = requests[-1].delay_seconds
    if taught is None and row is not None:
        taught = row.delay_seconds
    count = before + len(requests)
    after = {"host": host, "last_asked_at": max(moments), "asked_count": count, "delay_seconds": taught}
    _KEEP_PACE.run(connection, [after])
    return before


def _place(request: AskedRequest, number: int) -> dict[str, Any]:
    return {"place": number % KEPT_REQUESTS} | {name: getattr(request, name) for name in _KEPT}


def _add_to_day(connection: Connection, host: str, day: str, requests: list[AskedRequest]) -> None:
    row = connection.execute(_DAY, {"host": host, "day": day}).mappings().first()
    if row is None:
        oldest = (datetime.fromisoformat(day) - timedelta(days=KEPT_DAYS)).date().isoformat()
        connection.execute(sa.delete(host_day).where(host_day.c.host == host, host_day.c.day < oldest))
    before = HostDay(**row) if row else HostDay(host=host, day=day)
    kept = [before.least_kept_seconds, *(request.kept_seconds for request in requests)]
    throttled = sum(request.status in {429, 503} for request in requests)
    troubled = sum(request.status is None or request.status >= 500 or request.status == 429 for request in requests)
    after = HostDay(
        host=host,
        day=day,
        asked_count=before.asked_count + len(requests),
        throttled_count=before.throttled_count + throttled,
        failed_count=before.failed_count + troubled - throttled,
        early_count=before.early_count + sum(request.is_early for request in requests),
        least_kept_seconds=min((each for each in kept if each is not None), default=None),
        most_demanded_seconds=max(before.most_demanded_seconds, *(request.demanded_seconds for request in requests)),
    )
    _KEEP_DAY.run(connection, [asdict(after)])
