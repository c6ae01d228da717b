"""The commands that set up and maintain an installation, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json

app = command_group()


@app.command()
def status(as_json: Json = False) -> None:
    """Show how much is stored, what is wrong, and how each source is doing."""
    from cli.commands.status import print_status

    print_status(as_json=as_json)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check everything an installation needs, and say what to do about each fault; nothing is changed."""
    from cli.commands.doctor import run_doctor

    run_doctor(as_json=as_json)


@app.command()
def transfer(
    database_url: Annotated[
        str, typer.Argument(help="The address of an empty database, such as postgresql+psycopg://user@host/name.")
    ],
    as_json: Json = False,
) -> None:
    """Copy the database into another one, such as from SQLite to PostgreSQL."""
    from cli.commands.transfer import transfer_record

    transfer_record(database_url, as_json=as_json)


@app.command()
def forget(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="The id of an article, or any of its addresses.")],
    reason: Annotated[str, typer.Option(help="Why you remove it; kept together with the date.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
    unmet: Annotated[
        bool, typer.Option("--unmet", help="Accept an address that was never seen, to keep it from ever being fetched.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Delete an article for good from database, index and archive, and keep it from coming back."""
    from cli.commands.forget import forget_target

    forget_target(target, reason=reason, yes=yes, unmet=unmet, as_json=as_json)


@app.command()
def replay(
    source: Annotated[str | None, typer.Option("--source", help="Only articles of this source.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would change in each field.")] = False,
    as_json: Json = False,
) -> None:
    """Read all stored articles again from the archive, without contacting the publishers."""
    from cli.commands.replay import rehearse_replay, replay_articles

    if dry_run:
        rehearse_replay(source, as_json=as_json)
    else:
        replay_articles(source, as_json=as_json)


@app.command()
def reindex(as_json: Json = False) -> None:
    """Rebuild the search index from the database; searches keep working meanwhile."""
    from cli.commands.reindex import reindex_articles

    reindex_articles(as_json=as_json)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder to write the backup to; not inside data_dir.")],
    without_database: Annotated[
        bool, typer.Option("--without-database", help="Leave out the database, if PostgreSQL's own tools back it up.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Copy database, archive, settings and sources into a new folder; crawls continue meanwhile."""
    from cli.commands.backup import make_backup

    make_backup(folder, without_database=without_database, as_json=as_json)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `newsdex backup` made.")],
    as_json: Json = False,
) -> None:
    """Check a backup and copy it into an empty data_dir; then run `newsdex reindex`."""
    from cli.commands.backup import restore_backup

    restore_backup(folder, as_json=as_json)
