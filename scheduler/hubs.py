"""Asking the hubs that feeds announce to tell us of news, and asking again before each lease ends."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from datetime import datetime

from config.settings import Settings
from crawler.exchange import FetchFailed, post
from news.urls import normalize_url
from news.websub import CALLBACK_PATH, Subscription, subscribing_body
from store.service import Store

MAX_ANSWER_BYTES = 4096  # what a hub answers says only why it refuses
FORM = "application/x-www-form-urlencoded"
log = logging.getLogger(__name__)


def ask_hubs(store: Store, settings: Settings, source_ids: Collection[str], *, now: datetime) -> int:
    """Ask the hubs of these sources' feeds whose time has come; returns how many took it.

    Nothing is asked while no public_url is set.
    """
    if settings.alerts.public_url is None:
        return 0
    return sum(_ask(store, settings, one, now=now) for one in store.subscriptions.due(source_ids, now=now))


def _ask(store: Store, settings: Settings, one: Subscription, *, now: datetime) -> bool:
    callback = f"{(settings.alerts.public_url or '').rstrip('/')}{CALLBACK_PATH}/{one.token}"
    body = subscribing_body(one, callback_url=callback)
    deadline = time.monotonic() + settings.crawl.timeout_seconds
    store.subscriptions.asked(one, now=now)  # first: a hub may check our intent before it answers
    hub_url = normalize_url(one.hub_url) or one.hub_url
    try:
        answer = post(
            hub_url,
            body,
            headers={"Content-Type": FORM},
            settings=settings.crawl,
            deadline=deadline,
            body_limit=MAX_ANSWER_BYTES,
        )
    except FetchFailed as error:
        store.subscriptions.failed(one, str(error), now=now)
        return False
    if not 200 <= answer.status < 300:
        store.subscriptions.failed(one, f"the hub answered with status {answer.status}", now=now)
        return False
    log.info("asked %s to tell of news in %s", one.hub_url, one.topic_url)
    return True
