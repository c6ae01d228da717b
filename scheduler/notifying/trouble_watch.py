"""Deciding what operators are told: checks what is wrong and keeps notices of it for delivery."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from config.settings import NoticeSettings, Settings
from news.notices import Terms, is_held, step, take
from news.troubles import Severity, Trouble
from scheduler.notifying.notice_texts import message_of
from scheduler.notifying.sending_notices import sender_of, targets_of
from store.service import Store

Look = Callable[[], tuple[Collection[Trouble], Collection[str]]]  # what is wrong, and the ids of the watched sources
log = logging.getLogger(__name__)


class TroubleWatch:
    """Checks for troubles, one check after another."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        look: Look,
        *,
        clock: Callable[[], datetime],
        on_notice: Callable[[], None],
    ) -> None:
        self._store = store
        self._settings = settings
        self._look = look
        self._clock = clock
        self._on_notice = on_notice
        self.is_well_at: datetime | None = None  # the last check, unless it found something urgent

    def look(self) -> None:
        """Check what is wrong and decide what to tell. Raises StoreError."""
        present, watched = self._look()
        now, settings = self._clock(), self._settings()
        targets, terms = list(targets_of(settings)), _terms_of(settings.notices)
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
            self._on_notice()
        held = (each.trouble for each in after.noted if is_held(each, terms, now))
        is_urgent = any(trouble.severity is Severity.URGENT for trouble in held)
        self.is_well_at = None if is_urgent else now


def _terms_of(settings: NoticeSettings) -> Terms:
    return Terms(
        urgent_after=timedelta(seconds=settings.urgent_after_seconds),
        warning_after=timedelta(seconds=settings.warning_after_seconds),
        most_per_hour=settings.most_per_hour,
    )
