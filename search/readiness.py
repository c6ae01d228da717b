"""Whether searches and articles can be answered now: the checks of engine, store and disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.engine import Engine
from news.errors import StoreError
from search.errors import AWAY, DISK, ENGINE, STORE, WELL
from search.results import Check, Readiness

if TYPE_CHECKING:
    from store.service import Store


def readiness(engine: Engine, store: Store) -> Readiness:
    """Check all three; never raises.

    A full disk is reported but does not count: what is stored can still be found, and the page says what is wrong.
    """
    health = engine.health()
    checks = [Check(name=ENGINE, ok=health.ok, detail=health.detail), _store_check(store), _disk_check(store)]
    return Readiness(checks=tuple(checks))


def _store_check(store: Store) -> Check:
    try:
        store.ping()
    except StoreError as error:
        return Check(name=STORE, ok=False, detail=str(error))
    return Check(name=STORE, ok=True, detail=WELL[STORE])


def _disk_check(store: Store) -> Check:
    try:
        is_full = store.free_space().is_used_up
    except StoreError as error:
        return Check(name=DISK, ok=False, detail=str(error), is_needed=False)
    return Check(name=DISK, ok=not is_full, detail=(AWAY if is_full else WELL)[DISK], is_needed=False)
