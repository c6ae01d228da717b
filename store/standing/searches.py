"""Stored standing searches and their deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.errors import NewsdexError, NotFoundError
from news.index import Filters
from news.standing import (
    MAX_DELIVERIES,
    MAX_SEARCHES,
    Delivery,
    DeliveryKind,
    Pace,
    StandingSearch,
    filters_from_record,
    filters_record,
)
from news.standing_tokens import is_id, make_feed_token, make_id, make_secret, token_digest
from store.schema import standing_alert, standing_delivery, standing_match, standing_search
from store.sql.database import MATCHING, Database

Mark = tuple[int, int, datetime | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeDelivery:
    """A new delivery, with the secrets that are shown only once."""

    delivery: Delivery
    token: str | None = None  # of a feed
    secret: str | None = None  # of a webhook


class StandingSearches:
    """The saved searches of an installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, name: str, query: str, filters: Filters, *, owner_key_id: str | None = None, now: datetime
    ) -> StandingSearch:
        """Save a search. Raises NewsdexError if there are MAX_SEARCHES already."""
        made = StandingSearch(
            id=make_id(), name=name, query=query, filters=filters, owner_key_id=owner_key_id, created_at=now
        )
        values = {
            "id": made.id,
            "name": name,
            "query": query,
            "filters": filters_record(filters),
            "owner_key_id": owner_key_id,
            "created_at": now,
            "changed_at": now,
        }
        with self._database.write(alone_in=MATCHING) as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(standing_search)).scalar_one()
            if count >= MAX_SEARCHES:
                raise NewsdexError(f"there are {count} saved searches, which is the most allowed; remove some first")
            connection.execute(sa.insert(standing_search).values(**values))
        return made

    def all(self) -> list[StandingSearch]:
        """Every search, oldest first."""
        query = sa.select(standing_search).order_by(standing_search.c.created_at, standing_search.c.id)
        with self._database.read() as connection:
            return [_search(row) for row in connection.execute(query)]

    def get(self, search_id: str) -> StandingSearch:
        """One search. Raises NotFoundError."""
        if not is_id(search_id):
            raise _unknown(search_id)
        with self._database.read() as connection:
            row = connection.execute(sa.select(standing_search).where(standing_search.c.id == search_id)).first()
        if row is None:
            raise _unknown(search_id)
        return _search(row)

    def mark(self) -> Mark:
        """A mark that changes whenever a search is added, paused, resumed or removed."""
        columns = (
            sa.func.count(),
            sa.func.count(standing_search.c.paused_at),
            sa.func.max(standing_search.c.changed_at),
        )
        with self._database.read() as connection:
            count, paused_count, changed_at = connection.execute(sa.select(*columns)).one()
        return count, paused_count, changed_at

    def changes(self, known: Mapping[str, StandingSearch]) -> tuple[list[StandingSearch], set[str]]:
        """The differences from the known searches: new and changed ones, oldest first, and the ids of removed ones."""
        states = sa.select(standing_search.c.id, standing_search.c.changed_at, standing_search.c.paused_at)
        whole = sa.select(standing_search).order_by(standing_search.c.created_at, standing_search.c.id)
        with self._database.read() as connection:
            rows = connection.execute(states).all()
            changed = [row.id for row in rows if (row.changed_at, row.paused_at) != _state(known.get(row.id))]
            found = connection.execute(whole.where(standing_search.c.id.in_(changed))) if changed else ()
            return [_search(row) for row in found], known.keys() - {row.id for row in rows}

    def pause(self, search_id: str, *, now: datetime) -> None:
        """Stop matching a search; a pause in force keeps its time. Raises NotFoundError."""
        self.get(search_id)
        running = standing_search.c.paused_at.is_(None)
        self._change((standing_search.c.id == search_id) & running, paused_at=now, changed_at=now)

    def resume(self, search_id: str, *, now: datetime) -> None:
        """Match a search again; no effect if it is not paused. Raises NotFoundError."""
        self.get(search_id)
        paused = standing_search.c.paused_at.is_not(None)
        self._change((standing_search.c.id == search_id) & paused, paused_at=None, changed_at=now)

    def _change(self, which: sa.ColumnElement[bool], **values: datetime | None) -> None:
        with self._database.write(alone_in=MATCHING) as connection:
            connection.execute(sa.update(standing_search).where(which).values(**values))

    def remove(self, search_id: str) -> None:
        """Delete a search with its deliveries and matches. Raises NotFoundError."""
        self.get(search_id)
        deliveries = sa.select(standing_delivery.c.id).where(standing_delivery.c.search_id == search_id)
        with self._database.write(alone_in=MATCHING) as connection:
            connection.execute(sa.delete(standing_alert).where(standing_alert.c.delivery_id.in_(deliveries)))
            for table in (standing_delivery, standing_match):
                connection.execute(sa.delete(table).where(table.c.search_id == search_id))
            connection.execute(sa.delete(standing_search).where(standing_search.c.id == search_id))

    def deliver(
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
        self.get(search_id)
        token = make_feed_token() if kind.is_feed else None
        secret = None if kind.is_feed else make_secret()
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
            if len(_deliveries(connection, [search_id])) >= MAX_DELIVERIES:
                raise NewsdexError(f"the search {search_id!r} has {MAX_DELIVERIES} deliveries; revoke some first")
            connection.execute(sa.insert(standing_delivery).values(**values))
        return MadeDelivery(delivery=made, token=token, secret=secret if kind is DeliveryKind.WEBHOOK else None)

    def deliveries(self, search_ids: Sequence[str]) -> list[Delivery]:
        """The deliveries of these searches that were not revoked, oldest first."""
        with self._database.read() as connection:
            return _deliveries(connection, search_ids)

    def delivery(self, delivery_id: str) -> tuple[Delivery, str | None]:
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
        self.delivery(delivery_id)
        with self._database.write(alone_in=MATCHING) as connection:
            connection.execute(sa.delete(standing_alert).where(standing_alert.c.delivery_id == delivery_id))
            mine = standing_delivery.c.id == delivery_id
            connection.execute(sa.update(standing_delivery).where(mine).values(revoked_at=now))

    def rotate(self, delivery_id: str) -> MadeDelivery:
        """Give a feed a new token, or a webhook a new secret; the old one stops working. Raises NotFoundError."""
        delivery, _ = self.delivery(delivery_id)
        token = make_feed_token() if delivery.kind.is_feed else None
        secret = None if delivery.kind.is_feed else make_secret()
        values = {"token_digest": token_digest(token)} if token else {"secret": secret}
        with self._database.write() as connection:
            mine = standing_delivery.c.id == delivery_id
            connection.execute(sa.update(standing_delivery).where(mine).values(**values))
        return MadeDelivery(
            delivery=delivery, token=token, secret=secret if delivery.kind is DeliveryKind.WEBHOOK else None
        )


def _in_force() -> sa.Select[Any]:
    return sa.select(standing_delivery).where(standing_delivery.c.revoked_at.is_(None))


def _deliveries(connection: Connection, search_ids: Sequence[str]) -> list[Delivery]:
    mine = standing_delivery.c.search_id.in_(list(search_ids))
    query = _in_force().where(mine).order_by(standing_delivery.c.created_at, standing_delivery.c.id)
    return [_delivery(row) for row in connection.execute(query)]


def _search(row: Row[Any]) -> StandingSearch:
    return StandingSearch(
        id=row.id,
        name=row.name,
        query=row.query,
        filters=filters_from_record(row.filters),
        owner_key_id=row.owner_key_id,
        created_at=row.created_at,
        changed_at=row.changed_at,
        paused_at=row.paused_at,
    )


def _state(search: StandingSearch | None) -> tuple[datetime | None, datetime | None]:
    return (search.changed_at, search.paused_at) if search else (None, None)


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


def _unknown(search_id: str) -> NotFoundError:
    return NotFoundError(f"there is no saved search {search_id!r}; `newsdex searches list` shows them")
