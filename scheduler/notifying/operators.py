"""Notifying operators when something goes wrong and when it is right again, and heartbeats to a monitor."""

from __future__ import annotations

import logging
import random
import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from config.settings import NoticeSettings, Settings
from news.notices import STALE, Terms, is_held, step, take
from news.troubles import Severity, Trouble
from scheduler.loop import Loop
from scheduler.notifying.attempts import Sent, next_attempt_at
from scheduler.notifying.heartbeat import beat
from scheduler.notifying.notice_texts import message_of
from scheduler.notifying.sending_notices import send_notice, sender_of, targets_of
from store.notices import NoticeDelivery
from store.service import Store

LOOK_SECONDS = 20.0  # between two checks for troubles: a choice; each takes 15 ms on a record of a million articles
DUE_SECONDS = 5.0  # between two checks for due deliveries; the first attempt follows at once
STALE_LOOKS = 5  # after this many failed checks nobody can say that all is well
Look = Callable[[], tuple[Collection[Trouble], Collection[str]]]  # what is wrong, and the ids of the watched sources
log = logging.getLogger(__name__)


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
        self._store = store
        self._settings = settings
        self._look = look
        self._clock = clock
        self._jitter = jitter
        self._is_well_at: datetime | None = None  # the last check, unless it found something urgent
        self._beat_at: datetime | None = None
        self._beat_failed = False
        self._ended = threading.Event()
        about = "notices to operators"
        self._looking = Loop("look", self.look, self._ended, about=about, pause_seconds=LOOK_SECONDS)
        self._telling = Loop("notify", self.tell_due, self._ended, about=about, pause_seconds=DUE_SECONDS)
        self._beating = Loop("beat", self.beat_if_due, self._ended, about="heartbeats")

    def start(self) -> None:
        """Start the threads."""
        for loop in (self._looking, self._telling, self._beating):
            loop.start()

    def finish(self) -> None:
        """End the threads; what is not yet delivered waits for the next daemon."""
        self._ended.set()
        for loop in (self._looking, self._telling, self._beating):
            loop.wake()
            loop.join()

    def look(self) -> None:
        """Check what is wrong and decide what to tell. Raises StoreError."""
        present, watched = self._look()
        now, settings = self._clock(), self._settings()
        targets, terms = list(targets_of(settings)), terms_of(settings.notices)
        before = self._store.notices.noted()
        seen = take(present, before, watched=watched, now=now)
        made_at = self._store.notices.made_at(now=now)
        after = step(seen, terms, made_at=made_at, now=now, tells=bool(targets))
        message = None
        if after.notice is not None:
            message = message_of(after.notice, sender_of(settings), key=secrets.token_hex(16))
            log.warning("operators are told: %s", message.subject)
        self._store.notices.keep(after.noted, before=before, message=message, targets=targets)
        if message is not None:
            self._telling.wake()
        held = (each.trouble for each in after.noted if is_held(each, terms, now))
        is_urgent = any(trouble.severity is Severity.URGENT for trouble in held)
        self._is_well_at = None if is_urgent else now

    def tell_due(self) -> None:
        """Attempt every delivery that is due. Raises StoreError."""
        waiting = sorted(self._store.notices.pending(), key=lambda each: (each.target, each.id))
        for _, of_one in groupby(waiting, key=lambda each: each.target):
            deliveries = list(of_one)
            if any(each.next_attempt_at <= self._clock() for each in deliveries):
                self._tell(deliveries)

    def _tell(self, deliveries: Sequence[NoticeDelivery]) -> None:
        """Deliver to one target in order: news that all is well must not precede what was wrong.

        New notices are tried at once, and with them those waiting before them, without using up an attempt of theirs.
        """
        notices = self._store.notices
        for place, each in enumerate(deliveries):
            now = self._clock()
            if self._ended.is_set():
                return
            settings = self._settings()
            if each.target not in targets_of(settings):
                notices.drop(each.id, "the settings name this target no more")
                continue
            if now - each.message.made_at >= STALE:
                notices.drop(each.id, f"it was no news any more{f': {each.reason}' if each.reason else ''}")
                continue
            sent = send_notice(each.message, each.target, settings, now=now)
            if sent.is_done:
                notices.told(each.id)
                continue
            until = self._next_attempt_at(each, sent)
            if until is None:
                log.error("a notice to %s became a dead letter: %s", each.target.address, sent.reason)
                notices.give_up(each.id, sent.reason)
                continue
            log.warning("notices to %s wait: %s", each.target.address, sent.reason)
            is_counted = each.next_attempt_at <= now
            notices.postpone(each.id, sent.reason, until=until, attempts=int(is_counted))
            for behind in deliveries[place + 1 :]:  # they would fail the same way
                notices.postpone(behind.id, sent.reason, until=max(until, behind.next_attempt_at), attempts=0)
            return

    def _next_attempt_at(self, delivery: NoticeDelivery, sent: Sent) -> datetime | None:
        now = self._clock()
        if delivery.next_attempt_at > now and not sent.is_final:
            return delivery.next_attempt_at
        most = self._settings().alerts.attempts
        return next_attempt_at(sent, delivery.attempt_count + 1, now, most_attempts=most, jitter=self._jitter())

    def beat_if_due(self) -> None:
        """Send a heartbeat if all is well and one is due."""
        settings, now = self._settings(), self._clock()
        interval = timedelta(seconds=settings.notices.heartbeat_seconds)
        stale = now - timedelta(seconds=STALE_LOOKS * LOOK_SECONDS)
        if settings.notices.heartbeat_url is None or self._is_well_at is None or self._is_well_at < stale:
            return
        if self._beat_at is not None and timedelta() <= now - self._beat_at < interval:
            return
        self._beat_at = now
        failure = beat(settings)
        if failure and not self._beat_failed:
            log.warning("the heartbeat is not taken: %s", failure)
        self._beat_failed = bool(failure)


def terms_of(settings: NoticeSettings) -> Terms:
    """The settings as the rule's terms."""
    return Terms(
        urgent_after=timedelta(seconds=settings.urgent_after_seconds),
        warning_after=timedelta(seconds=settings.warning_after_seconds),
        most_per_hour=settings.most_per_hour,
    )
