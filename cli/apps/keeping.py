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
    """Show how much there is, what is waiting for the index, and how each source is doing."""
    from cli.commands.status import print_status

    print_status(as_json=as_json)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check settings, sources, folders, database, archive, engine and index, and say what to do."""
    from cli.commands.doctor import run_doctor

    run_doctor(as_json=as_json)


@app.command()
def transfer(
    database_url: Annotated[str, typer.Argument(help="An empty database: postgresql+psycopg://user@host/name.")],
    as_json: Json = False,
) -> None:
    """Copy the record into another database, such as PostgreSQL once it has outgrown SQLite."""
    from cli.commands.transfer import transfer_record

    transfer_record(database_url, as_json=as_json)


@app.command()
def forget(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's id or any URL.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the date.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    unmet: Annotated[bool, typer.Option("--unmet", help="Also an address that was never met.")] = False,
    as_json: Json = False,
) -> None:
    """Remove an article for good from record, index and archive, and keep it from coming back."""
    from cli.commands.forget import forget_target

    forget_target(target, reason=reason, yes=yes, unmet=unmet, as_json=as_json)


@app.command()
def replay(
    source: Annotated[str | None, typer.Option("--source", help="Only this source.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say by field what would change, only.")] = False,
    as_json: Json = False,
) -> None:
    """Extract every stored version again from the archive, without contacting the publishers."""
    from cli.commands.index import rehearse_replay, replay_articles

    if dry_run:
        rehearse_replay(source, as_json=as_json)
    else:
        replay_articles(source, as_json=as_json)


@app.command()
def reindex(as_json: Json = False) -> None:
    """Rebuild the search index from the store; searches keep working meanwhile."""
    from cli.commands.index import reindex_articles

    reindex_articles(as_json=as_json)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder, outside data_dir.")],
    without_database: Annotated[
        bool, typer.Option("--without-database", help="Only archive, settings and sources; for PostgreSQL.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Copy the record, the settings and your sources into a folder; crawls continue meanwhile."""
    from cli.commands.backup import make_backup

    make_backup(folder, without_database=without_database, as_json=as_json)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `newsdex backup` made.")],
    as_json: Json = False,
) -> None:
    """Verify a backup and put it into an empty data_dir; run `newsdex reindex` next."""
    from cli.commands.backup import restore_backup

    restore_backup(folder, as_json=as_json)
