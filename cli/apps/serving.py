"""The commands that run until they are stopped, and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.groups import command_group

app = command_group()

Host = Annotated[str | None, typer.Option(help="The address to listen on; by default the setting web.host.")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, help="The port; by default the setting web.port; 0 picks a free one.")
]


@app.command()
def daemon(
    host: Host = None,
    port: Port = None,
    no_web: Annotated[bool, typer.Option("--no-web", help="Do not serve the page and the API.")] = False,
) -> None:
    """Crawl the sources on schedule, keep the index up to date and serve the page, until it is stopped."""
    from cli.commands.daemon_start import run_daemon

    run_daemon(host=host, port=port, web=not no_web)


@app.command(hidden=True)
def worker() -> None:
    """The process that crawls for the daemon; it is started and told by it."""
    from cli.commands.worker import run_worker

    run_worker()


@app.command()
def web(
    host: Host = None,
    port: Port = None,
) -> None:
    """Serve the page and the API, without crawling."""
    from cli.commands.web import serve_web

    serve_web(host=host, port=port)
