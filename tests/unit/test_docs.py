"""What exists is documented."""

from __future__ import annotations

from pathlib import Path

import typer.main

from cli.main import app

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _commands() -> list[str]:
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # a Typer of commands is a group
        children = getattr(command, "commands", None)
        names += [f"{name} {child}" for child in children] if children else [name]
    return names


def test_every_command_is_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    commands = _commands()
    assert "crawl" in commands
    assert [name for name in commands if f"`newsdex {name}`" not in text] == []
