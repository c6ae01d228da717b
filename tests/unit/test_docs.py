"""What the command line has is documented, and what is documented it has.

The settings' part of this is tests/unit/config/test_reference.py, the API's tests/integration/search/test_api.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from cli.main import app

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGES = ("benchmarks", "cli", "config", "crawler", "indexer", "news", "scheduler", "search", "store", "tests")
JSON_MARK = "*"  # in a command's first cell: it takes --json


def commands_of(group: object, prefix: str = "") -> dict[str, TyperCommand]:
    """Every command that does something, by its words."""
    assert isinstance(group, TyperGroup)
    found: dict[str, TyperCommand] = {}
    for name, command in group.commands.items():
        if command.hidden:  # run by newsdex itself
            continue
        if isinstance(command, TyperCommand):
            found[prefix + name] = command
        else:
            found |= commands_of(command, f"{prefix}{name} ")
    return found


def options_of(command: TyperCommand | TyperGroup) -> set[str]:
    """The options a command takes."""
    return {name for option in command.params if isinstance(option, TyperOption) for name in option.opts} - {"--help"}


def documented() -> dict[str, set[str]]:
    """The commands of the table in docs/commands.md, each with its options."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    found = {}
    for name, mark, about in re.findall(r"(?m)^\| `newsdex ([^`]+)`( \*)? \| (.*) \|$", text):
        found[name] = set(re.findall(r"(?<![\w-])--[a-z-]+", about)) | ({"--json"} if JSON_MARK in mark else set())
    return found


COMMANDS = commands_of(typer.main.get_command(app))


def test_exactly_the_commands_that_exist_are_documented() -> None:
    assert {"crawl", "sources list"} <= COMMANDS.keys()
    assert documented().keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_exactly_the_options_that_exist_are_documented(name: str) -> None:
    assert documented().get(name) == options_of(COMMANDS[name])


@pytest.mark.parametrize("words", [[], ["sources"], ["searches"]], ids=["newsdex", "sources", "searches"])
def test_help_tells_the_whole_first_sentence_of_each_command(words: list[str]) -> None:
    told = " ".join(CliRunner().invoke(app, [*words, "--help"]).stdout.split())
    prefix = "".join(f"{word} " for word in words)
    for name, command in COMMANDS.items():
        if name.startswith(prefix) and " " not in name.removeprefix(prefix):
            summary = " ".join((command.help or "").split("\n\n")[0].split())
            assert f"{name.removeprefix(prefix)} {summary.rstrip('.')}" in told


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_each_word_is_in_no_programmers_terms(name: str) -> None:
    told = CliRunner().invoke(app, [*name.split(), "--help"]).stdout
    assert not re.search(r"list\[|<str>|<int|[{}]", told), told
    assert all(getattr(each, "help", None) for each in COMMANDS[name].params), told


def test_the_options_of_every_command_are_documented() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert {name for name in options_of(group) if name not in text} == set()


def test_pages_that_code_names_are_there() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    named = {(path, name) for path in files for name in re.findall(r"\bdocs/[\w/-]+\.md", path.read_text("utf-8"))}
    assert len(named) > 20
    assert {f"{path.relative_to(ROOT)} names {name}" for path, name in named if not (ROOT / name).is_file()} == set()
