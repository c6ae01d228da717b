"""Notifying operators when something goes wrong and when it is right again, and heartbeats to a monitor."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from config.settings import Settings
from scheduler.loop import Loop
from scheduler.notifying.heartbeat import Heartbeats
from scheduler.notifying.notice_deliveries import NoticeDeliveries
from scheduler.notifying.trouble_watch import Look, TroubleWatch
from store.service import Store

LOOK_SECONDS = 20.0  # between two checks for troubles: a choice; each takes 15 ms on a record of a million articles
STALE_LOOKS = 5  # after this many failed checks nobody can say that all is well
DUE_SECONDS = 5.0  # between two checks for due deliveries; the first attempt follows at once


class Operators:
    """Checks and decides in one thread, delivers in another, sends heartbeats in a third: a slow server delays none."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        look: Look,
        *,
        clock: Callable[[], datetime],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._ended = threading.Event()
        self.deliveries = NoticeDeliveries(store, settings, clock=clock, is_ended=self._ended.is_set, jitter=jitter)
        about = "notices to operators"
        delivering = Loop("notify", self.deliveries.deliver_due, self._ended, about=about, pause_seconds=DUE_SECONDS)
        self.watch = TroubleWatch(store, settings, look, clock=clock, on_notice=delivering.wake)
        looking = Loop("look", self.watch.look, self._ended, about=about, pause_seconds=LOOK_SECONDS)
        stale_after = timedelta(seconds=STALE_LOOKS * LOOK_SECONDS)
        self.heartbeats = Heartbeats(settings, lambda: self.watch.is_well_at, stale_after=stale_after, clock=clock)
        beating = Loop("beat", self.heartbeats.beat_if_due, self._ended, about="heartbeats")
        self._loops = (looking, delivering, beating)

    def start(self) -> None:
        """Start the threads."""
        for loop in self._loops:
            loop.start()

    def finish(self) -> None:
        """End the threads; what is not yet delivered waits for the next daemon."""
        self._ended.set()
        for loop in self._loops:
            loop.wake()
            loop.join()
