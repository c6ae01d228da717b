"""Heartbeats to an address that raises the alarm when they end, since a dead daemon reports nothing itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from config.settings import Settings
from crawler.fetching.exchange import FetchFailed, get
from news.urls import host_of
from scheduler.notifying.webhooks import MAX_ANSWER_BYTES, guarded_settings

log = logging.getLogger(__name__)


class Heartbeats:
    """Sends a heartbeat when one is due, as long as all is well."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        is_well_at: Callable[[], datetime | None],
        *,
        stale_after: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        """`is_well_at` tells when all was last seen to be well; None = something urgent is wrong."""
        self._stale_after = stale_after
        self._settings = settings
        self._is_well_at = is_well_at
        self._clock = clock
        self._beat_at: datetime | None = None
        self._has_failed = False

    def beat_if_due(self) -> None:
        """Send a heartbeat if all is well and one is due."""
        settings, now, well_at = self._settings(), self._clock(), self._is_well_at()
        if settings.notices.heartbeat_url is None or well_at is None or well_at < now - self._stale_after:
            return
        interval = timedelta(seconds=settings.notices.heartbeat_seconds)
        if self._beat_at is not None and timedelta() <= now - self._beat_at < interval:
            return
        self._beat_at = now
        failure = beat(settings)
        if failure and not self._has_failed:
            log.warning("the heartbeat is not taken: %s", failure)
        self._has_failed = bool(failure)


def beat(settings: Settings) -> str:
    """Send one heartbeat; returns why it failed, or "". Blocks for at most the webhook's timeout."""
    url = settings.notices.heartbeat_url or ""
    deadline = time.monotonic() + settings.alerts.webhook_timeout_seconds
    try:
        answer = get(
            url,
            settings=guarded_settings(url, settings),
            deadline=deadline,
            body_limit=MAX_ANSWER_BYTES,
            cut_body=True,
        )
    except FetchFailed as failed:
        return str(failed).replace(url, host_of(url))  # anyone who knows the whole address could do this in our place
    return "" if 200 <= answer.status < 300 else f"{host_of(url)} answered with status {answer.status}"
