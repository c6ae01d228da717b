"""The page in Chromium: search, filter and read, with and without JavaScript, asking no other host for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from search.app import create_app
from search.params import SearchParams
from tests.support.browser import fresh_page, new_context, serving
from tests.support.newsroom import Newsroom

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(newsroom: Newsroom) -> Iterator[str]:
    with serving(create_app(newsroom.service)) as url:
        yield url


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    with fresh_page(chromium, site, has_javascript=request.param) as page:
        yield page


def test_a_reader_searches_filters_and_reads(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search articles").fill("harbour")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 articles for harbour")
    expect(page.locator(".hit mark").first).to_have_text("harbour")

    page.get_by_role("link", name="Science", exact=False).filter(has_text="1").first.click()
    expect(page.locator(".hit")).to_have_count(1)
    assert "section=Science" in page.url

    page.get_by_role("link", name="Why harbour tides come twice a day").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why harbour tides come twice a day")
    expect(page.get_by_role("complementary", name="Record")).to_contain_text("sample.warc.gz")

    page.go_back()
    page.get_by_role("link", name="Remove filter Science").click()
    expect(page.locator(".hit")).to_have_count(2)


def test_dates_are_set_by_form(page: Page) -> None:
    page.goto("/")
    page.get_by_label("From", exact=True).fill("2026-11-18")
    page.get_by_label("To", exact=True).fill("2026-11-19")
    page.get_by_role("button", name="Set dates").click()
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.get_by_label("From", exact=True)).to_have_value("2026-11-18")


def test_the_timeline_narrows_by_a_bar_and_by_dragging(chromium: Browser, site: str) -> None:
    context = new_context(chromium, base_url=site, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto("/")
    line = page.locator(".timeline svg")
    expect(page.locator(".timeline figcaption")).to_contain_text("Nov 2026")
    box = line.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=4)
    page.mouse.up()
    page.wait_for_url("**/?*to=*")
    assert "from=" in page.url
    page.go_back()
    expect(page.locator(".timeline a")).not_to_have_count(0)
    page.locator(".timeline a").last.click()
    page.wait_for_url("**/?*from=*")
    expect(page.locator(".hit")).not_to_have_count(0)
    context.close()


def test_the_timeline_narrows_by_the_keyboard(chromium: Browser, site: str) -> None:
    context = new_context(chromium, base_url=site)
    page = context.new_page()
    page.goto("/")
    bars = page.locator(".timeline a")
    expect(page.locator(".timeline a[tabindex='0']")).to_have_count(1)
    bars.last.focus()
    for key in ("ArrowLeft", "ArrowRight", "Home", "ArrowRight"):
        page.keyboard.press(key)
    expect(bars.nth(1)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".timeline a.in")).to_have_count(2)
    expect(page.locator(".timeline output")).to_contain_text("Enter narrows")
    start, end = (bars.nth(number).get_attribute("href") or "" for number in (1, 2))
    page.keyboard.press("Enter")
    page.wait_for_url("**/?*from=*")
    narrowed = parse_qs(urlsplit(page.url).query)
    assert (narrowed["from"], narrowed["to"]) == (parse_qs(start[2:])["from"], parse_qs(end[2:])["to"])
    context.close()


def test_without_scripts_each_bar_is_a_link_that_the_tab_key_reaches(chromium: Browser, site: str) -> None:
    context = new_context(chromium, base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator(".sorts a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".timeline a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?*from=*")
    context.close()


def test_words_are_completed_while_they_are_typed(chromium: Browser, site: str) -> None:
    context = new_context(chromium, base_url=site)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search articles").press_sequentially("tid")
    expect(page.locator("#completions option")).to_have_attribute("value", "tides")
    context.close()


def test_a_misspelt_word_is_put_right(page: Page) -> None:
    page.goto("/?q=harbuor")
    page.get_by_role("link", name="harbour", exact=True).click()
    expect(page.locator(".hit")).to_have_count(2)


def test_the_keyboard_reaches_content_and_search(chromium: Browser, site: str) -> None:
    context = new_context(chromium, base_url=site)
    page = context.new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search articles")).to_be_focused()
    page.keyboard.type("gelgit/")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(1)
    page.goto("/")
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(".hit h2 a").nth(number)).to_be_focused()
    page.locator(".hit .source").nth(1).focus()
    page.keyboard.press("j")  # from anywhere in an article of the list
    expect(page.locator(".hit h2 a").nth(2)).to_be_focused()
    context.close()


LONG_WORDS = [f"/?q={'x' * 600}", f"/?section={'x' * 200}"]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_the_screen(chromium: Browser, site: str, newsroom: Newsroom, tmp_path: Path, width: int) -> None:
    (hit,) = newsroom.service.search(SearchParams(q="title:tides language:en")).hits
    context = new_context(chromium, base_url=site, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in ("/", "/?q=harbour&section=Science", f"/articles/{hit.id}", "/?q=zeppelin", "/nowhere", *LONG_WORDS):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path[:40]
        shot = tmp_path / "page.png"
        page.screenshot(path=shot)
        assert shot.stat().st_size > 5_000, f"{path} looks blank"  # a blank 320 by 800 page takes about 1 kB
    context.close()


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(chromium: Browser, site: str) -> None:
    for width, is_open in ((390, False), (1280, True)):
        context = new_context(chromium, base_url=site, viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto("/")
        assert page.get_by_label("From", exact=True).is_visible() is is_open
        if not is_open:
            page.get_by_text("Filters", exact=True).click()
            expect(page.get_by_label("From", exact=True)).to_be_visible()
        context.close()
