"""Keeping clusters of copies in line with the links between articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.clusters import Member, Standing, cluster_id_of, components, standings
from store.outbox import raise_revision
from store.schema import copy_link, copy_sketch

MAX_REGROUPED = 200  # members of a cluster that is taken apart and put together anew when a link of it goes; a choice


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The article whose links changed, and when."""

    number: int
    article_id: str
    source_id: str
    now: datetime


def regroup(
    connection: Connection, change: Change, *, gained: Collection[int], is_looser: bool, cluster_id: str | None
) -> None:
    """Bring the clusters in line with the links after those of one article changed."""
    touched = {cluster_id} if cluster_id is not None else set()
    if is_looser and cluster_id is not None:
        touched |= _split(connection, change, cluster_id)
    if gained:
        touched.add(_join(connection, change, gained))
    for each in sorted(touched):
        _settle(connection, change, each, is_looser=is_looser)


def neighbours_of(connection: Connection, number: int) -> set[int]:
    """The numbers of the articles that are linked with this one."""
    return set(connection.execute(sa.select(copy_link.c.other).where(copy_link.c.number == number)).scalars())


def _join(connection: Connection, change: Change, gained: Collection[int]) -> str:
    """One cluster of all clusters these articles are in; the one with most members gives the name."""
    numbers = [change.number, *gained]
    rows = connection.execute(sa.select(copy_sketch).where(copy_sketch.c.number.in_(numbers))).all()
    held = sorted({str(row.cluster_id) for row in rows if row.cluster_id is not None})
    if len(held) > 1:
        count = sa.func.count()
        sizes = sa.select(copy_sketch.c.cluster_id, count).where(copy_sketch.c.cluster_id.in_(held))
        rows_of_sizes = connection.execute(sizes.group_by(copy_sketch.c.cluster_id))
        by_size: dict[str, int] = {row[0]: row[1] for row in rows_of_sizes}
        held.sort(key=lambda each: (-by_size[each], each))
    target = held[0] if held else cluster_id_of((row.article_id for row in rows), change.now)
    moved = copy_sketch.c.cluster_id.in_(held[1:]) | copy_sketch.c.number.in_(numbers)
    _move(connection, change, moved, target)
    return target


def _split(connection: Connection, change: Change, cluster_id: str) -> set[str]:
    """What of a cluster is still linked stays together; returns the clusters that come of it besides."""
    query = sa.select(copy_sketch.c.number, copy_sketch.c.article_id).where(copy_sketch.c.cluster_id == cluster_id)
    ids = {row.number: row.article_id for row in connection.execute(query.limit(MAX_REGROUPED + 1))}
    if len(ids) > MAX_REGROUPED:
        parts = [] if neighbours_of(connection, change.number) else [frozenset({change.number})]
        return _leave_off(connection, change, parts, {change.number: change.article_id})
    links: dict[int, set[int]] = defaultdict(set)
    for row in connection.execute(sa.select(copy_link).where(copy_link.c.number.in_(list(ids)))):
        links[row.number].add(row.other)
    largest, *others = components(ids.keys(), links) or [frozenset()]
    return _leave_off(connection, change, others if len(largest) > 1 else [largest, *others], ids)


def _leave_off(
    connection: Connection, change: Change, parts: Iterable[Collection[int]], ids: Mapping[int, str]
) -> set[str]:
    made = set()
    for part in parts:
        name = cluster_id_of((ids[number] for number in part), change.now) if len(part) > 1 else None
        if part:
            _move(connection, change, copy_sketch.c.number.in_(part), name)
        if name is not None:
            made.add(name)
    return made


def _move(connection: Connection, change: Change, which: sa.ColumnElement[bool], cluster_id: str | None) -> None:
    """Write the cluster of these rows where it is another; one that is alone is the earliest again."""
    is_other = copy_sketch.c.cluster_id.is_distinct_from(cluster_id)
    rows = connection.execute(sa.select(copy_sketch.c.number, copy_sketch.c.article_id).where(which, is_other)).all()
    if not rows:
        return
    values: dict[str, Any] = {"cluster_id": cluster_id}
    if cluster_id is None:
        values["standing"] = int(Standing.EARLIEST)
    numbers = [row.number for row in rows]
    connection.execute(sa.update(copy_sketch).where(copy_sketch.c.number.in_(numbers)).values(**values))
    _tell(connection, change, [row.article_id for row in rows])


def _settle(connection: Connection, change: Change, cluster_id: str, *, is_looser: bool) -> None:
    """Write who is the earliest of a cluster and of each source in it, looking only at those it can be."""
    mine = sa.select(copy_sketch).where(copy_sketch.c.cluster_id == cluster_id)
    first = mine.order_by(copy_sketch.c.seniority).limit(1)
    queries = [
        mine.where((copy_sketch.c.standing < int(Standing.REPEATED)) | (copy_sketch.c.number == change.number)),
        first,
        first.where(copy_sketch.c.source_id == change.source_id),
    ]
    if is_looser:
        queries.append(mine.limit(MAX_REGROUPED))  # what was split off may have a new first of any source
    rows = {row.number: row for query in queries for row in connection.execute(query)}
    members = [Member(number=row.number, source_id=row.source_id, seniority=row.seniority) for row in rows.values()]
    for number, standing in standings(members).items():
        if rows[number].standing != standing:
            which = copy_sketch.c.number == number
            connection.execute(sa.update(copy_sketch).where(which).values(standing=int(standing)))
            _tell(connection, change, [rows[number].article_id])


def _tell(connection: Connection, change: Change, article_ids: Iterable[str]) -> None:
    for article_id in article_ids:
        if article_id != change.article_id:
            raise_revision(connection, article_id, change.now)
