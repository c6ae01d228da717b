"""The commands of `newsdex keys` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group("Keys for the page and the API.")


@app.command("create")
def keys_create(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    scope: Annotated[str, typer.Option(help="read, operate (crawl, cancel, pause, resume) or admin.")] = "read",
    as_json: Json = False,
) -> None:
    """Make a key and print it, this once."""
    from cli.commands.keys import create_key

    create_key(name, scope, as_json=as_json)


@app.command("list")
def keys_list(as_json: Json = False) -> None:
    """List the keys."""
    from cli.commands.keys import list_keys

    list_keys(as_json=as_json)


@app.command("revoke")
def keys_revoke(key_id: str) -> None:
    """End a key at once."""
    from cli.commands.keys import revoke_key

    revoke_key(key_id)


@app.command("rotate")
def keys_rotate(key_id: str, as_json: Json = False) -> None:
    """Replace a key by a new one of the same name and scope, and print that, this once."""
    from cli.commands.keys import rotate_key

    rotate_key(key_id, as_json=as_json)


@app.command("generate")
def keys_generate() -> None:
    """Print a key without storing it, for the setting web.initial_key_file."""
    from cli.commands.keys import generate_key

    generate_key()
