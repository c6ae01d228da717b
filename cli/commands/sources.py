"""`sources`: list, validate, show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from rich.table import Column, Table
from rich.text import Text

from cli.output import console, moment, plain, print_json
from cli.wiring import Installation, installation
from config.sources import check_source_files
from news.boilerplate import KnownBlock
from news.errors import NotFoundError
from store.service import utc_now

SHOWN_BLOCKS = 40  # those on most stories
SHOWN_CHARACTERS = 80


def list_sources(*, as_json: bool) -> None:
    """Print all sources."""
    with installation() as opened:
        if as_json:
            print_json(list(opened.sources))
            return
        table = Table(Column("id", no_wrap=True), "name", "language", "enabled", "home", box=None)
        for source in opened.sources:
            shown = (source.id, source.name, source.language or "", "yes" if source.enabled else "no", source.home_url)
            table.add_row(*shown)
        console.print(table)


def validate_sources(paths: Sequence[Path]) -> None:
    """Check these files, or all of the installation. Raises NotFoundError and, when one is wrong, ConfigError."""
    if not paths:
        with installation() as opened:
            console.print(f"no mistake in {len(opened.sources)} sources")
        return
    if missing := next((path for path in paths if not path.exists()), None):
        raise NotFoundError(f"{missing}: there is no such file or folder")
    problems = check_source_files(paths)
    for problem in problems[:-1]:
        console.print(str(problem), markup=False)
    if problems:
        raise problems[-1].as_error()
    console.print(f"no mistake in {', '.join(str(path) for path in paths)}", markup=False)


def show_source(source_id: str, *, as_json: bool) -> None:
    """Print a source and how it is doing."""
    with installation() as opened:
        source = opened.sources.get(source_id)
        state = opened.store.source_status(source_id, now=utc_now())
        blocks = opened.store.boilerplates.blocks(source_id)
        audit = audit_of(opened, source_id)
        if as_json:
            print_json({"source": source, "status": state, "audit": audit, "boilerplate": blocks})
            return
        for part in (plain(source), plain(state), plain(audit)):
            for key, value in part.items():
                console.print(f"{key}: {value}", markup=False)
        _print_blocks(blocks, opened.zone)


def audit_of(opened: Installation, source_id: str) -> dict[str, object]:
    """How a source's pages read: the mean score of each day, and the alarms."""
    usual = opened.store.audits.usual(source_id)
    scores = {day: round(total / count, 3) for day, (count, total) in usual.scores.items()}
    return {"scores": scores, "alarms": opened.store.audits.alarms(source_id, ended_too=True, limit=20)}


def _print_blocks(blocks: Sequence[KnownBlock], zone: tzinfo) -> None:
    """What is left out of the source's stories."""
    if not blocks:
        return
    console.print(f"boilerplate: {len(blocks)} blocks")
    table = Table("block", "stories", "since", "last seen", "seen", box=None)
    for block in blocks[:SHOWN_BLOCKS]:
        place = "in texts" if block.is_repeated else "beside texts"
        times = (moment(block.since_at, zone), moment(block.last_seen_at, zone))
        table.add_row(Text(block.text[:SHOWN_CHARACTERS]), str(block.story_count), *times, place)
    console.print(table)
    if len(blocks) > SHOWN_BLOCKS:
        console.print(f"and {len(blocks) - SHOWN_BLOCKS} more; --json shows all")
