"""`sources import`: a source file for every feed of an OPML file."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.table import Table

from cli.output import console, counted, named, print_json
from cli.wiring import installation
from config.opml import Import, Proposal, plan_import, read_opml
from config.sources import SUFFIX
from news.errors import ConfigError, NotFoundError


def import_sources(path: Path, *, into: Path | None, dry_run: bool, as_json: bool) -> None:
    """Propose a source for each feed of the file and write the files, unless `dry_run`.

    Raises ConfigError when the file cannot be read, or at the end when some of its feeds do not make a source.
    """
    with installation() as opened:
        folder = into or opened.settings.sources_dir
        followed = {feed: source.id for source in opened.sources_so_far for feed in source.feeds}
        taken = {source.id for source in opened.sources_so_far}
    if folder is None:
        raise ConfigError("no folder for your source files: set sources_dir, or name one with --into")
    planned = plan_import(read_opml(_content(path), name=str(path)), name=str(path), followed=followed, taken=taken)
    if not dry_run:
        _write(planned.proposals, folder)
    if as_json:
        print_json({"folder": str(folder), "written": not dry_run, **_facts(planned)})
    else:
        _print(planned, folder, dry_run=dry_run)
    for problem in planned.problems:
        print(f"newsdex: {problem}", file=sys.stderr)
    if planned.problems:
        made = f"{counted(len(planned.problems), 'feed')} {'makes' if len(planned.problems) == 1 else 'make'} no source"
        raise ConfigError(f"{path}: {made}; the others are listed above")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"{path}: there is no such file; name an OPML file") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; name an OPML file") from error


def _write(proposals: list[Proposal], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for proposal in proposals:
            with (folder / f"{proposal.source_id}{SUFFIX}").open("x", encoding="utf-8") as file:  # never overwrite
                file.write(proposal.text)
    except FileExistsError as error:
        raise ConfigError(f"{error.filename}: exists and is no source in use; move it away and import again") from error
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror}; name another with --into") from error


def _print(planned: Import, folder: Path, *, dry_run: bool) -> None:
    table = Table(named("id"), "feed", box=None)
    for proposal in planned.proposals:
        table.add_row(proposal.source_id, proposal.feed_url)
    if planned.proposals:
        console.print(table)
    did = "would be written" if dry_run else "written"
    kept = f"; followed already: {counted(len(planned.known), 'feed')}" if planned.known else ""
    console.print(f"{counted(len(planned.proposals), 'source file')} {did} to {folder}{kept}")


def _facts(planned: Import) -> dict[str, object]:
    return {
        "sources": [{"id": one.source_id, "feed": one.feed_url, "text": one.text} for one in planned.proposals],
        "known": planned.known,
        "problems": [str(problem) for problem in planned.problems],
    }
