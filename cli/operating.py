"""Operating an installation from a process that is no daemon.

Nothing here needs the web framework: importing it takes a third of the time in which `status` answers.
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

    def of_all() -> SourceSet:
        return opened.sources if sources is None else sources

    return Operations(opened.store, of_all, engine_health=engine_health or asked, clock=utc_now)


def followed_source(opened: Installation, source_id: str) -> Source:
    """The source of that id. Raises NotFoundError, which says so where articles are kept of one that had it."""
    try:
        return opened.sources.get(source_id)
    except NotFoundError:
        kept = opened.store.overview.unfollowed(opened.sources.by_id.keys()).get(source_id)
        if kept is None:
            raise
        told = f"no file describes {source_id} any more, so it is not followed; {counted(kept, 'article')} of it"
        raise NotFoundError(f"{told} can be found: newsdex search source:{source_id}") from None


def usable_sources(opened: Installation) -> SourceSet:
    """The sources whose files are right; each wrong file is named in a line on standard error."""
    found, problems = load_usable_sources(opened.settings)
    for problem in problems:
        print(f"newsdex: {problem}", file=sys.stderr)
    return found
