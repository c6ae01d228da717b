"""The commands of `newsdex index` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

index_app = typer.Typer(help="The search index.", no_args_is_help=True, rich_markup_mode=None)


@index_app.command("status")
def index_status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False) -> None:
    """Tell how large the index is, how it lies on disk, and whether it says what the store says."""
    from cli.commands.index_status import print_index_status

    print_index_status(as_json=as_json)
