"""Keeping clusters of copies consistent with the links between articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.clusters import Member, Standing, standings
from store.copies.region import Region
from store.outbox import raise_revisions
from store.schema import copy_sketch
from store.sql.statements import chunks

MAX_REGROUPED = 1_000  # articles reconsidered for each that changed; a choice, see `_leave_alone`
_CLUSTER: sa.BindParameter[Any] = sa.bindparam("cluster")
_NUMBER: sa.BindParameter[Any] = sa.bindparam("place")
_MOVE = sa.update(copy_sketch).where(copy_sketch.c.number == _NUMBER).values(cluster_id=_CLUSTER)
_STAND = sa.update(copy_sketch).where(copy_sketch.c.number == _NUMBER).values(standing=sa.bindparam("now_standing"))
_DISSOLVE = sa.update(copy_sketch).where(copy_sketch.c.cluster_id == _CLUSTER).values(cluster_id=None)
_ALL: sa.Select[Any] = sa.select(
    copy_sketch.c.cluster_id,
    copy_sketch.c.number,
    copy_sketch.c.article_id,
    copy_sketch.c.source_id,
    copy_sketch.c.seniority,
    copy_sketch.c.standing,
).where(copy_sketch.c.cluster_id.in_(sa.bindparam("clusters", expanding=True)))
_CHANGEABLE = _ALL.where(
    (copy_sketch.c.standing < int(Standing.REPEATED)) | copy_sketch.c.number.in_(sa.bindparam("joined", expanding=True))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A change to one known article, or any number of new ones."""

    articles: Mapping[int, str]  # number -> article id
    others: frozenset[int] = frozenset()  # their links with those are gone, or their order may have changed
    left: str | None = None  # the cluster of a known article that is gone or has another source now
    now: datetime


def regroup(connection: Connection, change: Change) -> None:
    """Update the clusters after the links of these articles changed.

    In order of seniority, an article that is a copy of a cluster's earliest joins that cluster (the most similar of
    several); any other is the earliest of its own. An article's place depends only on earlier ones, so a change spreads
    from it to later copies, and clusters do not depend on the order in which articles came. (The earliest are the
    greedy independent set of a graph in a fixed order, maintained as in Censor-Hillel, Haramaty and Karnin, "Optimal
    dynamic distributed MIS", 2016.)
    """
    region = Region(connection)
    concerned = {*change.articles, *change.others}
    region.load(concerned)
    waiting = [(region.rank(each), each) for each in concerned if region.knows(each)]
    heapify(waiting)
    done: set[int] = set()
    while waiting and len(done) < MAX_REGROUPED * len(change.articles):
        _, number = heappop(waiting)
        if number not in done:
            done.add(number)
            for each in _regrouped(region, number, is_first=number in change.articles):
                heappush(waiting, (region.rank(each), each))
    _leave_alone(region, {number for _, number in waiting} - done)
    _write(connection, change, region)


def _regrouped(region: Region, number: int, *, is_first: bool) -> Collection[int]:
    """Move one article to the cluster it belongs to; return the articles that this may affect."""
    before, after = region.leader_of(number), region.best_leader(number)
    if before == after and not is_first:
        return ()
    region.follow(number, after)
    if not region.leads(number) and not region.led_others(number):
        return ()
    later = region.later_copies(number)
    region.load(later)
    return later


def _leave_alone(region: Region, numbers: Collection[int]) -> None:
    """Separate the articles beyond the bound whose cluster lost its earliest, until each is saved again."""
    for number in numbers:
        if not region.leads(region.leader_of(number)):
            region.follow(number, number)


def _write(connection: Connection, change: Change, region: Region) -> None:
    moved = region.moved()
    joined: dict[str, list[int]] = defaultdict(list)
    for number, cluster_id in moved.items():
        if cluster_id is not None:
            joined[cluster_id].append(number)
    smaller = {change.left, *map(region.held_cluster, {*moved, *change.articles})} - {None}
    if moved:
        connection.execute(_MOVE, [{"place": number, "cluster": cluster_id} for number, cluster_id in moved.items()])
    alone = [number for number, cluster_id in moved.items() if cluster_id is None]
    if alone:
        connection.execute(_STAND, [{"place": number, "now_standing": int(Standing.EARLIEST)} for number in alone])
    told = {region.id_of(number) for number in moved}
    told |= _settle(connection, _members(connection, {str(each) for each in smaller}, joined))
    raise_revisions(connection, told - {*change.articles.values()}, change.now)


def _members(
    connection: Connection, smaller: Collection[str], joined: Mapping[str, Collection[int]]
) -> dict[str, list[Row[Any]]]:
    """The members of these clusters; for one that only grew, those whose standing can change."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    grown = joined.keys() - smaller
    for clusters in chunks(sorted(smaller)):
        for row in connection.execute(_ALL, {"clusters": clusters}):
            found[row.cluster_id].append(row)
    for clusters in chunks(sorted(grown)):
        numbers = [number for cluster_id in clusters for number in joined[cluster_id]]
        for row in connection.execute(_CHANGEABLE, {"clusters": clusters, "joined": numbers}):
            found[row.cluster_id].append(row)
    return found


def _settle(connection: Connection, clusters: Mapping[str, Sequence[Row[Any]]]) -> set[str]:
    """Write the standings of the clusters' members; return the ids of articles for which they changed."""
    told: set[str] = set()
    stand, alone = [], []
    for cluster_id, rows in clusters.items():
        found = standings(Member(number=row.number, source_id=row.source_id, seniority=row.seniority) for row in rows)
        changed = [row for row in rows if row.standing != found[row.number]]
        stand += [{"place": row.number, "now_standing": int(found[row.number])} for row in changed]
        told |= {row.article_id for row in changed}
        if len(rows) == 1:
            alone.append({"cluster": cluster_id})
            told |= {row.article_id for row in rows}
    for statement, given in ((_STAND, stand), (_DISSOLVE, alone)):
        if given:
            connection.execute(statement, given)
    return told
