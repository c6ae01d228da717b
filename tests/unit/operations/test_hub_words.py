"""How `sources show` tells of a feed's hub."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cli.source_words import hub_words
from news.websub import Subscription, SubscriptionState

NOW = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
ACTIVE = Subscription(
    url_id=1,
    token="t",
    hub_url="https://hub.example/",
    topic_url="https://paper.example/feed",
    secret="s",
    state=SubscriptionState.ACTIVE,
    attempt_count=0,
    expires_at=NOW + timedelta(hours=1),
    notified_at=NOW - timedelta(hours=1),
    detail="",
)


def told(one: Subscription, *, has_address: bool = True) -> str:
    return hub_words(one, UTC, now=NOW, has_address=has_address)


def test_a_lease_that_nobody_renewed_is_told_as_ended() -> None:
    assert told(ACTIVE) == "https://hub.example/, active until 2026-11-29 11:00, last told 2026-11-29 09:00"
    over = replace(ACTIVE, expires_at=NOW, notified_at=None, detail="the hub answered with status 500")
    assert told(over) == "https://hub.example/, not renewed, ended 2026-11-29 10:00 (the hub answered with status 500)"


def test_a_hub_that_has_no_address_to_call_is_told_with_the_setting() -> None:
    wanted = replace(ACTIVE, state=SubscriptionState.WANTED, expires_at=None, notified_at=None)
    why = "not asked, since alerts.public_url is not set"
    assert told(wanted, has_address=False) == f"https://hub.example/, wanted ({why})"
