"""Stored deliveries of standing searches: feeds, webhooks and mail, with the secrets that open them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.errors import NewsdexError, NotFoundError
from news.standing import MAX_DELIVERIES, Delivery, DeliveryKind, Pace
from news.standing_tokens import is_id, make_feed_token, make_id, make_secret, token_digest
from store.schema import standing_alert, standing_delivery
from store.sql.database import MATCHING, Database
from store.standing.searches import is_known, unknown_search


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeDelivery:
    """A new delivery, with the secrets that are shown only once."""

    delivery: Delivery
    token: str | None = None  # of a feed
    secret: str | None = None  # of a webhook


class StandingDeliveries:
    """The deliveries of an installation's saved searches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        search_id: str,
        kind: DeliveryKind,
        *,
        target: str | None = None,
        pace: Pace | None = None,
        time_zone: str | None = None,
        now: datetime,
    ) -> MadeDelivery:
        """Add a delivery. Raises NotFoundError, and NewsdexError if the search has MAX_DELIVERIES already."""
        token, secret = _fresh_keys(kind)
        made = Delivery(
            id=make_id(),
            search_id=search_id,
            kind=kind,
            created_at=now,
            target=target,
            pace=pace,
            time_zone=time_zone,
        )
        values = {
            "id": made.id,
            "search_id": search_id,
            "kind": kind.value,
            "token_digest": token_digest(token) if token else None,
            "target": target,
            "secret": secret,
            "pace": pace.value if pace else None,
            "time_zone": time_zone,
            "created_at": now,
        }
        with self._database.write(alone_in=MATCHING) as connection:
            if not is_known(connection, search_id):
                raise unknown_search(search_id)
            if len(_deliveries(connection, [search_id])) >= MAX_DELIVERIES:
                raise NewsdexError(f"the search {search_id!r} has {MAX_DELIVERIES} deliveries; revoke some first")
            connection.execute(sa.insert(standing_delivery).values(**values))
        return _made(made, token, secret)

    def of(self, search_ids: Sequence[str]) -> list[Delivery]:
        """The deliveries of these searches that were not revoked, oldest first."""
        with self._database.read() as connection:
            return _deliveries(connection, search_ids)

    def get(self, delivery_id: str) -> tuple[Delivery, str | None]:
        """A delivery that was not revoked, and its secret. Raises NotFoundError."""
        with self._database.read() as connection:
            known = _in_force().where(standing_delivery.c.id == delivery_id)
            row = connection.execute(known).first() if is_id(delivery_id) else None
        if row is None:
            raise NotFoundError(f"there is no delivery {delivery_id!r}; `newsdex searches show` lists them")
        return _delivery(row), row.secret

    def feed(self, token: str) -> Delivery | None:
        """The feed that this token opens; None if the token is unknown or revoked."""
        with self._database.read() as connection:
            mine = standing_delivery.c.token_digest == token_digest(token)
            row = connection.execute(_in_force().where(mine)).first()
        return _delivery(row) if row else None

    def revoke(self, delivery_id: str, *, now: datetime) -> None:
        """End a delivery; its pending alerts are not sent. Raises NotFoundError."""
        self.get(delivery_id)
        with self._database.write(alone_in=MATCHING) as connection:
            connection.execute(sa.delete(standing_alert).where(standing_alert.c.delivery_id == delivery_id))
            mine = standing_delivery.c.id == delivery_id
            connection.execute(sa.update(standing_delivery).where(mine).values(revoked_at=now))

    def rotate(self, delivery_id: str) -> MadeDelivery:
        """Give a feed a new token, or a webhook a new secret; the old one stops working. Raises NotFoundError."""
        delivery, _ = self.get(delivery_id)
        token, secret = _fresh_keys(delivery.kind)
        values = {"token_digest": token_digest(token)} if token else {"secret": secret}
        with self._database.write() as connection:
            mine = standing_delivery.c.id == delivery_id
            connection.execute(sa.update(standing_delivery).where(mine).values(**values))
        return _made(delivery, token, secret)


def _fresh_keys(kind: DeliveryKind) -> tuple[str | None, str | None]:
    """(the token of a feed's address, the secret that signs what is sent): a delivery has one of them."""
    return (make_feed_token(), None) if kind.is_feed else (None, make_secret())


def _made(delivery: Delivery, token: str | None, secret: str | None) -> MadeDelivery:
    """What its maker is told; the secret only of a webhook, whose receiver checks with it."""
    return MadeDelivery(
        delivery=delivery, token=token, secret=secret if delivery.kind is DeliveryKind.WEBHOOK else None
    )


def _in_force() -> sa.Select[Any]:
    return sa.select(standing_delivery).where(standing_delivery.c.revoked_at.is_(None))


def _deliveries(connection: Connection, search_ids: Sequence[str]) -> list[Delivery]:
    mine = standing_delivery.c.search_id.in_(list(search_ids))
    query = _in_force().where(mine).order_by(standing_delivery.c.created_at, standing_delivery.c.id)
    return [_delivery(row) for row in connection.execute(query)]


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        search_id=row.search_id,
        kind=DeliveryKind(row.kind),
        created_at=row.created_at,
        target=row.target,
        pace=Pace(row.pace) if row.pace else None,
        time_zone=row.time_zone,
        revoked_at=row.revoked_at,
    )
