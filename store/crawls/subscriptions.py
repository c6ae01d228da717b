"""Subscriptions at the WebSub hubs that feeds announce."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import Outcome, UrlKind, UrlState
from news.urls import url_key
from news.websub import (
    ANSWER_WAIT,
    HELD,
    MOST_ATTEMPTS,
    RENEW_AT,
    RETRY_CAP,
    Hub,
    Subscription,
    SubscriptionState,
    retry_wait,
)
from store.records import Visits
from store.schema import subscription, url
from store.sql.database import SAVING, Database

LEAST_BETWEEN = timedelta(minutes=1)  # between polls of a feed, however often its hub notifies us
_TOKEN_BYTES, _SECRET_BYTES = 24, 32


class Subscriptions:
    """The subscriptions: which hub notifies us of which feed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, source_ids: Collection[str], *, now: datetime, limit: int = 50) -> list[Subscription]:
        """The subscriptions of these sources to request now: for the first time, again, or to renew the lease."""
        query = _WITH_FEED.where(subscription.c.next_attempt_at <= now, _is_followed(source_ids))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(subscription.c.next_attempt_at).limit(limit)).all()
        return [_view(row) for row in rows]

    def forsaken(self, source_ids: Collection[str], *, limit: int = 50) -> list[Subscription]:
        """The subscriptions that a hub holds for feeds that none of these sources follows; see `forget_left`."""
        left = ~_is_followed(source_ids)
        is_held = subscription.c.state.in_([state.value for state in HELD])
        with self._database.read() as connection:
            return [_view(row) for row in connection.execute(_WITH_FEED.where(left, is_held).limit(limit))]

    def forget_left(self, source_ids: Collection[str], *, now: datetime) -> None:
        """Delete the subscriptions of such feeds that no hub holds or has been asked to end a while ago."""
        held = sa.or_(
            subscription.c.state.in_([state.value for state in HELD]),
            sa.and_(subscription.c.state == SubscriptionState.LEAVING.value, subscription.c.next_attempt_at > now),
        )
        left = _WITH_FEED.with_only_columns(subscription.c.url_id).where(~_is_followed(source_ids), ~held)
        with self._database.write() as connection:
            connection.execute(sa.delete(subscription).where(subscription.c.url_id.in_(left)))

    def find(self, token: str) -> Subscription | None:
        """The subscription that a token in a callback address stands for."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(subscription).where(subscription.c.token == token)).first()
        return _view(row) if row else None

    def of_feed(self, feed_url: str) -> Subscription | None:
        """The subscription of a feed, by its normalized address."""
        query = _WITH_FEED.where(url.c.url_key == url_key(feed_url))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _view(row) if row else None

    def asked(self, one: Subscription, *, now: datetime) -> None:
        """Note that the hub was asked and will verify our intent; a lease being renewed stays active meanwhile."""
        is_active = one.state is SubscriptionState.ACTIVE
        state = SubscriptionState.ACTIVE if is_active else SubscriptionState.ASKED
        count = one.attempt_count + 1  # until the hub verifies our intent
        values = {"state": state.value, "attempt_count": count, "detail": ""}
        self._set(one.token, values | {"next_attempt_at": now + max(ANSWER_WAIT, retry_wait(count))})

    def failed(self, one: Subscription, detail: str, *, now: datetime) -> None:
        """Note that the hub did not accept the request."""
        count = one.attempt_count + 1
        self._set(
            one.token, {"attempt_count": count, "next_attempt_at": now + retry_wait(count), "detail": detail[:500]}
        )

    def verified(self, token: str, *, lease_seconds: int, now: datetime) -> None:
        """Note that the hub verified our intent and granted a lease."""
        lease = timedelta(seconds=lease_seconds)
        values = {"state": SubscriptionState.ACTIVE.value, "attempt_count": 0, "detail": ""}
        self._set(token, values | {"expires_at": now + lease, "next_attempt_at": now + RENEW_AT * lease})

    def denied(self, token: str, reason: str, *, now: datetime) -> None:
        """Note that the hub refused or ended the subscription."""
        values = {"state": SubscriptionState.DENIED.value, "expires_at": None, "detail": reason[:500]}
        self._set(token, values | {"next_attempt_at": now + RETRY_CAP})

    def leaving(self, token: str, *, now: datetime) -> None:
        """Note that the hub was asked to end the subscription; from here on nothing it sends is believed."""
        values = {"state": SubscriptionState.LEAVING.value, "attempt_count": 0, "next_attempt_at": now + ANSWER_WAIT}
        self._set(token, values)

    def left(self, token: str) -> None:
        """Delete a subscription that its hub ended."""
        with self._database.write() as connection:
            connection.execute(sa.delete(subscription).where(subscription.c.token == token))

    def notified(self, one: Subscription, *, now: datetime) -> None:
        """Make the feed due because its hub reports news, but no sooner than LEAST_BETWEEN after it was last read."""
        with self._database.write(alone_in=SAVING) as connection:
            last = connection.execute(sa.select(url.c.last_fetched_at).where(url.c.id == one.url_id)).scalar()
            due = max(now, last + LEAST_BETWEEN) if last is not None else now
            later = sa.or_(url.c.next_due_at.is_(None), url.c.next_due_at > due)
            is_followed = url.c.state != UrlState.DROPPED.value
            mine = sa.update(url).where(url.c.id == one.url_id, later, is_followed)
            connection.execute(mine.values(next_due_at=due))
            told = sa.update(subscription).where(subscription.c.token == one.token)
            connection.execute(told.values(notified_at=now))

    def _set(self, token: str, values: dict[str, Any]) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(subscription).where(subscription.c.token == token).values(**values))


_WITH_FEED = sa.select(subscription).join(url, url.c.id == subscription.c.url_id)


def _is_followed(source_ids: Collection[str]) -> sa.ColumnElement[bool]:
    return url.c.source_id.in_(list(source_ids)) & (url.c.state != UrlState.DROPPED.value)


def record_hubs(connection: Connection, visits: Visits) -> None:
    """Record the hubs that feeds announce; a feed that no longer announces one loses its subscription."""
    for result, saved in visits:
        if saved is None or result.row.kind is not UrlKind.FEED or result.outcome is not Outcome.DISCOVERED:
            continue
        mine = subscription.c.url_id == result.row.id
        row = connection.execute(sa.select(subscription).where(mine)).first()
        known, announced = _view(row) if row else None, result.discovery.hub
        wanted = _wanted(announced, known) if announced else None
        if known is not None and (known.hub_url, known.topic_url) == wanted:
            continue
        if known is not None:
            connection.execute(sa.delete(subscription).where(mine))
        if wanted is not None:
            values = {"hub_url": wanted[0], "topic_url": wanted[1], "next_attempt_at": result.fetched_at}
            values |= {"token": secrets.token_urlsafe(_TOKEN_BYTES), "secret": secrets.token_hex(_SECRET_BYTES)}
            values |= {"state": SubscriptionState.WANTED.value, "attempt_count": 0, "detail": ""}
            connection.execute(sa.insert(subscription).values(url_id=result.row.id, **values))


def _wanted(announced: Hub, known: Subscription | None) -> tuple[str, str]:
    """The hub and the topic to subscribe to, given the subscription there is."""
    if known is None or known.topic_url != announced.topic_url:
        return announced.url, announced.topic_url
    is_given_up = known.state is SubscriptionState.DENIED or known.attempt_count >= MOST_ATTEMPTS
    return announced.instead_of(known.hub_url, is_given_up=is_given_up), announced.topic_url


def _view(row: Row[Any]) -> Subscription:
    return Subscription(
        url_id=row.url_id,
        token=row.token,
        hub_url=row.hub_url,
        topic_url=row.topic_url,
        secret=row.secret,
        state=SubscriptionState(row.state),
        attempt_count=row.attempt_count,
        expires_at=row.expires_at,
        notified_at=row.notified_at,
        detail=row.detail,
    )
