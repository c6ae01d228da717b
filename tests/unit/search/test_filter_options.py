"""Every command that takes a query takes every filter of the API."""

from __future__ import annotations

import pytest
import typer.main
from typer.core import TyperGroup, TyperOption

from cli.filters import NAMES
from cli.main import app
from search.params import SearchedFor

FILTERS = {field.alias or name for name, field in SearchedFor.model_fields.items()} - {"q", "strict"}


def test_the_filters_of_the_command_line_are_those_of_the_api() -> None:
    assert set(NAMES.values()) == FILTERS


@pytest.mark.parametrize("words", [("search",), ("searches", "add"), ("searches", "test")])
def test_a_command_that_searches_takes_every_filter(words: tuple[str, ...]) -> None:
    command = typer.main.get_command(app)
    for word in words:
        assert isinstance(command, TyperGroup)
        command = command.commands[word]
    options = {option.name: option.opts for option in command.params if isinstance(option, TyperOption)}
    assert {name: options.get(name) for name in NAMES} == {name: [f"--{option}"] for name, option in NAMES.items()}
