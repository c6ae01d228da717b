"""The commands of `newsdex keys` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json, one_of

app = command_group("Keys that let people and programs use the page and the API.")

KeyId = Annotated[str, typer.Argument(help="The id of the key, as shown by `newsdex keys list`.")]


@app.command("create")
def keys_create(
    name: Annotated[str, typer.Argument(help="Whose key it is, or what it is for.")],
    scope: Annotated[
        str,
        typer.Option(
            autocompletion=one_of("read", "operate", "admin"),
            help="What it allows: read, operate (crawl, cancel, pause, resume) or admin.",
        ),
    ] = "read",
    as_json: Json = False,
) -> None:
    """Create a key and print it; it cannot be shown again."""
    from cli.commands.keys import create_key

    create_key(name, scope, as_json=as_json)


@app.command("list")
def keys_list(as_json: Json = False) -> None:
    """List the keys, without their secrets."""
    from cli.commands.keys import list_keys

    list_keys(as_json=as_json)


@app.command("revoke")
def keys_revoke(key_id: KeyId) -> None:
    """Make a key invalid immediately."""
    from cli.commands.keys import revoke_key

    revoke_key(key_id)


@app.command("rotate")
def keys_rotate(key_id: KeyId, as_json: Json = False) -> None:
    """Replace a key with a new one of the same name and scope, and print the new one."""
    from cli.commands.keys import rotate_key

    rotate_key(key_id, as_json=as_json)


@app.command("generate")
def keys_generate() -> None:
    """Print a key without storing it, for the setting web.initial_key_file."""
    from cli.commands.keys import generate_key

    generate_key()
