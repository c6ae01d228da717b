"""WebSub (W3C Recommendation, 2018): subscribing to a hub, and verifying that the hub is speaking."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

LEASE_SECONDS = 7 * 86_400  # requested; the hub decides
LEAST_LEASE_SECONDS, MOST_LEASE_SECONDS = 300, 90 * 86_400  # bounds on what is accepted; a hub may say anything
RENEW_AT = 0.7  # of the lease; looked for once a minute, so even the shortest lease is renewed in time
ANSWER_WAIT = timedelta(hours=1)  # time for the hub to verify our intent, then it is asked again
MOST_ATTEMPTS = 3  # in a row at one hub before another one that the feed announces is asked; a choice
RETRY_BASE, RETRY_CAP = timedelta(minutes=5), timedelta(days=1)
CALLBACK_PATH = "/websub"
_METHODS = ("sha1", "sha256", "sha384", "sha512")  # section 7: the methods a hub may sign with


class SubscriptionState(StrEnum):
    """The progress of a subscription."""

    WANTED = "wanted"  # the hub is yet to be asked
    ASKED = "asked"  # the hub has yet to verify our intent
    ACTIVE = "active"
    DENIED = "denied"  # the hub refused; it is asked again after a day
    LEAVING = "leaving"  # the feed is followed no more; the hub was asked to end it


HELD = frozenset({SubscriptionState.ASKED, SubscriptionState.ACTIVE})  # what the hub holds, or is about to


@dataclass(frozen=True, kw_only=True, slots=True)
class Hub:
    """The hub that a feed announces, the first of them where there are several."""

    url: str
    topic_url: str  # the feed's address there
    other_urls: tuple[str, ...] = ()  # of the further hubs, which do as well

    def instead_of(self, hub_url: str, *, is_given_up: bool) -> str:
        """The hub to stay with or to turn to for a feed that was to be subscribed to at this one.

        >>> hub = Hub(url="a", topic_url="feed", other_urls=("b",))
        >>> [hub.instead_of(at, is_given_up=False) for at in "abc"]
        ['a', 'b', 'a']
        >>> [hub.instead_of(at, is_given_up=True) for at in "abc"]
        ['b', 'a', 'a']
        """
        urls = (self.url, *self.other_urls)
        if hub_url not in urls:
            return self.url
        return urls[(urls.index(hub_url) + is_given_up) % len(urls)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """A feed whose hub notifies us of news."""

    url_id: int  # the feed's row
    token: str  # identifies it in the address the hub calls
    hub_url: str
    topic_url: str  # the feed's own name for itself
    secret: str  # key that the hub signs with
    state: SubscriptionState
    attempt_count: int
    expires_at: datetime | None
    notified_at: datetime | None
    detail: str


def subscribing_body(subscription: Subscription, *, callback_url: str) -> bytes:
    """The form that asks a hub for a subscription (section 5.1)."""
    fields = {
        "hub.mode": "subscribe",
        "hub.topic": subscription.topic_url,
        "hub.callback": callback_url,
        "hub.secret": subscription.secret,
        "hub.lease_seconds": str(LEASE_SECONDS),
    }
    return urlencode(fields).encode("ascii")


def leaving_body(subscription: Subscription, *, callback_url: str) -> bytes:
    """The form that asks a hub to end a subscription (section 5.1)."""
    fields = {"hub.mode": "unsubscribe", "hub.topic": subscription.topic_url, "hub.callback": callback_url}
    return urlencode(fields).encode("ascii")


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Whether X-Hub-Signature was made from this body with this secret (section 7.1)."""
    method, _, digest = (signature or "").partition("=")
    if method.lower() not in _METHODS:
        return False
    wanted = hmac.new(secret.encode("ascii"), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(wanted.encode("ascii"), digest.strip().lower().encode("utf-8", "replace"))


def granted_seconds(written: str | None) -> int:
    """The lease a hub grants, within bounds; LEASE_SECONDS when its value cannot be read."""
    text = (written or "").strip()
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else LEASE_SECONDS
    return min(max(seconds, LEAST_LEASE_SECONDS), MOST_LEASE_SECONDS)


def retry_wait(attempt_count: int) -> timedelta:
    """How long to wait after this many requests in a row that the hub did not accept."""
    wait: timedelta = RETRY_BASE * 2 ** min(attempt_count - 1, 10)
    return min(wait, RETRY_CAP)
