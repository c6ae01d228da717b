"""The saved searches of an installation, for commands and for the web server."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cli.wiring import Installation
from config.settings import AlertSettings
from indexer.matching.service import StandingMatching
from search.standing import StandingService
from store.service import Store, utc_now


def standing_of(
    opened: Installation,
    *,
    alerts: Callable[[], AlertSettings] | None = None,
    source_names: Mapping[str, str] | None = None,
) -> StandingService:
    """Saved searches under the installation's settings and sources, or under those that are in force by now."""
    return StandingService(
        opened.store,
        alerts or (lambda: opened.settings.alerts),
        source_names if source_names is not None else {source.id: source.name for source in opened.sources},
        time_zone=opened.settings.time_zone,
        clock=utc_now,
    )


def match_saved(store: Store) -> int:
    """Ask the saved searches about what was saved, where no daemon does; returns how many matches are new.

    What webhooks and mails have to tell of them waits for the daemon. Raises StoreError.
    """
    return sum(map(len, StandingMatching(store, clock=utc_now).match_pending()))
