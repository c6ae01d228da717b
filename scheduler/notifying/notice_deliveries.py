"""Delivering notices to operators: to each in order, again when an attempt fails."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from config.settings import Settings
from news.notices import STALE
from scheduler.notifying.attempts import Sent, next_attempt_at
from scheduler.notifying.sending_notices import send_notice, targets_of
from store.notices import NoticeDelivery
from store.service import Store

log = logging.getLogger(__name__)


class NoticeDeliveries:
    """Makes the attempts that are due, until `is_ended` says to stop."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        *,
        clock: Callable[[], datetime],
        is_ended: Callable[[], bool] = lambda: False,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._is_ended = is_ended
        self._jitter = jitter

    def deliver_due(self) -> None:
        """Attempt every delivery that is due. Raises StoreError."""
        waiting = sorted(self._store.notices.pending(), key=lambda each: (each.target, each.id))
        for _, of_one in groupby(waiting, key=lambda each: each.target):
            deliveries = list(of_one)
            if any(each.next_attempt_at <= self._clock() for each in deliveries):
                self._deliver(deliveries)

    def _deliver(self, deliveries: Sequence[NoticeDelivery]) -> None:
        """Deliver to one target in order: news that all is well must not precede what was wrong.

        New notices are tried at once, and with them those waiting before them, without using up an attempt of theirs.
        """
        notices = self._store.notices
        for place, each in enumerate(deliveries):
            if self._is_ended():
                return
            if outdated := self._why_outdated(each):
                notices.drop(each.id, outdated)
                continue
            sent = send_notice(each.message, each.target, self._settings(), now=self._clock())
            if sent.is_done:
                notices.told(each.id)
                continue
            until = self._next_attempt_at(each, sent)
            if until is not None:
                self._postpone(each, deliveries[place + 1 :], sent.reason, until)
                return
            log.error("a notice to %s became a dead letter: %s", each.target.address, sent.reason)
            notices.give_up(each.id, sent.reason)

    def _why_outdated(self, delivery: NoticeDelivery) -> str:
        """Why a delivery is not made any more; "" if it is."""
        if delivery.target not in targets_of(self._settings()):
            return "the settings name this target no more"
        if self._clock() - delivery.message.made_at >= STALE:
            return f"it was no news any more{f': {delivery.reason}' if delivery.reason else ''}"
        return ""

    def _postpone(
        self, delivery: NoticeDelivery, behind: Sequence[NoticeDelivery], reason: str, until: datetime
    ) -> None:
        """Postpone a delivery that failed, and those behind it, which would fail the same way."""
        log.warning("notices to %s wait: %s", delivery.target.address, reason)
        was_due = delivery.next_attempt_at <= self._clock()
        self._store.notices.postpone(delivery.id, reason, until=until, attempts=int(was_due))
        for each in behind:
            self._store.notices.postpone(each.id, reason, until=max(until, each.next_attempt_at), attempts=0)

    def _next_attempt_at(self, delivery: NoticeDelivery, sent: Sent) -> datetime | None:
        now = self._clock()
        if delivery.next_attempt_at > now and not sent.is_final:
            return delivery.next_attempt_at
        most = self._settings().alerts.attempts
        return next_attempt_at(sent, delivery.attempt_count + 1, now, most_attempts=most, jitter=self._jitter())
