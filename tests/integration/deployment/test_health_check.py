"""The container's health check asks what the server answers."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import anyio.to_thread
import httpx

from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from search.app import create_app
from tests.support.commands import Commands
from tests.support.newsroom import Newsroom

DOCKERFILE = Path(__file__).resolve().parents[3] / "Dockerfile"


def test_health_check_asks_an_address_that_is_served(empty_newsroom: Newsroom) -> None:
    text = DOCKERFILE.read_text(encoding="utf-8")
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)'", text)
    assert found
    assert f"EXPOSE {found[1]}" in text
    app = create_app(empty_newsroom.service)

    async def status() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return (await client.get(found[2])).status_code

    assert asyncio.run(status()) == 200


def test_the_process_says_that_it_lives_while_every_thread_waits(empty_newsroom: Newsroom) -> None:
    app = create_app(empty_newsroom.service)

    async def status() -> int:
        threads = anyio.to_thread.current_default_thread_limiter()
        while threads.available_tokens:
            threads.acquire_on_behalf_of_nowait(object())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return (await asyncio.wait_for(client.get("/healthz"), timeout=20)).status_code

    assert asyncio.run(status()) == 200


def test_a_search_server_that_hangs_is_soon_said_to_hang() -> None:
    with hanging_server() as url:
        settings = EngineSettings(kind="elasticsearch", elasticsearch_url=url, timeout_seconds=600)
        with closing(make_engine(settings, folder=Path())) as engine:
            health = engine.health()
    assert (health.ok, health.has_index) == (False, True)
    assert url in health.detail


def test_status_says_soon_that_a_search_server_hangs(commands: Commands) -> None:
    with hanging_server() as url:
        commands.configure(engine={"kind": "elasticsearch", "elasticsearch_url": url, "timeout_seconds": 600})
        told = commands.say("status").stdout
    assert f"index: {url}: " in told
    assert "urgent: the search engine does not answer" in told


@contextmanager
def hanging_server() -> Iterator[str]:
    """A server that takes connections and says nothing: without a bound, who asks it waits for ten minutes."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
