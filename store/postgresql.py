"""PostgreSQL's own ways: how newsdex connects to it, and what its refusals mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from news.errors import StoreError
from store.errors import StoreBusy, StoreCorrupt

LOCK_SECONDS = 30  # how long a statement waits for another session's lock; as long as a write to SQLite
# How long a transaction may stand still: its process was stopped, or its machine sleeps, and who takes over its leases
# (store.leases, as long) waits for its locks. Between two statements newsdex itself takes a second at most
STILL_SECONDS = 60
_BOUNDS = {"lock_timeout": LOCK_SECONDS, "idle_in_transaction_session_timeout": STILL_SECONDS}
# libpq's, https://www.postgresql.org/docs/current/libpq-connect.html: a connection whose other end says nothing any
# more ends within a minute. By the system's own rules an answer is waited for for two hours
_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 4,
    "tcp_user_timeout": 60_000,  # milliseconds
}
# SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_BUSY = {
    "40001": "other processes write the same rows of {name} ({text}); try again",  # serialization_failure
    "40P01": "other processes write the same rows of {name} ({text}); try again",  # deadlock_detected
    "55P03": "another session holds rows or a table of {name} ({text}); try again when it has finished",
    "53300": "the server of {name} has no connection left ({text}); end other sessions, or raise its max_connections",
    # idle_in_transaction_session_timeout: this process stood still, or its machine
    "25P03": "the server of {name} ended a transaction that stood still ({text}); try again",
}
_REFUSED = {
    "53100": "no space left on the server of {name} ({text}); free some there",
    "25006": "{name} cannot be written ({text}); look whether it is a standby, or default_transaction_read_only is on",
    "42501": "{name} does not let newsdex work ({text}); have its role own the tables",
}
_DAMAGED = {
    "XX001": "{name} is damaged ({text}); put a backup in its place and start again",
    "XX002": "an index of {name} is damaged ({text}); run reindexdb on it",
}


def connect_options(url: sa.URL) -> dict[str, Any]:
    """What a connection is to be made with, where the URL does not say it itself."""
    return {name: value for name, value in _PATIENCE.items() if name not in url.query}


def bound_waits(connection: Any, _record: Any) -> None:
    """Bound the waits for locks, and of those who hold some, in a new connection, unless its role or URL does so."""
    with connection.cursor() as cursor:
        for name, seconds in _BOUNDS.items():
            own = f"SELECT set_config('{name}', '{seconds}s', false) WHERE current_setting('{name}') = '0'"
            cursor.execute(own)
    connection.commit()  # a setting of a transaction that is rolled back is too


def known_refusal(error: BaseException | None, name: str, text: str) -> StoreError | None:
    """What an error of the driver means for a person; None where its kind says no more than that."""
    state = getattr(error, "sqlstate", None) or ""
    for kind, meanings in _KINDS:
        if state in meanings:
            return kind(meanings[state].format(name=name, text=text))
    return None


_KINDS: tuple[tuple[type[StoreError], Mapping[str, str]], ...] = (
    (StoreBusy, _BUSY),
    (StoreError, _REFUSED),
    (StoreCorrupt, _DAMAGED),
)
