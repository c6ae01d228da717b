"""`sources`: list, validate, show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Column, Table

from cli.output import console, plain, print_json
from cli.wiring import installation
from config.sources import check_source_files
from store.service import utc_now


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
    """Check these files, or all of the installation. Raises ConfigError when one is wrong."""
    if not paths:
        with installation() as opened:
            console.print(f"{len(opened.sources)} sources are right")
        return
    problems = check_source_files(paths)
    for problem in problems[:-1]:
        console.print(str(problem), markup=False)
    if problems:
        raise problems[-1].as_error()
    console.print(f"{len(paths)} source files are right")


def show_source(source_id: str, *, as_json: bool) -> None:
    """Print a source and how it is doing."""
    with installation() as opened:
        source = opened.sources.get(source_id)
        state = opened.store.source_status(source_id, now=utc_now())
        if as_json:
            print_json({"source": source, "status": state})
            return
        for part in (plain(source), plain(state)):
            for key, value in part.items():
                console.print(f"{key}: {value}", markup=False)
