"""Checking the index behind the aliases: whether newsdex made it with the current fields, and whether it is writable.

Anybody with the right to do so can move an alias, and a foreign index takes articles as if it were ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from indexer.fields import fields_digest
from news.errors import EngineError

LOOK_SECONDS = 60.0  # a choice: one small request a minute; a bulk's own answer shows at once if it landed elsewhere
FLOOD = "read_only_allow_delete"  # the block that the server sets and lifts by itself
_WRITING = frozenset({FLOOD, "read_only", "write"})  # blocks that keep articles out
_PARTS = ("*.aliases", "*.mappings._meta", "*.settings.index.blocks")


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """An index behind an alias."""

    name: str
    aliases: frozenset[str]
    is_ours: bool  # made with the current fields
    blocks: frozenset[str]  # operations refused now


class LiveIndex:
    """The index that both aliases should lead to; only one thread at a time may call what concerns writes."""

    def __init__(
        self, client: Elasticsearch, *, read: str, write: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._read, self._write = read, write
        self._clock = clock
        self._ours: frozenset[str] = frozenset()  # indices that were ours when they were looked at
        self._look_at = 0.0  # on the clock: when to look behind the write alias again

    def look(self) -> list[Behind]:
        """What is behind the aliases now. Raises what the client raises."""
        return self._found([self._read, self._write])

    def _found(self, names: Collection[str]) -> list[Behind]:
        found = self._client.indices.get(index=list(names), ignore_unavailable=True, filter_path=_PARTS)
        return [_behind(name, about) for name, about in found.items()]

    def before_write(self) -> None:
        """Check now and then where a write would go. Raises EngineError if that is not an index of ours."""
        if self._clock() < self._look_at:
            return
        found = self._found([self._write])
        self._take(found, [each.name for each in found])
        self._look_at = self._clock() + LOOK_SECONDS

    def wrote_to(self, names: Collection[str]) -> None:
        """Check the indices that a bulk landed in. Raises EngineError if one is not ours: then it is not delivered."""
        landed = set(names) - {self._write}  # named where an entry came no further
        if landed <= self._ours:
            return
        self._look_at = 0.0
        self._take(self._found(landed), landed)

    def _take(self, found: Iterable[Behind], names: Collection[str]) -> None:
        self._ours = frozenset(each.name for each in found if each.is_ours)
        if others := sorted(set(names) - self._ours):
            raise EngineError(f"{foreign(self._write, others[0])}; articles wait until `newsdex reindex` has made one")


def is_whole(found: Collection[Behind], aliases: Collection[str]) -> bool:
    """Whether all aliases lead to one index, and it is ours."""
    return len(found) == 1 and all(each.is_ours and each.aliases.issuperset(aliases) for each in found)


def why_not_written(found: Iterable[Behind], write: str) -> str | None:
    """Why an index that answers takes no articles; None if it takes them."""
    for each in found:
        if write not in each.aliases:
            continue
        if not each.is_ours:
            return foreign(write, each.name)
        if FLOOD in each.blocks:
            return f"the server's disk is nearly full, so {each.name} may only be read; free some room there"
        if each.blocks:
            return f"{each.name} is blocked by index.blocks.{min(each.blocks)}; lift that on the server"
    return None


def foreign(alias: str, name: str) -> str:
    """What is wrong with an alias that leads elsewhere."""
    return f"the alias {alias} leads to {name}, which newsdex did not make with today's fields"


def _behind(name: str, about: Mapping[str, Any]) -> Behind:
    meta = about.get("mappings", {}).get("_meta", {})
    blocks = about.get("settings", {}).get("index", {}).get("blocks", {})
    return Behind(
        name=name,
        aliases=frozenset(about.get("aliases", {})),
        is_ours=meta.get("fields_digest") == fields_digest(),
        blocks=frozenset(kind for kind in _WRITING if str(blocks.get(kind)) == "true"),
    )
