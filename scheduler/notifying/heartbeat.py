"""Heartbeats to an address that raises the alarm when they end, since a dead daemon reports nothing itself."""

from __future__ import annotations

import time

from config.settings import Settings
from crawler.fetching.exchange import FetchFailed, get
from news.urls import host_of
from scheduler.notifying.webhooks import MAX_ANSWER_BYTES, guarded_settings


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
