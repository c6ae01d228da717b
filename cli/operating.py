"""Operating an installation from a process that is not a daemon.

Nothing here needs the web framework: importing that takes a third of the time `status` needs to answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from cli.output import counted
from cli.wiring import Installation
from config.sources import SourceSet, load_usable_sources
from indexer.engine import EngineHealth
from news.errors import NotFoundError
from news.source import Source
from search.operations.service import Operations
from store.clock import utc_now


def operations_of(
    opened: Installation,
    *,
    sources: SourceSet | None = None,
    engine_health: Callable[[], EngineHealth] | None = None,
) -> Operations:
    """The operations for a process that is not a daemon, on these sources or on the installation's."""

    def asked() -> EngineHealth:
        return opened.engine.health()  # opened when first asked for: most commands do not need it

    def of_all() -> SourceSet:
        return opened.sources if sources is None else sources

    return Operations(opened.store, of_all, engine_health=engine_health or asked, clock=utc_now)


def followed_source(opened: Installation, source_id: str) -> Source:
    """The source with this id. Raises NotFoundError, which says so if articles of a former one are kept."""
    try:
        return opened.sources.get(source_id)
    except NotFoundError:
        kept = opened.store.overview.unfollowed(opened.sources.by_id.keys()).get(source_id)
        if kept is None:
            raise
        told = f"no file describes {source_id} any more, so it is not followed; {counted(kept, 'article')} of it"
        raise NotFoundError(f"{told} can be found: newsdex search source:{source_id}") from None


def usable_sources(opened: Installation) -> SourceSet:
    """The sources with valid files; each invalid file is named in a line on standard error."""
    found, problems = load_usable_sources(opened.settings)
    for problem in problems:
        print(f"newsdex: {problem}", file=sys.stderr)
    return found
