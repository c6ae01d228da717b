"""The due rows of a source, leased to its crawl as there is room for them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum

from crawler.crawls.scrapy_settings import EXTRA
from crawler.recording.recorder import Recorder
from store.records import FrontierRow
from store.service import Store

TAKE = 16  # rows leased at a time
TAKE_SHARE = 4  # rows are taken once a fourth of the window is free: one query per row would cost too much
FEW_WINDOWS = 2  # that many windows of due rows are few: what waits for the index is delivered while they are read
LOOK_FOR_DOCUMENTS_SECONDS = 5.0  # how often to look for documents that came due meanwhile


class _Left(IntEnum):
    """How many due rows are left, besides those being read."""

    NONE = 0
    FEW = 1
    MANY = 2


class RowSupply:
    """Takes the rows of one crawl, most urgent first."""

    def __init__(
        self,
        source_id: str,
        *,
        run_id: int,
        store: Store,
        recorder: Recorder,
        window: int,
        most_urls: int,
        clock: Callable[[], datetime],
        on_ending: Callable[[], None],
    ) -> None:
        """At most `window` rows are under way at once, and `most_urls` are taken; `on_ending` is told of few left."""
        self._source_id = source_id
        self._run_id = run_id
        self._store = store
        self._recorder = recorder
        self._window = window
        self._most_urls = most_urls
        self._clock = clock
        self._on_ending = on_ending
        self._given_count = 0
        self._taken_count = 0  # since the last time that none was left
        self._left = _Left.MANY  # as of the last look
        self._looked_at = -math.inf  # monotonic: the last look for documents that came due

    @property
    def is_used_up(self) -> bool:
        """Whether the crawl has been given all the rows that it may request."""
        return self._given_count >= self._most_urls

    async def take(self, under_way: int) -> list[FrontierRow]:
        """The next rows, while this many are under way; none while there is little room, or if none is due."""
        free = self._window - under_way
        room = min(free, TAKE, self._most_urls - self._given_count)
        if room <= 0 or (under_way and free * TAKE_SHARE < self._window):
            rows = await self._take_documents(min(free + EXTRA, self._most_urls - self._given_count))
        else:
            rows, left = await self._recorder.call(self._take_due, room)
            self._tell_ending(left)
        self._given_count += len(rows)
        return rows

    def _take_due(self, room: int) -> tuple[list[FrontierRow], _Left]:
        """Take rows; returns them and how many more are due. Called in the writer's thread."""
        frontier, now, few = self._store.frontier, self._clock(), FEW_WINDOWS * self._window
        rows = frontier.take(self._source_id, self._run_id, limit=room, now=now)
        self._taken_count += len(rows)
        if self._taken_count <= self._window:  # after few there is little to hurry for
            return rows, _Left.MANY
        if not rows:
            return rows, _Left.NONE
        return rows, _Left.FEW if frontier.due_count(self._source_id, most=few, now=now) < few else _Left.MANY

    def _tell_ending(self, left: _Left) -> None:
        """Say once that few due rows are left, and once that none is."""
        if left < self._left:
            self._on_ending()
        self._left = left
        if left is _Left.NONE:
            self._taken_count, self._left = 0, _Left.MANY

    async def _take_documents(self, room: int) -> list[FrontierRow]:
        """Take the named documents of the source that came due while pages wait for a slow host, to be fetched next.

        A short feed would drop entries in the minutes that those pages take.
        """
        now = time.monotonic()
        if room <= 0 or now - self._looked_at < LOOK_FOR_DOCUMENTS_SECONDS:
            return []
        self._looked_at = now
        take = self._store.frontier.take_named
        return await self._recorder.call(take, self._source_id, self._run_id, limit=room, now=self._clock())
