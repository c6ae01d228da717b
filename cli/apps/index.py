"""The commands of `newsdex index` and their options."""

from __future__ import annotations

from cli.groups import command_group
from cli.options import Json

app = command_group("The search index.")


@app.command("status")
def index_status(as_json: Json = False) -> None:
    """Show how large the index is, what is waiting for it, and whether articles are missing from it."""
    from cli.commands.index_status import print_index_status

    print_index_status(as_json=as_json)
