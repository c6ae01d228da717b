"""Delivering matches to webhooks and mail readers: each delivery separately, so that a slow one delays no other."""

from __future__ import annotations

import hashlib
import logging
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from news.errors import NotFoundError
from news.standing import Alert, Delivery, DeliveryKind, Match, StandingSearch
from scheduler.notifying.attempts import Sent, next_attempt_at
from scheduler.notifying.mails import Digest, mail_of, try_mail
from scheduler.notifying.webhooks import send_webhook, webhook_body
from search.standing.matches import ShownMatch, shown_match
from store.outage import Outage
from store.service import Store

THREADS = 4  # concurrent deliveries: a choice, each mostly waits
BATCH = 100  # alerts of one delivery at a time, and of one mail
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Due:
    """What one delivery has to send now."""

    delivery: Delivery
    secret: str  # of the delivery
    search: StandingSearch
    alerts: Sequence[Alert]
    shown: Mapping[int, ShownMatch]  # alert id -> its match

    def digest(self) -> Digest:
        """All of it in one mail."""
        return Digest(
            search=self.search,
            delivery=self.delivery,
            secret=self.secret,
            key=hashlib.sha256(" ".join(alert.key for alert in self.alerts).encode()).hexdigest()[:32],
            matches=[self.shown[alert.id] for alert in self.alerts],
        )


class Teller:
    """Sends the alerts that are due."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        source_names: Mapping[str, str],
        *,
        clock: Callable[[], datetime],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._settings = settings
        self._source_names = source_names
        self._clock = clock
        self._jitter = jitter
        self.on_done: Callable[[], None] = lambda: None  # called when a delivery is free again
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="tell")
        self._outage = Outage(log, waits="alerts cannot be read or kept", goes_on="alerts are told again")
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def begin_due(self) -> None:
        """Start every delivery that has due alerts and is not already running. Raises StoreError."""
        for delivery_id in self._store.standing_alerts.due_deliveries(now=self._clock()):
            with self._lock:
                if delivery_id in self._busy:
                    continue
                self._busy.add(delivery_id)
            self._pool.submit(self._tell_in_thread, delivery_id)

    def close(self) -> None:
        """Wait for what is under way, and start nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def _tell_in_thread(self, delivery_id: str) -> None:
        try:
            with self._outage.told():
                self.tell(delivery_id)
        except Exception:
            log.exception("delivery %s waits until the daemon is started again; a defect of newsdex", delivery_id)
            return
        with self._lock:
            self._busy.discard(delivery_id)
        self.on_done()

    def tell(self, delivery_id: str) -> None:
        """Send one delivery's due alerts, until all are sent or one fails. Raises StoreError."""
        try:
            delivery, secret = self._store.standing_deliveries.get(delivery_id)
            search = self._store.standing_searches.get(delivery.search_id)
        except NotFoundError:  # revoked or removed in the meantime
            return
        alerts = self._store.standing_alerts.due(delivery_id, now=self._clock(), limit=BATCH)
        shown = self._shown(search, alerts)
        gone = [alert.id for alert in alerts if alert.id not in shown]
        if gone:
            self._store.standing_alerts.told(gone)  # nothing can be said of an article that is gone
        alerts = [alert for alert in alerts if alert.id in shown]
        if not alerts:
            return
        due = _Due(delivery=delivery, secret=secret or "", search=search, alerts=alerts, shown=shown)
        if delivery.kind is DeliveryKind.MAIL:
            self._mail(due)
        else:
            self._call(due)

    def _shown(self, search: StandingSearch, alerts: Sequence[Alert]) -> dict[int, ShownMatch]:
        shown = {}
        for alert in alerts:
            match = Match(
                search_id=search.id,
                article_id=alert.article_id,
                version=alert.version,
                matched_at=alert.matched_at,
            )
            for matched in self._store.standing_matches.articles([match]):
                shown[alert.id] = shown_match(search, matched, self._source_names)
        return shown

    def _call(self, due: _Due) -> None:
        target = due.delivery.target or ""
        for place, alert in enumerate(due.alerts):
            body = webhook_body(due.search, alert, due.shown[alert.id])
            now = self._clock()
            sent = send_webhook(target, due.secret, alert.key, body, settings=self._settings(), now=now)
            if not sent.is_done:
                self._put_off(due.delivery, due.alerts[place:], sent)  # the alerts after it would fail the same way
                return
            self._store.standing_alerts.told([alert.id])

    def _mail(self, due: _Due) -> None:
        digest, settings = due.digest(), self._settings().alerts
        sent = try_mail(lambda: mail_of(digest, settings, now=self._clock()), settings)
        if not sent.is_done:
            self._put_off(due.delivery, due.alerts, sent)
            return
        self._store.standing_alerts.told([alert.id for alert in due.alerts])

    def _put_off(self, delivery: Delivery, alerts: Sequence[Alert], sent: Sent) -> None:
        """Schedule a retry for each alert by its own number of attempts, or give it up."""
        now, most = self._clock(), self._settings().alerts.attempts
        jitter = self._jitter()
        later: dict[datetime | None, list[int]] = {}
        for alert in alerts:
            until = next_attempt_at(sent, alert.attempt_count + 1, now, most_attempts=most, jitter=jitter)
            later.setdefault(until, []).append(alert.id)
        for until, ids in later.items():
            if until is None:
                self._store.standing_alerts.give_up(ids, sent.reason)
                log.warning("%d alerts of delivery %s became dead letters: %s", len(ids), delivery.id, sent.reason)
            else:
                self._store.standing_alerts.postpone(ids, sent.reason, until=until)
