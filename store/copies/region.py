"""The articles around those whose links changed, while they are regrouped in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.copies import are_copies, likeness
from news.shingles import Sketch, unpacked
from store.schema import copy_link, copy_sketch
from store.sql.statements import chunks

_LINKS = sa.select(copy_link.c.number, copy_link.c.other).where(
    copy_link.c.number.in_(sa.bindparam("numbers", expanding=True))
)
_MEMBERS = sa.select(copy_sketch.c.number, copy_sketch.c.article_id, copy_sketch.c.seniority, copy_sketch.c.cluster_id)
_BY_NUMBER = _MEMBERS.where(copy_sketch.c.number.in_(sa.bindparam("values", expanding=True)))
_BY_ARTICLE = _MEMBERS.where(copy_sketch.c.article_id.in_(sa.bindparam("values", expanding=True)))
_SKETCH = sa.select(copy_sketch.c.sketch, copy_sketch.c.shingle_count).where(
    copy_sketch.c.number == sa.bindparam("number")
)
_INSERT_LINKS = sa.insert(copy_link)
Rank = tuple[int, int]


class Region:
    """Articles with their links and clusters; an article without copies is the only member of its own cluster.

    A cluster has the id of its earliest article, which leads it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[int, Any] = {}
        self._numbers: dict[str, int] = {}  # by article id
        self._links: dict[int, set[int]] = {}
        self._clusters: dict[int, str] = {}  # as they will be written
        self._sketches: dict[int, Sketch] = {}

    def load(self, numbers: Iterable[int]) -> None:
        """Read the links of these articles, and the articles linked with them."""
        new = sorted(set(numbers) - self._links.keys())
        links: dict[int, set[int]] = defaultdict(set)
        for some in chunks(new):
            for row in self._connection.execute(_LINKS, {"numbers": some}):
                links[row.number].add(row.other)
        self._links |= {number: links[number] for number in new}
        self._read(_BY_NUMBER, {*new, *(other for found in links.values() for other in found)} - self._rows.keys())
        leaders = {self._clusters[number] for number in self._rows} - self._numbers.keys()
        self._read(_BY_ARTICLE, leaders)

    def _read(self, query: sa.Select[Any], values: Collection[Any]) -> None:
        for some in chunks(sorted(values)):
            for row in self._connection.execute(query, {"values": some}):
                self._rows[row.number] = row
                self._numbers[row.article_id] = row.number
                self._clusters.setdefault(row.number, row.cluster_id or row.article_id)

    def knows(self, number: int) -> bool:
        """Whether there is such an article."""
        return number in self._rows

    def rank(self, number: int) -> Rank:
        """The article's rank in the order of seniority."""
        return (self._rows[number].seniority, number)

    def id_of(self, number: int) -> str:
        """The article's id."""
        return str(self._rows[number].article_id)

    def cluster_of(self, number: int) -> str:
        """The id of the article's cluster."""
        return self._clusters[number]

    def held_cluster(self, number: int) -> str | None:
        """The article's cluster before anything was moved; None if it had no copies or is gone."""
        return self._rows[number].cluster_id if number in self._rows else None

    def leads(self, number: int) -> bool:
        """Whether the article is the earliest of its cluster."""
        return self._clusters[number] == self.id_of(number)

    def led_others(self, number: int) -> bool:
        """Whether the article was the earliest of several before anything was moved."""
        return self.held_cluster(number) == self.id_of(number)

    def is_led(self, cluster_id: str) -> bool:
        """Whether the cluster's earliest article still is its earliest."""
        number = self._numbers.get(cluster_id)
        return number is not None and self.leads(number)

    def later_copies(self, number: int) -> set[int]:
        """The later articles that are linked with this one."""
        return {other for other in self._links[number] if self.rank(other) > self.rank(number)}

    def best_cluster(self, number: int) -> str:
        """The cluster of the most similar earlier article that leads one and of which this is a copy; else its own."""
        leaders = {
            self._numbers[self._clusters[other]]
            for other in self._links[number]
            if self.rank(other) < self.rank(number) and self.is_led(self._clusters[other])
        }
        found = sorted((self.rank(leader), leader) for leader in leaders if self._are_copies(number, leader))
        if len(found) > 1:
            mine = self._sketch(number)
            found.sort(key=lambda each: (-likeness(mine, self._sketch(each[1])).jaccard, each))
        return self.id_of(found[0][1] if found else number)

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

    def move(self, number: int, cluster_id: str) -> None:
        """Move the article into this cluster."""
        self._clusters[number] = cluster_id

    def moved(self) -> dict[str, list[int]]:
        """The articles whose cluster changed, by new cluster; including an earliest that has only now got copies."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, cluster_id in sorted(self._clusters.items()):
            if cluster_id != (self._rows[number].cluster_id or self._rows[number].article_id):
                found[cluster_id].append(number)
        for cluster_id, numbers in found.items():
            leader = self._numbers[cluster_id]
            if self._rows[leader].cluster_id is None:
                numbers.append(leader)
        return found
