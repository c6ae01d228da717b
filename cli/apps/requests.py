"""The commands of `newsdex requests` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("Work that was asked for.")


@app.command("list")
def requests_list(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 20,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that have not ended.")] = False,
    as_json: Json = False,
) -> None:
    """List the newest requests, open ones first."""
    from cli.commands.requests import list_requests

    list_requests(limit=limit, only_open=only_open, as_json=as_json)


@app.command("show")
def requests_show(request_id: str, as_json: Json = False) -> None:
    """Show one request and how far it is."""
    from cli.commands.requests import show_request

    show_request(request_id, as_json=as_json)


@app.command("follow")
def requests_follow(request_id: str, as_json: Json = False) -> None:
    """Show how far a request is until it ends."""
    from cli.commands.requests import follow_request

    follow_request(request_id, as_json=as_json)


@app.command("cancel")
def requests_cancel(request_id: str, as_json: Json = False) -> None:
    """End a request; what it has not got to waits for its own time again."""
    from cli.commands.requests import cancel_request

    cancel_request(request_id, as_json=as_json)
