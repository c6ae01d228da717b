"""Starting and stopping the web server as its own process would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from search.errors import CannotListen
from search.web.server import WebServer
from tests.support.browser import serving

ROOT = Path(__file__).parents[3]
PROGRAM = """
import asyncio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from search.web.server import serve

async def slow(request):
    print("begun", flush=True)
    await asyncio.sleep(0.5)
    return PlainTextResponse("finished")

serve(Starlette(routes=[Route("/", slow)]), "127.0.0.1", 0, lambda url: print(url, flush=True))
print("ended", flush=True)
"""


def test_an_address_in_use_is_one_line_that_says_what_to_do() -> None:
    with serving(Starlette()) as url:
        port = int(url.rstrip("/").rsplit(":", 1)[1])
        with pytest.raises(CannotListen, match=rf"127\.0\.0\.1 port {port}: .*web\.port"):
            WebServer(Starlette(), host="127.0.0.1", port=port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CannotListen, match=r"cannot listen on 192\.0\.2\.1"):
        WebServer(Starlette(), host="192.0.2.1", port=0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_finishes_what_is_under_way_and_ends_well(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    try:
        with httpx.Client(trust_env=False, timeout=60) as client, client.stream("GET", url) as answer:
            assert process.stdout.readline() == "begun\n"
            process.send_signal(number)
            assert answer.read() == b"finished"
        out, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out, errors) == (0, "ended\n", "")
