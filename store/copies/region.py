"""The articles around those whose links changed, while they are regrouped in memory."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.clusters import Standing
from news.copies import are_copies, likeness
from news.shingles import Sketch, unpacked
from store.schema import copy_link, copy_sketch
from store.sql.statements import chunks

_LINKS = sa.select(copy_link.c.number, copy_link.c.other).where(
    copy_link.c.number.in_(sa.bindparam("numbers", expanding=True))
)
_MEMBERS = sa.select(
    copy_sketch.c.number,
    copy_sketch.c.article_id,
    copy_sketch.c.seniority,
    copy_sketch.c.cluster_id,
    copy_sketch.c.standing,
)
_BY_NUMBER = _MEMBERS.where(copy_sketch.c.number.in_(sa.bindparam("values", expanding=True)))
_LEADERS = _MEMBERS.where(
    copy_sketch.c.cluster_id.in_(sa.bindparam("values", expanding=True)),
    copy_sketch.c.standing == int(Standing.EARLIEST),
)
_SKETCH = sa.select(copy_sketch.c.sketch, copy_sketch.c.shingle_count).where(
    copy_sketch.c.number == sa.bindparam("number")
)
_INSERT_LINKS = sa.insert(copy_link)
Rank = tuple[int, int]


class Region:
    """Articles with their links, and each with the article that leads its cluster, the earliest of it.

    An article without copies leads itself. Clusters are known here by their leaders; the ids under which they are
    written stay the same when another article comes to lead, so that the other members need not be told.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[int, Any] = {}
        self._links: dict[int, set[int]] = {}
        self._led_before: dict[str, int] = {}  # the leader of each cluster id, before anything was moved
        self._leaders: dict[int, int | None] = {}  # as they will be; None = it is gone
        self._sketches: dict[int, Sketch] = {}

    def load(self, numbers: Iterable[int]) -> None:
        """Read the links of these articles, and the articles linked with them."""
        new = sorted(set(numbers) - self._links.keys())
        links: dict[int, set[int]] = defaultdict(set)
        for some in chunks(new):
            for row in self._connection.execute(_LINKS, {"numbers": some}):
                links[row.number].add(row.other)
        self._links |= {number: links[number] for number in new}
        wanted = {*new, *(other for found in links.values() for other in found)} - self._rows.keys()
        rows = self._read(_BY_NUMBER, wanted)
        for leader in self._read(_LEADERS, {row.cluster_id for row in rows} - self._led_before.keys() - {None}):
            self._led_before[leader.cluster_id] = leader.number
            rows.append(leader)
        for row in rows:
            self._rows.setdefault(row.number, row)
            self._leaders.setdefault(row.number, self._leader_before(row))

    def _read(self, query: sa.Select[Any], values: Collection[Any]) -> list[Any]:
        return [
            row for some in chunks(sorted(values)) for row in self._connection.execute(query, {"values": some}).all()
        ]

    def _leader_before(self, row: Row[Any]) -> int | None:
        return row.number if row.cluster_id is None else self._led_before.get(row.cluster_id)

    def knows(self, number: int) -> bool:
        """Whether there is such an article."""
        return number in self._rows

    def rank(self, number: int) -> Rank:
        """The article's rank in the order of seniority."""
        return (self._rows[number].seniority, number)

    def id_of(self, number: int) -> str:
        """The article's id."""
        return str(self._rows[number].article_id)

    def leader_of(self, number: int) -> int | None:
        """The leader of the article's cluster; None if it is gone."""
        return self._leaders[number]

    def held_cluster(self, number: int) -> str | None:
        """The id of the article's cluster before anything was moved; None if it had no copies or is gone."""
        return self._rows[number].cluster_id if number in self._rows else None

    def leads(self, number: int | None) -> bool:
        """Whether the article is the earliest of its cluster."""
        return number is not None and self._leaders[number] == number

    def led_others(self, number: int) -> bool:
        """Whether the article was the earliest of several before anything was moved."""
        return self._led_before.get(self.held_cluster(number) or "") == number

    def later_copies(self, number: int) -> set[int]:
        """The later articles that are linked with this one."""
        return {other for other in self._links[number] if self.rank(other) > self.rank(number)}

    def best_leader(self, number: int) -> int:
        """The most similar earlier article that leads a cluster and of which this is a copy; else itself."""
        earlier = (other for other in self._links[number] if self.rank(other) < self.rank(number))
        leaders = {leader for leader in map(self.leader_of, earlier) if leader is not None and self.leads(leader)}
        found = sorted((self.rank(leader), leader) for leader in leaders if self._are_copies(number, leader))
        if len(found) > 1:
            mine = self._sketch(number)
            found.sort(key=lambda each: (-likeness(mine, self._sketch(each[1])).jaccard, each))
        return found[0][1] if found else number

    def _are_copies(self, number: int, leader: int) -> bool:
        """Whether two articles are copies; if a text has many, not all of them are linked."""
        if leader in self._links[number]:
            return True
        if not are_copies(likeness(self._sketch(number), self._sketch(leader))):
            return False
        pairs = [{"number": number, "other": leader}, {"number": leader, "other": number}]
        self._connection.execute(_INSERT_LINKS, pairs)
        self._links[number].add(leader)
        if leader in self._links:
            self._links[leader].add(number)
        return True

    def _sketch(self, number: int) -> Sketch:
        if number not in self._sketches:
            row = self._connection.execute(_SKETCH, {"number": number}).one()
            self._sketches[number] = unpacked(row.sketch, row.shingle_count)
        return self._sketches[number]

    def follow(self, number: int, leader: int) -> None:
        """Move the article into the cluster that this one leads."""
        self._leaders[number] = leader

    def moved(self) -> dict[int, str | None]:
        """The articles whose cluster has another id than before, with that id; None if they have no copies now."""
        members: dict[int, list[int]] = defaultdict(list)
        led_anew: set[int] = set()
        for number, leader in self._leaders.items():
            if leader is not None:
                members[leader].append(number)
                if leader != self._leader_before(self._rows[number]):
                    led_anew.add(leader)
        taken = {cluster_id for cluster_id, leader in self._led_before.items() if self.leads(leader)}
        found: dict[int, str | None] = {}
        for leader in sorted(led_anew, key=lambda each: (-len(members[each]), each)):
            cluster_id = self._id_for(leader, members[leader], taken)
            taken.add(cluster_id or "")
            found |= {number: cluster_id for number in members[leader] if self.held_cluster(number) != cluster_id}
        return found

    def _id_for(self, leader: int, members: Sequence[int], taken: Collection[str]) -> str | None:
        """Its own id for a cluster that has kept its leader; else the one that most of the members had, if it is free.

        Any other has a new id: an article's would not do, because a cluster it began may go on without it.
        """
        if self.led_others(leader):
            return self.held_cluster(leader)
        if len(members) == 1:
            return None
        held = Counter(filter(None, map(self.held_cluster, sorted(members))))
        free = [cluster_id for cluster_id, _ in held.most_common() if cluster_id not in taken]
        return free[0] if free else uuid.uuid4().hex
