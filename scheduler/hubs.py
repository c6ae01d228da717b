"""Subscribing at the hubs that feeds announce, renewing each subscription before its lease ends, and ending it."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from datetime import datetime

from config.settings import CrawlSettings, Settings
from crawler.fetching.exchange import FetchFailed, post
from news.urls import join_url, normalize_url
from news.websub import CALLBACK_PATH, Subscription, leaving_body, subscribing_body
from store.service import Store

MAX_ANSWER_BYTES = 4096  # a hub's answer only says why it refuses
MAX_REDIRECTS = 5  # a choice
MOVED = frozenset({307, 308})  # redirects that preserve the form (RFC 9110, section 15.4)
FORM = "application/x-www-form-urlencoded"
log = logging.getLogger(__name__)


def ask_hubs(store: Store, settings: Settings, source_ids: Collection[str], *, now: datetime) -> int:
    """Ask the hubs of these sources' feeds for which it is time; returns how many accepted.

    Nothing is asked unless public_url is set.
    """
    if settings.alerts.public_url is None:
        return 0
    return sum(_ask(store, settings, one, now=now) for one in store.subscriptions.due(source_ids, now=now))


def leave_hubs(store: Store, settings: Settings, source_ids: Collection[str], *, now: datetime) -> None:
    """Ask hubs to end the subscriptions of feeds that none of these sources follows, once each.

    A hub that fails to is answered that nobody asked, so the lease runs out at the latest.
    """
    for one in store.subscriptions.forsaken(source_ids):
        store.subscriptions.leaving(one.token, now=now)  # first, since a hub may verify our intent before it answers
        if settings.alerts.public_url is None:
            continue
        body = leaving_body(one, callback_url=_callback(settings, one))
        refusal = _refusal(one.hub_url, body, settings.crawl)
        log.info("asked %s to tell no more of %s%s", one.hub_url, one.topic_url, f": {refusal}" if refusal else "")
    store.subscriptions.forget_left(source_ids, now=now)


def _ask(store: Store, settings: Settings, one: Subscription, *, now: datetime) -> bool:
    body = subscribing_body(one, callback_url=_callback(settings, one))
    store.subscriptions.asked(one, now=now)  # first, since a hub may verify our intent before it answers
    if refusal := _refusal(one.hub_url, body, settings.crawl):
        store.subscriptions.failed(one, refusal, now=now)
        return False
    log.info("asked %s to tell of news in %s", one.hub_url, one.topic_url)
    return True


def _callback(settings: Settings, one: Subscription) -> str:
    return f"{(settings.alerts.public_url or '').rstrip('/')}{CALLBACK_PATH}/{one.token}"


def _refusal(hub_url: str, body: bytes, settings: CrawlSettings) -> str:
    """Send a hub its form; returns why that failed or why it refuses, or ""."""
    try:
        return _answer(hub_url, body, settings)
    except FetchFailed as error:
        return str(error)


def _answer(hub_url: str, body: bytes, settings: CrawlSettings) -> str:
    """Post a form, following redirects; returns why it is refused, or "". Raises FetchFailed."""
    url = hub_url
    deadline = time.monotonic() + settings.timeout_seconds
    for _ in range(MAX_REDIRECTS + 1):
        answer = post(
            normalize_url(url) or url,
            body,
            headers={"Content-Type": FORM},
            settings=settings,
            deadline=deadline,
            body_limit=MAX_ANSWER_BYTES,
        )
        moved_to = join_url(url, answer.headers.get("Location", "")) if answer.status in MOVED else None
        if moved_to is None:
            return "" if 200 <= answer.status < 300 else f"the hub answered with status {answer.status}"
        if url.startswith("https:") and not moved_to.startswith("https:"):
            return f"the hub leads to {moved_to[:200]}, where the secret would be read by others"
        url = moved_to
    return f"the hub redirects more than {MAX_REDIRECTS} times"
