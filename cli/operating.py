"""Operating an installation from the command line and from the web server's process."""

from __future__ import annotations

import sys
from collections.abc import Callable

from fastapi import FastAPI

from cli.standing import standing_of
from cli.wiring import Installation
from config.sources import SourceSet, load_usable_sources
from indexer.engine import EngineHealth
from search.access import is_loopback, open_access
from search.app import create_app
from search.limits import limits_of
from search.operations import Operations
from search.service import SearchService
from search.standing import StandingService
from store.service import utc_now


def operations_of(
    opened: Installation,
    *,
    sources: SourceSet | None = None,
    engine_health: Callable[[], EngineHealth] | None = None,
) -> Operations:
    """What operators do, for a process that is no daemon; of these sources, or of the installation's."""

    def asked() -> EngineHealth:
        return opened.engine.health()  # opened when it is first asked for: most commands need none

    return Operations(
        opened.store, lambda: sources or opened.sources, engine_health=engine_health or asked, clock=utc_now
    )


def usable_sources(opened: Installation) -> SourceSet:
    """The sources whose files are right; each wrong file is named in a line on standard error."""
    found, problems = load_usable_sources(opened.settings)
    for problem in problems:
        print(f"newsdex: {problem}", file=sys.stderr)
    return found


def web_app(
    opened: Installation,
    service: SearchService,
    operations: Operations,
    *,
    standing: StandingService | None = None,
    host: str,
) -> FastAPI:
    """Page and API for listening on this address. Raises ConfigError for a public one while there is no key."""
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
