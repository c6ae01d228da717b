"""Keeping clusters of copies in line with the links between articles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.clusters import Member, Standing, standings
from store.copies.region import Region
from store.outbox import raise_revision
from store.schema import copy_sketch

MAX_REGROUPED = 1_000  # articles looked at again after one changed; a choice, see `_leave_alone`
_CLUSTER: sa.BindParameter[Any] = sa.bindparam("cluster")
_NUMBER: sa.BindParameter[Any] = sa.bindparam("place")
_MOVE = sa.update(copy_sketch).where(copy_sketch.c.number == _NUMBER).values(cluster_id=_CLUSTER)
_LEAD = (
    sa.update(copy_sketch)
    .where(copy_sketch.c.article_id == _CLUSTER, copy_sketch.c.cluster_id.is_(None))
    .values(cluster_id=_CLUSTER)
)
_STAND = sa.update(copy_sketch).where(copy_sketch.c.number == _NUMBER).values(standing=sa.bindparam("now_standing"))
_DISSOLVE = sa.update(copy_sketch).where(copy_sketch.c.cluster_id == _CLUSTER).values(cluster_id=None)
_ALL = sa.select(
    copy_sketch.c.number,
    copy_sketch.c.article_id,
    copy_sketch.c.source_id,
    copy_sketch.c.seniority,
    copy_sketch.c.standing,
).where(copy_sketch.c.cluster_id == _CLUSTER)
_CHANGEABLE = _ALL.where(
    (copy_sketch.c.standing < int(Standing.REPEATED)) | copy_sketch.c.number.in_(sa.bindparam("joined", expanding=True))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What happened to one article."""

    number: int
    article_id: str
    others: frozenset[int] = frozenset()  # whose links with it are gone, or whose order with it may have changed
    left: str | None = None  # the cluster it was in, where it is gone or its source is another
    now: datetime


def regroup(connection: Connection, change: Change) -> None:
    """Bring clusters in line with the links after those of one article changed.

    In order of seniority, an article that is a copy of the earliest of a cluster joins it, of several the most alike;
    any other is the earliest of its own. What an article is depends on earlier ones only, so a change travels from it
    to later copies, and clusters do not depend on the order in which articles came. (The earliest are the greedy
    independent set of a graph in a fixed order, kept as Censor-Hillel, Haramaty and Karnin keep it, "Optimal dynamic
    distributed MIS", 2016.)
    """
    region = Region(connection)
    region.load({change.number, *change.others})
    waiting = [(region.rank(each), each) for each in {change.number, *change.others} if region.knows(each)]
    heapify(waiting)
    done: set[int] = set()
    while waiting and len(done) < MAX_REGROUPED:
        _, number = heappop(waiting)
        if number not in done:
            done.add(number)
            for each in _regrouped(region, number, is_first=number == change.number):
                heappush(waiting, (region.rank(each), each))
    _leave_alone(region, {number for _, number in waiting} - done)
    _write(connection, change, region)


def _regrouped(region: Region, number: int, *, is_first: bool) -> Collection[int]:
    """Put one article where it belongs; returns those it may matter to."""
    before, after = region.cluster_of(number), region.best_cluster(number)
    if before == after and not is_first:
        return ()
    region.move(number, after)
    if not region.leads(number) and not region.led_others(number):
        return ()
    later = region.later_copies(number)
    region.load(later)
    return later


def _leave_alone(region: Region, numbers: Collection[int]) -> None:
    """Articles too many to be looked at stand alone until they are saved next, if their cluster lost its earliest."""
    for number in numbers:
        if not region.is_led(region.cluster_of(number)):
            region.move(number, region.id_of(number))


def _write(connection: Connection, change: Change, region: Region) -> None:
    moved, told = region.moved(), set()
    smaller = {change.left, region.held_cluster(change.number)}
    for cluster_id, numbers in moved.items():
        smaller |= {region.held_cluster(number) for number in numbers}
        told |= {region.id_of(number) for number in numbers}
        connection.execute(_MOVE, [{"place": number, "cluster": cluster_id} for number in numbers])
    for cluster_id in sorted({*moved, *filter(None, smaller)}):
        told |= _settle(connection, cluster_id, moved.get(cluster_id, ()), is_whole=cluster_id in smaller)
    for article_id in sorted(told - {change.article_id}):
        raise_revision(connection, article_id, change.now)


def _settle(connection: Connection, cluster_id: str, joined: Collection[int], *, is_whole: bool) -> set[str]:
    """Write what the members of a cluster are; returns the ids of articles for which that is new.

    Of a cluster that only grew, those are looked at that can become something else.
    """
    told = set()
    mine = {"cluster": cluster_id}
    if joined and connection.execute(_LEAD, mine).rowcount:
        told.add(cluster_id)
    found = connection.execute(_ALL, mine) if is_whole else connection.execute(_CHANGEABLE, {**mine, "joined": joined})
    rows = {row.number: row for row in found}
    members = [Member(number=row.number, source_id=row.source_id, seniority=row.seniority) for row in rows.values()]
    for number, standing in standings(members).items():
        if rows[number].standing != standing:
            connection.execute(_STAND, {"place": number, "now_standing": int(standing)})
            told.add(rows[number].article_id)
    if len(rows) == 1:
        connection.execute(_DISSOLVE, mine)
        told |= {row.article_id for row in rows.values()}
    return told
