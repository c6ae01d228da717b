"""Which browser renders, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import BrowserSettings
from crawler.browser.choice import BrowserMissing, browser_path


def test_the_first_known_name_on_the_path_is_taken() -> None:
    there = {"chromium-browser": "/usr/bin/chromium-browser", "google-chrome": "/usr/bin/google-chrome"}
    assert browser_path(BrowserSettings(), which=there.get, has_extra=lambda: True) == "/usr/bin/chromium-browser"


def test_a_named_program_is_taken_and_anything_else_refused(tmp_path: Path) -> None:
    program = tmp_path / "chrome"
    program.write_text("#!/bin/sh\n")
    with pytest.raises(BrowserMissing, match=r"browser\.path .*chrome is no program"):
        browser_path(BrowserSettings(path=program), has_extra=lambda: True)
    program.chmod(0o755)
    assert browser_path(BrowserSettings(path=program), has_extra=lambda: True) == str(program)


def test_what_is_missing_is_said_with_what_to_install() -> None:
    with pytest.raises(BrowserMissing, match=r"pip install 'newsdex\[browser\]'"):
        browser_path(BrowserSettings(), has_extra=lambda: False)
    with pytest.raises(BrowserMissing, match=r"apt-get install chromium, or set browser\.path"):
        browser_path(BrowserSettings(), which=lambda name: None, has_extra=lambda: True)
