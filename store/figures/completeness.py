"""What the record holds of the articles that a source named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.completeness import Completeness, DayTally, Missing, MissingArticle, every_day
from news.fetch import Outcome, UrlKind, UrlState
from store.articles.states import INDEXED
from store.schema import article, url
from store.sql.database import Database
from store.sql.statements import day_number

_FIRST_DAY = date(1970, 1, 1)
_WHY = {
    UrlState.KNOWN.value: Missing.WAITING,
    UrlState.FAILING.value: Missing.FAILING,
    UrlState.REFUSED.value: Missing.REFUSED,
    UrlState.GONE.value: Missing.GONE,  # which takes a while: until then the address fails
}
_NAMED_AT = sa.func.coalesce(url.c.published_at, url.c.published_hint, url.c.discovered_at)


class CompletenessReader:
    """Counts the articles that a source named; one look at every address of the source."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, source_id: str, *, first: date, last: date, limit: int) -> Completeness:
        """What is held of these days, both inclusive and in UTC, and the newest of what is missing."""
        since, until = _start(first), _end(last)
        counts: dict[date, dict[str, int]] = defaultdict(dict)
        with self._database.read() as connection:
            for day, number in _held(connection, source_id, since, until):
                counts[day]["held"] = number
            for day, name, number in _not_held(connection, source_id, since, until):
                counts[day][name] = counts[day].get(name, 0) + number
            missing = _missing(connection, source_id, since, until, limit)
        tallies = (DayTally(day=day, **found) for day, found in counts.items())
        return Completeness(source_id=source_id, days=every_day(first, last, tallies), missing_articles=missing)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(day: date) -> datetime:
    return _start(day + timedelta(days=1)) if day < date.max else datetime.max.replace(tzinfo=UTC)


def _held(connection: Connection, source_id: str, since: datetime, until: datetime) -> Iterator[tuple[date, int]]:
    dated = article.c.published_at.is_not(None) & (article.c.published_at >= since) & (article.c.published_at < until)
    seen = (article.c.first_seen_at >= since) & (article.c.first_seen_at < until)
    undated = article.c.published_at.is_(None) & seen
    day = day_number(sa.func.coalesce(article.c.published_at, article.c.first_seen_at))
    mine = (article.c.source_id == source_id) & article.c.state.in_(INDEXED) & (dated | undated)
    for number, count in connection.execute(sa.select(day, sa.func.count()).where(mine).group_by(day)):
        yield _day_of(number), int(count)


def _not_held(
    connection: Connection, source_id: str, since: datetime, until: datetime
) -> Iterator[tuple[date, str, int]]:
    """Addresses that lead to no article, by day and by the name of a tally's field."""
    mine = _without_article(source_id, since, until)
    day = day_number(_NAMED_AT)
    query = sa.select(day, url.c.state, url.c.last_outcome, sa.func.count()).where(mine)
    for number, state, outcome, count in connection.execute(query.group_by(day, url.c.state, url.c.last_outcome)):
        if outcome == Outcome.NOT_ARTICLE.value:
            yield _day_of(number), "no_article", int(count)
        elif state in _WHY:
            yield _day_of(number), _why(state, outcome).value, int(count)


def _day_of(number: int) -> date:
    return _FIRST_DAY + timedelta(days=int(number))


def _why(state: str, outcome: str | None) -> Missing:
    return Missing.GONE if outcome == Outcome.GONE.value else _WHY[state]


def _missing(
    connection: Connection, source_id: str, since: datetime, until: datetime, limit: int
) -> list[MissingArticle]:
    mine = _without_article(source_id, since, until)
    mine &= url.c.state.in_(list(_WHY))
    mine &= url.c.last_outcome.is_(None) | (url.c.last_outcome != Outcome.NOT_ARTICLE.value)
    query = sa.select(url, _NAMED_AT.label("dated_at")).where(mine)
    rows = connection.execute(query.order_by(_NAMED_AT.desc(), url.c.id.desc()).limit(limit))
    return [
        MissingArticle(
            url=row.url,
            dated_at=row.dated_at,
            title=row.title_hint,
            why=_why(row.state, row.last_outcome),
            outcome=row.last_outcome,
            detail=row.last_detail,
            discovered_from=row.discovered_from,
            next_due_at=row.next_due_at,
        )
        for row in rows
    ]


def _without_article(source_id: str, since: datetime, until: datetime) -> sa.ColumnElement[bool]:
    """Article addresses of the source and these days that lead to no article, and were not forgotten."""
    forgotten = Outcome.FORGOTTEN.value
    return sa.and_(
        url.c.source_id == source_id,
        url.c.kind == UrlKind.ARTICLE.value,
        url.c.article_id.is_(None),
        url.c.last_outcome.is_(None) | (url.c.last_outcome != forgotten),
        since <= _NAMED_AT,
        until > _NAMED_AT,
    )
