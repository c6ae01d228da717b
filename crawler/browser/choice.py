"""Choosing the browser that renders pages, or saying what to install if there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec

from config.settings import BrowserSettings

NAMES = ("chromium", "chromium-browser", "google-chrome")  # as Debian, Ubuntu and Google call it


class BrowserMissing(Exception):
    """There is no browser to render with; the text says what to install."""


def browser_path(
    settings: BrowserSettings,
    *,
    which: Callable[[str], str | None] = shutil.which,
    has_extra: Callable[[], bool] = lambda: find_spec("playwright") is not None,
) -> str:
    """The executable of the browser. Raises BrowserMissing."""
    if not has_extra():
        raise BrowserMissing("the extra for rendering is not installed; run pip install 'newsdex[browser]'")
    if settings.path is not None:
        named = settings.path.expanduser()
        if not os.access(named, os.X_OK) or named.is_dir():
            raise BrowserMissing(f"browser.path {named} is no program; name Chromium's executable")
        return str(named)
    found = next((path for name in NAMES if (path := which(name)) is not None), None)
    if found is None:
        raise BrowserMissing("there is no Chromium; run apt-get install chromium, or set browser.path")
    return found
