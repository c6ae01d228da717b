"""The commands of `newsdex archive` and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("The archive of fetched pages.")


@app.command("verify")
def archive_verify(
    files: Annotated[list[Path] | None, typer.Argument(help="WARC files; all of the archive if left out.")] = None,
    as_json: Json = False,
) -> None:
    """Read every record and tell what is not as it was written, one line each."""
    from cli.commands.archive import verify_archive

    verify_archive(files or [], as_json=as_json)


@app.command("list")
def archive_list(as_json: Json = False) -> None:
    """List the WARC files with how much they hold."""
    from cli.commands.archive import list_archive

    list_archive(as_json=as_json)


@app.command("index")
def archive_index(as_json: Json = False) -> None:
    """Make the CDXJ indexes that are missing or wrong."""
    from cli.commands.archive import index_archive

    index_archive(as_json=as_json)


@app.command("rebuild")
def archive_rebuild(as_json: Json = False) -> None:
    """Make an empty record anew from the archive and the sources, and the index from it."""
    from cli.commands.rebuild import rebuild_record

    rebuild_record(as_json=as_json)
