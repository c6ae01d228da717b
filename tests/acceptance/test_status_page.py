"""The status page in Chromium: with and without JavaScript, on desks and phones, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from news.keys import Scope
from news.requests import RequestKind
from tests.support.browser import fresh_page, new_context
from tests.support.operated import GAZETTE, KURYE, Operated

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(operated: Operated) -> Operated:
    """An installation with a past, a daemon, failures and open requests."""
    operated.crawl(GAZETTE, stories=3, failing=2)
    operated.crawl(KURYE, stories=1)
    operated.run_daemon()
    operated.operations.requests.ask(RequestKind.FETCH, source_id="kurye")
    return operated


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request: pytest.FixtureRequest, chromium: Browser, busy: Operated) -> Iterator[Page]:
    with busy.served() as site, fresh_page(chromium, site, has_javascript=request.param) as page:
        yield page


def log_in(page: Page, key: str) -> None:
    page.goto("/status")
    page.get_by_role("link", name="Log in to crawl, pause and resume").click()
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Status")


def test_an_operator_crawls_pauses_resumes_and_cancels(page: Page, busy: Operated) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="newsdex").get_by_role("link", name="Status").click()
    expect(page.get_by_role("button", name="Crawl now")).to_have_count(0)
    log_in(page, busy.key(Scope.OPERATE))

    page.get_by_role("button", name="Crawl now The Sample Gazette").click()
    work = page.get_by_role("region", name="Work").get_by_role("listitem")
    expect(work.filter(has_text="Crawl · The Sample Gazette")).to_contain_text("open")
    page.get_by_role("button", name="Pause The Sample Gazette").click()
    expect(work.filter(has_text="Crawl · The Sample Gazette")).to_contain_text("waits: gazette is paused")
    gazette = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="The Sample Gazette"))
    expect(gazette).to_contain_text("when resumed")

    page.get_by_role("button", name="Cancel Crawl · The Sample Gazette").click()
    expect(work.filter(has_text="Crawl · The Sample Gazette")).to_contain_text("cancelled")
    page.get_by_role("button", name="Resume The Sample Gazette").click()
    expect(gazette).to_contain_text("in 7 min")

    page.get_by_role("button", name="Pause everything").click()
    expect(page.get_by_text("Everything is paused since")).to_be_visible()
    page.get_by_role("button", name="Resume everything").click()
    page.get_by_role("button", name="Retry all that failed").click()
    expect(work.filter(has_text="Fetch again · what failed")).to_contain_text("0 of 2")
    page.get_by_role("button", name="Log out").click()
    page.goto("/status")
    expect(page.get_by_role("button", name="Crawl now")).to_have_count(0)


def test_a_request_s_progress_is_seen(page: Page, busy: Operated) -> None:
    page.goto("/status")
    bar = page.get_by_role("progressbar", name="0 of 1")
    expect(bar).to_have_attribute("max", "1")
    busy.crawl(KURYE, stories=1)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("region", name="Work")).to_contain_text("done now")


def test_where_others_reach_it_the_page_asks_for_a_key_first(chromium: Browser, busy: Operated) -> None:
    with busy.served(open_reads=False) as site:
        context = new_context(chromium, base_url=site)
        page = context.new_page()
        page.goto("/?q=story&source=gazette")
        page.get_by_label("Key").fill(busy.key(Scope.READ))
        page.keyboard.press("Enter")
        expect(page.get_by_label("Search articles")).to_have_value("story")
        assert page.url.endswith("/?q=story&source=gazette")
        (cookie,) = context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        context.close()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_the_screen(chromium: Browser, busy: Operated, tmp_path: Path, width: int) -> None:
    with busy.served() as site:
        context = new_context(
            chromium,
            base_url=site,
            viewport={"width": width, "height": 800},
        )
        page = context.new_page()
        for path in ("/login", "/status", f"/searches?q={'x' * 500}"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path[:40]
        log_in(page, busy.key(Scope.OPERATE))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot = tmp_path / "page.png"
        page.screenshot(path=shot)
        assert shot.stat().st_size > 5_000, "it looks blank"
        context.close()
