"""The commands of `newsdex index` and their options."""

from __future__ import annotations

from cli.groups import command_group
from cli.options import Json

app = command_group("The search index.")


@app.command("status")
def index_status(as_json: Json = False) -> None:
    """Tell how large the index is, how it lies on disk, and whether it says what the store says."""
    from cli.commands.index_status import print_index_status

    print_index_status(as_json=as_json)
