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
    files: Annotated[
        list[Path] | None, typer.Argument(help="The WARC files to check; without any, the whole archive.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Read every record of the archive and print one line for each fault."""
    from cli.commands.archive import verify_archive

    verify_archive(files or [], as_json=as_json)


@app.command("list")
def archive_list(as_json: Json = False) -> None:
    """List the WARC files and how much each of them holds."""
    from cli.commands.archive import list_archive

    list_archive(as_json=as_json)


@app.command("index")
def archive_index(as_json: Json = False) -> None:
    """Write the CDXJ indexes that are missing or do not match their files."""
    from cli.commands.archive import index_archive

    index_archive(as_json=as_json)


@app.command("rebuild")
def archive_rebuild(as_json: Json = False) -> None:
    """Rebuild a lost database from the archive and the sources, and then the index."""
    from cli.commands.rebuild import rebuild_record

    rebuild_record(as_json=as_json)
