"""The commands of `newsdex sources` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json, known_sources

app = command_group("The sources that newsdex follows.")


@app.command("list")
def sources_list(as_json: Json = False) -> None:
    """List the sources."""
    from cli.commands.sources import list_sources

    list_sources(as_json=as_json)


@app.command("validate")
def sources_validate(
    files: Annotated[list[Path] | None, typer.Argument(help="Source files; else the shipped ones and yours.")] = None,
) -> None:
    """Check source files and name every mistake with its line."""
    from cli.commands.sources import validate_sources

    validate_sources(files or [])


@app.command("show")
def sources_show(
    source_id: Annotated[str, typer.Argument(autocompletion=known_sources)], as_json: Json = False
) -> None:
    """Show one source and how it is doing."""
    from cli.commands.sources import show_source

    show_source(source_id, as_json=as_json)


@app.command("add")
def sources_add(
    address: Annotated[str, typer.Argument(metavar="URL", help="Any page of the site, or a feed of it.")],
    source_id: Annotated[str | None, typer.Option("--id", help="The source's id; by default, from the host.")] = None,
    into: Annotated[Path | None, typer.Option(help="Folder for the file; by default the setting sources_dir.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the file without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the file without writing it.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an existing file; with --yes, write one of unread samples too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Look at a site and write a source file for it, with five sample articles and a confidence."""
    from cli.commands.add_source import add_source

    add_source(address, source_id=source_id, into=into, yes=yes, dry_run=dry_run, force=force, as_json=as_json)


@app.command("rename")
def sources_rename(
    old: Annotated[str, typer.Argument(help="Its id until now.", autocompletion=known_sources)],
    new: Annotated[str, typer.Argument(help="Its id from now on.")],
) -> None:
    """Give a source another id, and keep all that is known about it: file, articles, addresses, history."""
    from cli.commands.rename_source import rename_source

    rename_source(old, new)


@app.command("remove")
def sources_remove(
    source_id: Annotated[str, typer.Argument(autocompletion=known_sources)],
    articles: Annotated[
        bool, typer.Option("--articles", help="Its articles too, from record, index and archive; for good.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Stop following a source: its file is set aside, its articles stay unless --articles."""
    from cli.commands.remove_source import remove_source

    remove_source(source_id, articles=articles, yes=yes, as_json=as_json)


@app.command("import")
def sources_import(
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    into: Annotated[Path | None, typer.Option(help="Folder for the files; else the setting sources_dir.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Write a source file for every feed of an OPML file that no source follows yet."""
    from cli.commands.opml import import_sources

    import_sources(file, into=into, dry_run=dry_run, as_json=as_json)
