"""Help comes at once: nothing heavy is imported for it."""

from __future__ import annotations

import json
import sys

import pytest

from tests.support.commands import Commands

LIGHT = {"annotated_doc", "cli", "news", "shellingham", "typer"}  # typer and what it brings
CHECKS = {
    "annotated_types",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
}  # for options
SHOW = "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"
AT_THE_START = f"import json, sys; {SHOW}"
FOR_HELP = f"import atexit, json, sys; atexit.register(lambda: {SHOW}); from cli.main import run; run()"


@pytest.mark.parametrize(
    ("words", "light"),
    [(["--help"], LIGHT), (["crawl", "--help"], LIGHT | CHECKS), (["sources", "--help"], LIGHT | CHECKS)],
)
def test_help_imports_only_the_command_line(commands: Commands, words: list[str], light: set[str]) -> None:
    at_the_start = set(json.loads(commands.run(program=("-c", AT_THE_START)).stderr))
    done = commands.run(*words, program=("-c", FOR_HELP))
    assert done.returncode == 0
    assert "Usage: " in done.stdout
    imported = set(json.loads(done.stderr)) - at_the_start - set(sys.stdlib_module_names)
    assert {name for name in imported if not name.startswith("_")} <= light


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("newsdex back", ["backfill", "backup"]),
        ("newsdex crawl trtw", ["trtworld"]),
        ("newsdex search --as", ["--as-of"]),
    ],
)
def test_shells_complete_commands_options_and_sources(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, typed: str, offered: list[str]
) -> None:
    monkeypatch.setenv("_NEWSDEX_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert commands.say().stdout.split() == offered
