"""The Dockerfile names what exists, and installs what is locked."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
STEPS = [line.split(None, 1) for line in re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", TEXT)).splitlines() if line]
RULES = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def copied() -> list[str]:
    """What COPY takes from the checkout."""
    words = [step[1].split() for step in STEPS if step[0] == "COPY" and not step[1].startswith("--from=")]
    return [source for each in words for source in each[:-1]]


def reaches_the_build(path: str) -> bool:
    """Whether .dockerignore lets a path through; the last rule that matches it decides."""
    parts = path.split("/")
    prefixes = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    let = True
    for rule in RULES:
        pattern = rule.removeprefix("!")
        deep = pattern.startswith("**/") and any(fnmatch(part, pattern[3:]) for part in parts)
        if deep or any(fnmatch(prefix, pattern) for prefix in prefixes):
            let = rule.startswith("!")
    return let


def test_what_is_copied_exists_and_reaches_the_build() -> None:
    assert copied()
    for path in copied():
        assert (ROOT / path).exists(), path
        assert reaches_the_build(path), path


def test_every_package_is_copied_and_nothing_private() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name.split(".")[0] for name in project["tool"]["setuptools"]["packages"]}
    assert packages <= set(copied())
    for path in (".env", ".git/config", "tests/conftest.py", "cli/__pycache__/main.pyc", "data/newsdex.sqlite"):
        assert not reaches_the_build(path), path


def test_packages_come_from_locks_with_hashes_and_the_wheel_alone_from_here() -> None:
    installs = re.findall(r"pip install ([^&\n]*)", TEXT)
    assert len(installs) == 4
    for options in installs:
        locked = "--require-hashes" in options
        assert locked or ("--no-deps --no-index" in options and "dist/newsdex-" in options), options
    for name in ("requirements.lock", "deploy/build.lock", "deploy/browser.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pinned = [line for line in lines if re.match(r"[a-z0-9-]+==", line)]
        assert pinned
        assert sum("--hash=sha256:" in line for line in lines) >= len(pinned)


def test_build_backend_is_the_one_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    least = re.fullmatch(r"setuptools>=(\d+)", project["build-system"]["requires"][0])
    pinned = re.search(r"^setuptools==(\d+)", (ROOT / "deploy" / "build.lock").read_text(), re.MULTILINE)
    assert least
    assert pinned
    assert int(pinned[1]) >= int(least[1])


def test_container_runs_the_daemon_as_a_user_without_rights() -> None:
    names = [step[0] for step in STEPS]
    last_stage = len(names) - names[::-1].index("FROM")
    final = dict(STEPS[last_stage:])
    assert final["USER"] == "newsdex"
    assert final["ENTRYPOINT"] == '["newsdex"]'
    assert final["CMD"] == '["daemon"]'
    assert final["STOPSIGNAL"] == "SIGTERM"
    assert final["VOLUME"] == "/data"


def test_a_browser_is_installed_on_request_alone_with_the_packages_of_the_extra() -> None:
    """Without the argument the image has no Chromium; with it both stages know."""
    assert [step[1] for step in STEPS if step[0] == "ARG"] == ["BROWSER=", "BROWSER="]
    asked = [step[1] for step in STEPS if "browser.lock" in step[1] or "chromium" in step[1]]
    assert [words.split(";")[0] for words in asked if not words.startswith("requirements")] == [
        'if [ -n "$BROWSER" ]',
        'if [ -n "$BROWSER" ]',
    ]
    pins = re.findall(r"(?m)^[a-z]+==\S+", (ROOT / "deploy" / "browser.lock").read_text(encoding="utf-8"))
    assert {pin.split("==")[0] for pin in pins} == {"greenlet", "playwright"}
    assert set(pins) <= set(re.findall(r"(?m)^\S+==\S+", (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")))
