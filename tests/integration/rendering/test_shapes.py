"""Ways in which scripts bring a story: each is in what the browser hands back."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest

from config.settings import BrowserSettings
from crawler.browser.browser import PageBrowser
from crawler.browser.page_parts import Part, PartRequest
from tests.support.browser import chromium_path

pytestmark = pytest.mark.browser
STORY = [
    "The council decided on Monday evening to build a second bridge across the harbour, after two years of debate.",
    "The mayor said that the work would begin in spring and that the ferry would run until the bridge is opened.",
    "Fishermen had asked for a higher arch, since the boats of today pass the old bridge at low tide only.",
]
SHOW = "const show = (texts, box) => { box.innerHTML = texts.map(text => '<p>' + text + '</p>').join(''); };"
ASK = "fetch('/story.json').then(answer => answer.json())"
OWN_ELEMENT = """
let made = 0;
customElements.define('news-story', class extends HTMLElement {
  constructor() { super(); fetch('/made-' + ++made).catch(() => 0); }
  connectedCallback() { FILL }
});
document.getElementById('root').append(document.createElement('news-story'));
"""
SHAPES = {
    "at once": f"{ASK}.then(texts => show(texts, root))",
    "late": f"setTimeout(() => {ASK}.then(texts => setTimeout(() => show(texts, root), 900)), 900)",
    "without asking": f"setTimeout(() => show({json.dumps(STORY)}, root), 1500)",
    "once scrolled to": f"""new IntersectionObserver(seen => {{
        if (seen.some(one => one.isIntersecting)) {ASK}.then(texts => show(texts, root));
    }}).observe(document.getElementById('end'))""",
    "behind a dialog": f"alert('Welcome'); confirm('Cookies?'); {ASK}.then(texts => show(texts, root))",
    "in a shadow": OWN_ELEMENT.replace(
        "FILL", f"const box = this.attachShadow({{mode: 'open'}}); {ASK}.then(texts => show(texts, box));"
    ),
    "in a slot": OWN_ELEMENT.replace(
        "FILL",
        "this.attachShadow({mode: 'open'}).innerHTML ="
        " '<h2>Shadow</h2><noscript><b>Off</b></noscript><main><slot></slot></main><slot name=more>None</slot>';"
        f"{ASK}.then(texts => show(texts, this));",
    ),
}


def rendered(script: str) -> tuple[str, list[str]]:
    """What the browser hands back of a page with this script, and the paths it asked for."""
    asked: list[str] = []
    settings = BrowserSettings(path=Path(chromium_path()), sandbox=False, timeout_seconds=120)
    page = (
        "<!doctype html><title>Gazette</title><body><div id=root></div><div style='height:4000px'></div>"
        f"<div id=end></div><script>{SHOW}{script}</script>"
    )

    async def serve(request: PartRequest) -> Part | None:
        path = request.url.removeprefix("https://paper.example")
        asked.append(path)
        if path != "/story.json":
            return None
        return Part(status=200, headers={"content-type": "application/json"}, body=json.dumps(STORY).encode())

    async def run() -> bytes:
        browser = PageBrowser(settings, user_agent="newsdex-test", max_page_bytes=100_000, environment=os.environ)
        try:
            main = Part(status=200, headers={"content-type": "text/html"}, body=page.encode())
            return await browser.render("https://paper.example/a", main, serve)
        finally:
            await browser.close()

    return asyncio.run(run()).decode(), asked


@pytest.mark.parametrize("shape", SHAPES)
def test_a_story_is_seen(shape: str) -> None:
    markup, asked = rendered(SHAPES[shape])
    places = [markup.find(f"<p>{text}</p>") for text in STORY]
    assert places == sorted(places)
    assert places[0] > 0, markup
    if shape == "in a slot":
        assert markup.index("<h2>Shadow</h2><noscript><b>Off</b></noscript><main>") < places[0]
        assert markup.index('</main><slot name="more">None</slot>') > places[-1]
    assert [path for path in asked if path.startswith("/made-")] in ([], ["/made-1"]), "the page was looked at only"
