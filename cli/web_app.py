"""The page and API of an installation, for processes that listen."""

from __future__ import annotations

from fastapi import FastAPI

from cli.standing import standing_of
from cli.wiring import Installation
from search.app import create_app
from search.operations.service import Operations
from search.service import SearchService
from search.standing.service import StandingService
from search.web.access import is_loopback, open_access
from search.web.limits import limits_of
from store.clock import utc_now


def web_app(
    opened: Installation,
    service: SearchService,
    operations: Operations,
    *,
    standing: StandingService | None = None,
    host: str,
) -> FastAPI:
    """Page and API for listening on this address. Raises ConfigError for a public one if there is no key."""
    web = opened.settings.web
    access = open_access(
        opened.store.keys,
        host=host,
        open_reads=web.open_reads,
        initial_key_file=web.initial_key_file,
        clock=utc_now,
    )
    return create_app(
        service,
        operations=operations,
        access=access,
        limits=limits_of(web.requests_per_minute, is_public=not is_loopback(host)),
        standing=standing or standing_of(opened),
        display_zone=opened.zone,
    )
