"""`pause` and `resume` of a source or of everything, kept across restarts."""

from __future__ import annotations

from cli.operating import operations_of, usable_sources
from cli.output import console, moment
from cli.wiring import installation
from store.crawls.pauses import EVERYTHING


def pause_crawls(source_id: str | None) -> None:
    """Stop starting crawls of this source, or of any."""
    with installation() as opened:
        since = operations_of(opened, sources=usable_sources(opened)).pause(source_id or EVERYTHING)
        what, again = source_id or "everything", f"newsdex resume {source_id or ''}".strip()
        console.print(f"{what} is paused since {moment(since, opened.zone)}; `{again}` ends it")


def resume_crawls(source_id: str | None) -> None:
    """End the pause of this source, or every pause."""
    with installation() as opened:
        operations, sources = operations_of(opened), usable_sources(opened)
        if source_id is not None:
            sources.get(source_id)
        ended = operations.resume(source_id or EVERYTHING)
        not_paused = f"{source_id} was not paused" if source_id else "nothing was paused"
        console.print(f"{source_id or 'everything'} goes on" if ended else not_paused)
        if source_id is not None and EVERYTHING in operations.pauses():
            console.print("everything is paused still; `newsdex resume` ends that")
