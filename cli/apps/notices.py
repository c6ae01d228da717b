"""The commands of `newsdex notices` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("What operators are told about troubles.")


@app.command("list")
def notices_list(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 20,
    as_json: Json = False,
) -> None:
    """List the newest notices, and what became of each."""
    from cli.commands.notices import list_notices

    list_notices(limit=limit, as_json=as_json)


@app.command("test")
def notices_test(as_json: Json = False) -> None:
    """Send a test to everybody who is told, ask the heartbeat's address, and say what happened."""
    from cli.commands.notices import try_notices

    try_notices(as_json=as_json)
