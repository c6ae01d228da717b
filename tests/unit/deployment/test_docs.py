"""What docs/deployment.md and docs/kibana.md tell people to do can be done."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer.main
import yaml

from cli.main import app

ROOT = Path(__file__).resolve().parents[3]
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("deployment.md", "kibana.md")}
TEXT = "\n".join(PAGES.values())
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def code() -> str:
    """Indented lines without their comments, and what stands in back quotes."""
    lines = [line.partition(" #")[0] for line in re.findall(r"^ {4}.*$", TEXT, re.MULTILINE)]
    return "\n".join(lines + re.findall(r"`([^`\n]+)`", TEXT))


def test_every_command_exists() -> None:
    group = typer.main.get_command(app)
    known = set(group.commands)  # type: ignore[attr-defined]  # a Typer of commands is a group
    named = set(re.findall(r"\bnewsdex ([a-z]+)\b", code())) - set(COMPOSE["services"])
    assert {"backup", "restore", "reindex", "doctor", "daemon"} <= named
    assert named <= known


def test_every_file_of_the_checkout_is_there() -> None:
    named = set(re.findall(r"\b((?:deploy|config|docs|tests)/[\w./-]*\w)", TEXT))
    assert "config/kibana/newsdex.ndjson" in named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_variable_is_one_of_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    known = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    named = set(re.findall(r"`((?:NEWSDEX|ELASTIC|KIBANA|COMPOSE)_[A-Z_]+)", TEXT)) - {"COMPOSE_CLIENT"}
    assert {name for name in named if "__" not in name} <= known


@pytest.mark.parametrize("kind", ["dashboard", "search"])
def test_objects_are_called_in_kibana_as_the_page_calls_them(kind: str) -> None:
    lines = (ROOT / "config" / "kibana" / "newsdex.ndjson").read_text(encoding="utf-8").splitlines()
    titles = {one["attributes"]["title"] for one in map(json.loads, lines) if one["type"] == kind}
    named = set(re.findall(r"\*(newsdex: [\w ]+)\*", PAGES["kibana.md"]))
    assert named & titles
    for title in titles:
        assert f"*{title.removeprefix('newsdex: ')}*" in PAGES["kibana.md"]
    for name in named:
        assert any(json.loads(line)["attributes"]["title"] == name for line in lines)
