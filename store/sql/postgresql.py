"""PostgreSQL's peculiarities: how newsdex connects to it, and what its errors mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from news.errors import StoreError
from store.errors import StoreBusy, StoreCorrupt

LOCK_SECONDS = 30  # how long a statement waits for another session's lock: as long as a write to SQLite
# How long a transaction may be idle: if its process is stopped or its machine sleeps, whoever takes over its leases
# (after as long, see store.leases) waits for its locks. newsdex itself needs a second at most between two statements
STILL_SECONDS = 60
_BOUNDS = {"lock_timeout": LOCK_SECONDS, "idle_in_transaction_session_timeout": STILL_SECONDS}
# Options of libpq, https://www.postgresql.org/docs/current/libpq-connect.html: a connection whose other end falls
# silent ends within a minute. By the system's defaults, that would take two hours
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
    # idle_in_transaction_session_timeout: this process, or its machine, stood still
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
    """The connection options that the URL does not state itself."""
    return {name: value for name, value in _PATIENCE.items() if name not in url.query}


def bound_waits(connection: Any, _record: Any) -> None:
    """Bound lock waits and idle transactions in a new connection, unless its role or URL does so."""
    with connection.cursor() as cursor:
        for name, seconds in _BOUNDS.items():
            own = f"SELECT set_config('{name}', '{seconds}s', false) WHERE current_setting('{name}') = '0'"
            cursor.execute(own)
    connection.commit()  # a rollback would undo the settings too


def known_refusal(error: BaseException | None, name: str, text: str) -> StoreError | None:
    """The driver's error explained for people; None if its kind needs no more than its text."""
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
