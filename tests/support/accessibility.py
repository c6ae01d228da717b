"""axe-core in a browser: what of a page falls short of WCAG 2.2 AA or of axe's own advice."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEWS = tuple((width, scheme) for width in (1280, 390) for scheme in ("light", "dark"))


@cache
def _axe() -> str:
    from axe_playwright_python.base import AXE_SCRIPT  # the script in a file of the package

    return str(AXE_SCRIPT)


def violations(page: Page) -> list[str]:
    """What is wrong with the page as it stands on wide and narrow screens, light and dark: view, rule and element."""
    page.evaluate(_axe())
    found = []
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        answer: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
        assert answer["testEngine"]["name"] == "axe-core"
        assert answer["passes"], "axe looked at nothing"
        found += [
            f"{width} {scheme}: {rule['id']} ({rule['impact']}) {json.dumps(node['target'])} {node['html'][:120]}"
            for rule in answer["violations"]
            for node in rule["nodes"]
        ]
    return found
