"""Every page in Chromium under axe: nothing on it falls short, on wide and narrow screens, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from news.keys import Scope
from news.requests import RequestKind
from search.params import SearchParams
from tests.support.accessibility import violations
from tests.support.browser import new_context
from tests.support.newsroom import Newsroom, sample_stories
from tests.support.operated import GAZETTE, KURYE, Operated

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operated]:
    """An installation with articles of both directions, an edited one, failures and open requests."""
    folder: Path = tmp_path_factory.mktemp("accessible")
    operated = Operated(folder)
    newsroom = Newsroom.over(operated.store, operated.engine, operated.service)
    for source_id, article in sample_stories():
        newsroom.publish(article, source_id=source_id)
        if article.title.startswith("Why harbour"):
            signed = replace(article, people=("Ayşe Kaya", "Jane Doe"), authors=("Ayşe Kaya", "Jane Doe"))
            newsroom.publish(replace(signed, title="Why tides come twice a day", dek="The Moon passes once."))
    operated.crawl(GAZETTE, stories=3, failing=2)
    operated.crawl(KURYE, stories=1)
    operated.run_daemon()
    operated.operations.requests.ask(RequestKind.FETCH, source_id="kurye")
    newsroom.settle()
    yield operated
    operated.close()


@pytest.fixture(scope="module")
def page(installation: Operated, chromium: Browser) -> Iterator[Page]:
    with installation.served() as site:
        context = new_context(chromium, base_url=site)
        yield context.new_page()
        context.close()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=harbour&section=Science&section=Business&from=2026-11-01",
        "/?q=harbuor",
        "/nowhere",
        "/sources",
        "/sources/gazette",
        "/sources/gazette/completeness",
        "/status",
        "/searches?q=harbour",
        "/login",
        "/help",
    ],
)
def test_axe_finds_nothing_to_complain_of(page: Page, address: str) -> None:
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("query", ["title:tides lang:en", "lang:ar"])
def test_an_article_and_its_versions(page: Page, installation: Operated, query: str) -> None:
    (hit,) = installation.service.search(SearchParams(q=query)).hits
    page.goto(f"/articles/{hit.id}")
    assert violations(page) == []
    changes = page.get_by_role("link", name="What changed")
    if changes.count():
        changes.first.click()
        expect(page.locator(".changes ins, .changes del").first).to_be_visible()
        page.wait_for_load_state()
        assert violations(page) == []


def test_what_an_operator_sees_has_no_barriers(page: Page, installation: Operated) -> None:
    page.goto("/login?next=/status")
    page.get_by_label("Key").fill(installation.key(Scope.OPERATE))
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Crawl now The Sample Gazette").wait_for()
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})  # filters are folded away on narrow screens
    page.goto("/?q=harbour")
    page.get_by_role("link", name="Save this search").click()
    page.get_by_role("button", name="Save this search").click()
    page.get_by_text("Deliver what it finds").click()
    page.get_by_role("button", name="Deliver", exact=True).click()
    assert "/feeds/ndf_" in page.get_by_label("The feed's address.").input_value()
    assert violations(page) == []
    page.context.clear_cookies()
