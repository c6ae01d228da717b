"""`web`: the search page and the API."""

from __future__ import annotations

from cli.operating import operations_of, web_app
from cli.output import console
from cli.wiring import Installation, installation
from search.server import serve
from search.service import SearchService


def service_of(opened: Installation) -> SearchService:
    """The search service of an installation."""
    return SearchService(opened.engine, opened.store, {source.id: source.name for source in opened.sources})


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
