"""The commands of `newsdex index` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("The search index.")


@app.command("status")
def index_status(as_json: Json = False) -> None:
    """Show how large the index is, what is waiting for it, and whether articles are missing from it."""
    from cli.commands.index_status import print_index_status

    print_index_status(as_json=as_json)


@app.command("vectors")
def index_vectors(
    limit: Annotated[
        int | None, typer.Option(min=1, help="How many articles to read at most, the newest first; by default all.")
    ] = None,
) -> None:
    """Make the vectors of articles that `newsdex search --meaning` needs; a daemon with search.meaning does so too."""
    from cli.commands.index_vectors import make_missing_vectors

    make_missing_vectors(limit=limit)
