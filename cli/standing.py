"""The saved searches of an installation, for commands and for the web server."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cli.wiring import Installation
from config.settings import AlertSettings
from search.standing.service import StandingService
from store.clock import utc_now


def standing_of(
    opened: Installation,
    *,
    alerts: Callable[[], AlertSettings] | None = None,
    source_names: Mapping[str, str] | None = None,
) -> StandingService:
    """The saved searches under the installation's settings and sources, or under those currently in force."""
    return StandingService(
        opened.store,
        alerts or (lambda: opened.settings.alerts),
        source_names if source_names is not None else opened.source_names,
        time_zone=opened.settings.time_zone,
        clock=utc_now,
    )
