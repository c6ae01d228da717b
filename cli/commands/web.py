"""`web`: the search page and the API."""

from __future__ import annotations

from cli.commands.search import service_of
from cli.operating import operations_of
from cli.output import console
from cli.web_app import web_app
from cli.wiring import installation
from search.web.server import serve


def serve_web(*, host: str | None, port: int | None) -> None:
    """Serve until stopped."""
    with installation() as opened:
        web = opened.settings.web
        host, port = host or web.host, web.port if port is None else port
        operations = operations_of(opened)
        app = web_app(opened, service_of(opened), operations, host=host)
        serve(
            app,
            host,
            port,
            lambda url: console.print(f"newsdex answers at {url}"),
            on_stop=operations.stopping.set,
        )
