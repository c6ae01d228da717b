"""`keys`: access over HTTP. A key is shown only once, when it is made."""

from __future__ import annotations

from rich.table import Table

from cli.choices import chosen
from cli.output import console, moment, named, print_json, print_table
from cli.wiring import installation
from news.errors import ConfigError, NotFoundError
from news.keys import KeyView, Scope, make_key
from store.clock import utc_now


def create_key(name: str, scope: str, *, as_json: bool) -> None:
    """Make a key and print it."""
    if not name.strip():
        raise ConfigError("a key needs a name: whose it is")
    with installation() as opened:
        view, written = opened.store.keys.create(name, chosen("--scope", scope, Scope), now=utc_now())
        _print_new(view, written, as_json=as_json)


def list_keys(*, as_json: bool) -> None:
    """Print every key without its secret."""
    with installation() as opened:
        views = opened.store.keys.all()
        if as_json:
            print_json(views)
            return
        table = Table(named("id"), "name", "scope", "made", "last used", "revoked", box=None)
        for view in views:
            times = (view.created_at, view.last_used_at, view.revoked_at)
            table.add_row(view.id, view.name, view.scope, *(moment(at, opened.zone) for at in times))
        print_table(table, if_empty="there is no key yet; `newsdex keys create NAME` makes one")


def revoke_key(key_id: str) -> None:
    """Revoke a key at once."""
    with installation() as opened:
        if not opened.store.keys.revoke(key_id, now=utc_now()):
            raise _unknown(key_id)
        console.print(f"key {key_id} is revoked")


def rotate_key(key_id: str, *, as_json: bool) -> None:
    """Replace a key by a new one of the same name and scope, and print that."""
    with installation() as opened:
        made = opened.store.keys.rotate(key_id, now=utc_now())
        if made is None:
            raise _unknown(key_id)
        _print_new(*made, as_json=as_json)


def generate_key() -> None:
    """Print a key without storing it."""
    print(make_key()[1])


def _print_new(view: KeyView, written: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"id": view.id, "name": view.name, "scope": view.scope, "key": written})
        return
    console.print(f"key {view.id} of scope {view.scope} for {view.name}; it is not shown again:")
    print(written)


def _unknown(key_id: str) -> NotFoundError:
    return NotFoundError(f"no key {key_id!r} is in force; `newsdex keys list` shows the ids")
