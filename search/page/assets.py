"""The static files of the page, at addresses that change with their content."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC_PATH = "/static"
STATIC_FOLDER = Path(str(files("search.page").joinpath("static")))


class StaticAssets(StaticFiles):
    """Static files that browsers may cache forever: their addresses change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def asset_addresses() -> dict[str, str]:
    """Every static file's address with its digest, so that browsers cache it until it changes."""
    return {
        path.name: f"{STATIC_PATH}/{path.name}?v={sha256(path.read_bytes()).hexdigest()[:12]}"
        for path in STATIC_FOLDER.iterdir()
        if path.is_file()
    }
