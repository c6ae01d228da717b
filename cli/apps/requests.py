"""The commands of `newsdex requests` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("Work that somebody asked for, such as crawls on demand.")

RequestId = Annotated[str, typer.Argument(help="The id of the request, as shown by `newsdex requests list`.")]


@app.command("list")
def requests_list(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to list.")] = 20,
    only_open: Annotated[bool, typer.Option("--open", help="Only requests that have not ended.")] = False,
    as_json: Json = False,
) -> None:
    """List the newest requests, open ones first."""
    from cli.commands.requests import list_requests

    list_requests(limit=limit, only_open=only_open, as_json=as_json)


@app.command("show")
def requests_show(request_id: RequestId, as_json: Json = False) -> None:
    """Show a request and its progress."""
    from cli.commands.requests import show_request

    show_request(request_id, as_json=as_json)


@app.command("follow")
def requests_follow(request_id: RequestId, as_json: Json = False) -> None:
    """Show the progress of a request until it ends."""
    from cli.commands.requests import follow_request

    follow_request(request_id, as_json=as_json)


@app.command("cancel")
def requests_cancel(request_id: RequestId, as_json: Json = False) -> None:
    """Cancel a request; whatever it has not reached is fetched on schedule."""
    from cli.commands.requests import cancel_request

    cancel_request(request_id, as_json=as_json)
