"""Keeping the index complete: rebuilt automatically when it no longer fits the record, or on request."""

from __future__ import annotations

import logging
from collections.abc import Callable

from config.memory import give_back
from indexer.delivery import Delivery
from indexer.engine import Engine
from indexer.rebuild import rebuild
from news.errors import EngineError, EngineUnavailable
from news.requests import RequestKind, RequestView
from store.clock import utc_now
from store.service import Store

log = logging.getLogger(__name__)


def kept_delivery(store: Store, engine: Engine) -> Delivery:
    """A delivery by the index's only writer, which also keeps the index complete."""
    keeper = IndexKeeper(store, engine)
    delivery = Delivery(store, lambda: engine, before_each=keeper.keep, on_trouble=keeper.doubt)
    keeper.may_rebuild = lambda: not delivery.is_ending and delivery.may_write()
    return delivery


class IndexKeeper:
    """The other work of the index's only writer besides delivery; called by it, under its lease.

    The engine is opened here, so that a daemon can start while the engine is down.
    """

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._is_checked = False
        self.may_rebuild: Callable[[], bool] = lambda: True  # keeps the writer's lease during a long rebuild

    def keep(self) -> None:
        """Open the engine, rebuild the index if necessary, then handle reindex requests. Raises EngineError."""
        if not self._is_checked:
            self._engine.open()
            if reason := self._rebuild_reason():
                self._go_on()
                log.warning("the index is rebuilt from the store: %s", reason)
                log.info("the index was rebuilt with %d articles", self._rebuild(None))
            self._is_checked = True
        while (request := self._store.requests.oldest_open(RequestKind.REINDEX)) is not None:
            self._answer(request)

    def doubt(self) -> None:
        """Note that the engine failed: the index is checked again before anything else is written."""
        self._is_checked = False

    def _rebuild_reason(self) -> str | None:
        engine = self._engine
        if not engine.matches_fields():
            return "it was not made with the fields of this version of newsdex"
        counts = self._store.counts()
        waiting = counts.outbox.pending + counts.outbox.dead
        held = engine.count()
        if held + waiting < counts.searchable:
            return f"it holds {held} of {counts.searchable} articles and {waiting} wait"
        return None

    def _answer(self, request: RequestView) -> None:
        try:
            if request.scope.is_everything:
                total = self._rebuild(request.id)
            else:
                ids = self._store.requests.article_ids(request.scope)
                total = self._store.outbox.enqueue(ids, now=utc_now())
        except EngineUnavailable:  # the request stays open
            raise
        except EngineError as error:
            self._store.requests.finish(request.id, failure=str(error), now=utc_now())
            raise
        counts = {"indexed": total}
        self._store.requests.progress(request.id, done_count=total, total_count=total, counts=counts, now=utc_now())
        self._store.requests.finish(request.id, now=utc_now())

    def _rebuild(self, request_id: str | None) -> int:
        def tell(done: int, total: int) -> None:
            self._go_on()
            if request_id is not None:
                now = utc_now()
                self._store.requests.progress(request_id, done_count=done, total_count=total, counts={}, now=now)

        self._go_on()
        total = rebuild(self._store.articles, self._engine, on_progress=tell)
        give_back()
        return total

    def _go_on(self) -> None:
        if not self.may_rebuild():
            raise EngineUnavailable("a rebuild was interrupted and left the index as it was; it will start again")
