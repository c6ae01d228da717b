"""The commands to start with, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group

app = command_group()


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Exit after the searches instead of serving the page.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the search page; 0 picks a free one.")] = 0,
) -> None:
    """Crawl a bundled sample publisher, index it, search it, and serve the search page."""
    from cli.commands.demo import run_demo

    run_demo(once=once, port=port)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("newsdex.yaml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a settings file that explains every setting, and create a folder for sources beside it."""
    from cli.commands.setup import write_settings

    write_settings(path, force=force)
