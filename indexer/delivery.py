"""Delivering the outbox in the background: one thread, in whichever process holds the writer's lease."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from config.memory import give_back
from indexer.drain import DrainReport, drain
from indexer.engine import Engine
from news.errors import EngineError, EngineUnavailable, StoreError
from store.clock import utc_now
from store.leases.service import LEASE_SECONDS
from store.service import Store

LEASE = "drain"
SOME = 4  # documents in a delivery: a crawl is under way
MANY = 16  # in a long one: as many as a crawl saves in one transaction
PAUSE_SECONDS = 1.0  # between two looks into the outbox; a wake-up shortens it
RENEW_SECONDS = LEASE_SECONDS / 4
OUTAGE_PAUSE_SECONDS = 5.0  # after the engine did not answer
DEFECT_PAUSE_SECONDS = 60.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How long delivery waits for more once something has come."""

    quiet_seconds: float  # without anything new: then it delivers what there is
    most_seconds: float  # about how long the first arrival waits at most


WHILE_FEW_COME = Patience(quiet_seconds=0.25, most_seconds=1.0)
WHILE_SOME_COME = Patience(quiet_seconds=2.0, most_seconds=4.0)  # a crawl saves twice a second, a slow one every two
WHILE_MANY_COME = Patience(quiet_seconds=3.0, most_seconds=12.0)  # nobody waits for one of a thousand articles


class Delivery:
    """Drains the outbox in a thread of its own, if this process holds the lease."""

    def __init__(
        self,
        store: Store,
        engine: Callable[[], Engine],
        *,
        before_each: Callable[[], None] = lambda: None,
        on_trouble: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._engine = engine
        self._before_each = before_each  # other work of the one writer, under the lease
        self._on_trouble = on_trouble  # the engine failed
        self._leases = store.leases.claimant("drain")
        self._held_until = 0.0  # on the monotonic clock
        self._ends_at = math.inf  # on the same: no batch begins after it
        self._last_count = 0  # documents of the last delivery
        self._wake = threading.Event()
        self._hurried = threading.Event()  # deliver what waits without waiting for more
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="drain", daemon=True)  # keeps no failed process alive
        self.report = DrainReport()
        self.note = ""  # why something was left for later

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there may be something new in the outbox."""
        self._wake.set()

    def hurry(self) -> None:
        """Deliver the outbox now, while a crawl's last pages are read, so that its end need not wait for it."""
        self._hurried.set()
        self._wake.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self.drain_once()
            except StoreError as error:
                self._tell(f"the outbox cannot be read: {error}")
            except BaseException:  # no defect may end the thread, nor a panic of tantivy's, which is no Exception
                log.exception("delivery to the index waits; this is a defect of newsdex")
                self._ended.wait(DEFECT_PAUSE_SECONDS)
            if self._wake.wait(OUTAGE_PAUSE_SECONDS if self.note else PAUSE_SECONDS):
                self._gather()
            self._wake.clear()
            self._hurried.clear()

    def _gather(self) -> None:
        """Wait until nothing more comes, or until the first arrival has waited long enough."""
        patience = patience_after(self._last_count)
        ends_at = time.monotonic() + patience.most_seconds
        while time.monotonic() < ends_at:
            self._wake.clear()
            if self._hurried.is_set() or self._ended.is_set() or not self._wake.wait(patience.quiet_seconds):
                return

    def drain_once(self) -> None:
        """Deliver what is due now."""
        if not self.hold():
            return
        try:
            self._before_each()
            if self._last_count >= MANY:
                give_back()  # memory freed by merging the last delivery's segments
            done = drain(self._store.outbox, self._engine(), clock=utc_now, goes_on=self.may_write)
        except EngineUnavailable as error:
            done = DrainReport(unavailable=str(error))
        except EngineError as error:
            self._on_trouble()
            self._tell(str(error))
            return
        if done.unavailable:
            self._on_trouble()
        self._last_count = done.indexed_count
        if done.indexed_count >= MANY:
            give_back()  # memory of the documents; without both, 40 MB stayed after a thousand articles
        self.report.indexed_count += done.indexed_count
        self.report.superseded_count += done.superseded_count
        self.report.dead_count += done.dead_count
        if done.unavailable or self._held_until:
            self._tell(done.unavailable or "")

    def may_write(self) -> bool:
        """Renew the lease; whether more may be written: there is time left and the lease is still ours."""
        return time.monotonic() < self._ends_at and self.hold()

    @property
    def is_ending(self) -> bool:
        """Whether delivery is ending, so that nothing long should begin or go on."""
        return self._ended.is_set()

    def hold(self) -> bool:
        """Take the lease, or say in `note` who has it. Renewing is a write, so it is only done now and then."""
        if time.monotonic() < self._held_until:
            return True
        claim = self._leases.acquire([LEASE], now=utc_now())
        if not claim.granted:
            self._held_until = 0.0
            self._tell(f"the index is written by {claim.held_by}, which delivers this too")
            return False
        self._held_until = time.monotonic() + RENEW_SECONDS
        return True

    def _tell(self, note: str) -> None:
        if note != self.note:
            log.log(logging.WARNING if note else logging.INFO, "delivery to the index: %s", note or "goes on")
        self.note = note

    def finish(self, *, within_seconds: float = math.inf) -> None:
        """End the thread, deliver what is left within this time, and give the lease back; the rest stays queued."""
        self._ends_at = time.monotonic() + within_seconds
        self._ended.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()
        if time.monotonic() < self._ends_at:
            self.drain_once()
        self.release()

    def show(self) -> None:
        """Make what was delivered searchable at once; Elasticsearch does so by itself within a second."""
        if self.report.indexed_count and not self.note:
            try:
                self._engine().refresh()
            except EngineError as error:
                self._tell(str(error))

    def release(self) -> None:
        """Give the lease back."""
        self._held_until = 0.0
        self._leases.release([LEASE])


def patience_after(last_count: int) -> Patience:
    """How long to wait for more after a delivery of this many documents.

    A commit costs as much as a dozen documents, and every eighth makes tantivy rewrite up to 10,000 earlier ones.
    """
    if last_count >= MANY:
        return WHILE_MANY_COME
    return WHILE_SOME_COME if last_count >= SOME else WHILE_FEW_COME


@contextmanager
def delivering(store: Store, engine: Callable[[], Engine]) -> Iterator[Delivery]:
    """A delivery that runs inside the block; after it, searches find what was delivered."""
    delivery = Delivery(store, engine)
    delivery.start()
    try:
        yield delivery
    finally:
        delivery.finish()
        delivery.show()
