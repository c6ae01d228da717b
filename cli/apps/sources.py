"""The commands of `newsdex sources` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json, known_sources

app = command_group("The sites that newsdex follows.")


@app.command("list")
def sources_list(as_json: Json = False) -> None:
    """List the sources and which of them are enabled."""
    from cli.commands.sources import list_sources

    list_sources(as_json=as_json)


@app.command("validate")
def sources_validate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="The source files to check; without any, all that newsdex uses.")
    ] = None,
) -> None:
    """Check source files and show each mistake with its line."""
    from cli.commands.sources import validate_sources

    validate_sources(files or [])


@app.command("show")
def sources_show(
    source_id: Annotated[str, typer.Argument(autocompletion=known_sources, help="The id of the source.")],
    as_json: Json = False,
) -> None:
    """Show what a source follows, how it is doing, and what fails."""
    from cli.commands.sources import show_source

    show_source(source_id, as_json=as_json)


@app.command("completeness")
def sources_completeness(
    source_id: Annotated[str, typer.Argument(autocompletion=known_sources, help="The id of the source.")],
    date_from: Annotated[
        str | None, typer.Option("--from", help="The first day, such as 2026-11-01, in UTC; by default two weeks ago.")
    ] = None,
    date_to: Annotated[str | None, typer.Option("--to", help="The last day; by default today.")] = None,
    limit: Annotated[int, typer.Option(min=0, max=10_000, help="How many missing articles to list.")] = 20,
    as_json: Json = False,
) -> None:
    """Show how much of what a source named is held, day by day, and which articles are missing and why."""
    from cli.commands.completeness import show_completeness

    show_completeness(source_id, date_from=date_from, date_to=date_to, limit=limit, as_json=as_json)


@app.command("add")
def sources_add(
    address: Annotated[str, typer.Argument(metavar="URL", help="The address of any page or feed of the site.")],
    source_id: Annotated[
        str | None, typer.Option("--id", help="The id of the new source; by default taken from the host.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="The folder for the file; by default the setting sources_dir.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the file without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the file without writing it.")] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace an existing file; with --yes, write it even if no sample could be read."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Look at a site, show five sample articles and how confident newsdex is, and write its source file."""
    from cli.commands.add_source import add_source

    add_source(address, source_id=source_id, into=into, yes=yes, dry_run=dry_run, force=force, as_json=as_json)


@app.command("rename")
def sources_rename(
    old: Annotated[str, typer.Argument(help="The present id.", autocompletion=known_sources)],
    new: Annotated[str, typer.Argument(help="The new id.")],
) -> None:
    """Change the id of a source, and keep everything known about it."""
    from cli.commands.rename_source import rename_source

    rename_source(old, new)


@app.command("remove")
def sources_remove(
    source_id: Annotated[str, typer.Argument(autocompletion=known_sources, help="The id of the source.")],
    articles: Annotated[
        bool, typer.Option("--articles", help="Also delete its articles for good, from database, index and archive.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
    as_json: Json = False,
) -> None:
    """Stop following a source and set its file aside; its articles stay unless you add --articles."""
    from cli.commands.remove_source import remove_source

    remove_source(source_id, articles=articles, yes=yes, as_json=as_json)


@app.command("import")
def sources_import(
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    into: Annotated[
        Path | None, typer.Option(help="The folder for the files; by default the setting sources_dir.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    as_json: Json = False,
) -> None:
    """Write a source file for each feed of an OPML file that no source follows yet."""
    from cli.commands.opml import import_sources

    import_sources(file, into=into, dry_run=dry_run, as_json=as_json)
