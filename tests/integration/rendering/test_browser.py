"""The browser's life: it ends with its worker, outlives bad pages, and is replaced after many or its death."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config.settings import BrowserSettings
from crawler.browser import browser as module
from crawler.browser import visit
from crawler.browser.browser import PageBrowser
from crawler.browser.page_parts import Part, PartRequest
from crawler.browser.visit import RenderingFailed
from tests.support.browser import chromium_path

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 120


def process_tree(root: int) -> set[tuple[int, str]]:
    """The processes below one, each with its start time, which tells it from a later one of the same number."""
    parents = {pid: fields for pid in _pids() if (fields := _stat(pid)) is not None}
    found, layer = set(), {root}
    while layer:
        layer = {pid for pid, fields in parents.items() if int(fields[1]) in layer}
        found |= {(pid, parents[pid][19]) for pid in layer}
    return found


def still_running(processes: set[tuple[int, str]]) -> set[tuple[int, str]]:
    return {
        (pid, started)
        for pid, started in processes
        if (fields := _stat(pid)) is not None and fields[19] == started and fields[0] != "Z"
    }


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _stat(pid: int) -> list[str] | None:
    """The fields of proc(5)'s stat behind the name: state, parent, …"""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder for the profile of a browser that is killed; a long name is too long for the socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="newsdex-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


async def end_of(processes: set[tuple[int, str]]) -> bool:
    """Wait for processes to end; whether they did."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while still_running(processes) and time.monotonic() < ends_at:
        await asyncio.sleep(0.05)
    return not still_running(processes)


def test_a_worker_that_is_killed_leaves_no_browser() -> None:
    command = [sys.executable, "-m", "tests.support.rendering_process", chromium_path()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "rendered\n"
            below = process_tree(worker.pid)
        finally:
            worker.kill()
        assert len(below) >= 3  # what drives the browser, the browser, and at least one process of it
        assert asyncio.run(end_of(below))


@pytest.mark.parametrize("asking", ["fetch('/news')", "setInterval(() => fetch('/news').catch(() => 0), 10)"])
def test_a_page_that_asks_for_ever_is_taken_when_its_text_rests(monkeypatch: pytest.MonkeyPatch, asking: str) -> None:
    monkeypatch.setattr(module, "PATIENCE_SHARE", 0.01)
    monkeypatch.setattr(visit, "REST_SECONDS", 0.5)
    settings = BrowserSettings(path=Path(chromium_path()), sandbox=False, timeout_seconds=PATIENCE_SECONDS)
    is_over = asyncio.Event()
    end = visit.PageVisit.ended

    async def ended(self: visit.PageVisit) -> None:
        is_over.set()
        await end(self)

    async def serve(request: PartRequest) -> Part | None:
        if "setInterval" not in asking:
            await is_over.wait()  # the answer is held back as long as the page is open
        return None

    async def run() -> bytes:
        browser = PageBrowser(settings, user_agent="newsdex-test", max_page_bytes=4000, environment=os.environ)
        main = Part(
            status=200,
            headers={"content-type": "text/html"},
            body=f"<script>document.write('the story'); {asking}</script>".encode(),
        )
        try:
            return await browser.render("https://paper.example/a", main, serve)
        finally:
            await browser.close()

    monkeypatch.setattr(visit.PageVisit, "ended", ended)
    assert b"the story" in asyncio.run(run())


def test_another_takes_the_place_of_one_that_died_and_pages_that_fail_leave_it_until_it_had_many(
    monkeypatch: pytest.MonkeyPatch, short_folder: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(short_folder))
    monkeypatch.setattr(module, "PAGES_PER_BROWSER", 4)
    patient = BrowserSettings(path=Path(chromium_path()), sandbox=False, timeout_seconds=120)
    hasty = patient.model_copy(update={"timeout_seconds": 2})
    browser = PageBrowser(patient, user_agent="newsdex-test", max_page_bytes=4000, environment=os.environ)
    wanted: list[str] = []
    others = process_tree(os.getpid())
    told: list[str] = []  # what asyncio would print

    async def serve(request: PartRequest) -> Part | None:
        wanted.append(request.url)
        return None

    async def render(body: str) -> str:
        main = Part(status=200, headers={"content-type": "text/html"}, body=body.encode())
        return (await browser.render("https://paper.example/a", main, serve)).decode()

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(repr(context)))
        try:
            assert "as newsdex-test" in await render("<script>document.write('as ' + navigator.userAgent)</script>")
            for pid, _ in process_tree(os.getpid()) - others:
                with suppress(ProcessLookupError):  # it went with another
                    os.kill(pid, signal.SIGKILL)
            with suppress(RenderingFailed):  # the death may be noticed by a page only
                await render("<p>lost</p>")
            assert "found" in await render("<script>document.write('found')</script>")
            its_processes = process_tree(os.getpid()) - others

            with pytest.raises(RenderingFailed, match="larger than 4000 bytes"):
                await render("<script>document.write('long '.repeat(1e5))</script>")
            browser._settings = hasty
            with pytest.raises(RenderingFailed, match=r"longer than browser\.timeout_seconds \(2\)"):
                await render("<script>for (;;);</script>")
            browser._settings = patient
            assert "stays" in await render("<p>stays</p><script>location = '/b'</script>")
            assert await end_of(its_processes)
        finally:
            await browser.close()
        assert browser._process is None
        gc.collect()  # what nobody asked for is told when it is thrown away

    asyncio.run(run())
    assert set(wanted) <= {"https://paper.example/b"}
    assert not [each for each in told if "Connection closed while reading from the driver" in each]
