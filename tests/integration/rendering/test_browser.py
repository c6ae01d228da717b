"""The browser's life: it ends with its worker, outlives a page that never rests, and is replaced after many pages."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.settings import BrowserSettings
from crawler import browser as module
from crawler.browser import PageBrowser
from crawler.browser_visit import RenderingFailed
from crawler.page_parts import Part, PartRequest
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
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while still_running(below) and time.monotonic() < ends_at:
            time.sleep(0.05)
        assert still_running(below) == set()


def test_pages_that_fail_do_not_end_it_and_after_so_many_another_takes_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PAGES_PER_BROWSER", 3)
    patient = BrowserSettings(path=Path(chromium_path()), sandbox=False, timeout_seconds=60)
    hasty = patient.model_copy(update={"timeout_seconds": 2})
    browser = PageBrowser(patient, user_agent="newsdex-test", max_page_bytes=4000, environment=os.environ)
    wanted: list[str] = []

    async def serve(request: PartRequest) -> Part | None:
        wanted.append(request.url)
        return None

    async def render(body: str) -> str:
        main = Part(status=200, headers={"content-type": "text/html"}, body=body.encode())
        return (await browser.render("https://paper.example/a", main, serve)).decode()

    async def run() -> None:
        try:
            with pytest.raises(RenderingFailed, match="larger than 4000 bytes"):
                await render("<script>document.write('long '.repeat(1e5))</script>")
            first = browser._process
            assert "as newsdex-test" in await render("<script>document.write('as ' + navigator.userAgent)</script>")
            assert browser._process is first
            browser._settings = hasty
            with pytest.raises(RenderingFailed, match=r"longer than browser\.timeout_seconds \(2\)"):
                await render("<script>for (;;);</script>")
            browser._settings = patient
            moved = await render("<p>stays</p><script>location = '/b'; fetch('/c').catch(() => 0)</script>")
            assert "stays" in moved
            assert browser._process is not first
            assert first is not None
            assert not first.browser.is_connected()
        finally:
            await browser.close()
        assert browser._process is None

    asyncio.run(run())
    assert set(wanted) == {"https://paper.example/b", "https://paper.example/c"}
