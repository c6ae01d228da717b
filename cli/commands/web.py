"""`web`: the search page and the API."""

from __future__ import annotations

from cli.output import console
from cli.wiring import Installation, installation
from search.app import create_app
from search.server import serve
from search.service import SearchService


def service_of(opened: Installation) -> SearchService:
    """The search service of an installation."""
    return SearchService(opened.engine, opened.store, {source.id: source.name for source in opened.sources})


def serve_web(*, host: str | None, port: int | None) -> None:
    """Serve until stopped."""
    with installation() as opened:
        web = opened.settings.web
        chosen = web.port if port is None else port
        app = create_app(service_of(opened))
        serve(app, host or web.host, chosen, lambda url: console.print(f"newsdex answers at {url}"))
