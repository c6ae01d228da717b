"""The commands of `newsdex notices` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("Messages to operators about what is wrong.")


@app.command("list")
def notices_list(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to list.")] = 20,
    as_json: Json = False,
) -> None:
    """List the newest notices and whether they arrived."""
    from cli.commands.notices import list_notices

    list_notices(limit=limit, as_json=as_json)


@app.command("test")
def notices_test(as_json: Json = False) -> None:
    """Send a test notice to every recipient, call the heartbeat address, and report what happened."""
    from cli.commands.notices import try_notices

    try_notices(as_json=as_json)
