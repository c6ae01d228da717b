"""Groups of commands, and how their help lists them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

MAX_HELP_WIDTH = 120  # columns of the help if the terminal is that wide
_TYPES = {"str": "text", "int": "number", "int range": "number", "Path": "path"}  # Python's words, and people's
_RANGE = re.compile(r"(\d+)<=x<=(\d+)")
_TYPE = re.compile(r"<(?:list\[)?([A-Za-z ]+)\]?>")


class PlainCommand(TyperCommand):
    """A command whose help names kinds of values in plain words, and arguments in capitals."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage line: QUERY, not {query}."""
        words = super().collect_usage_pieces(ctx)
        return [word.strip("{}").upper().replace("_", "-") for word in words]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """List arguments, then options."""
        arguments, options = [], []
        for param in self.get_params(ctx):
            if (row := param.get_help_record(ctx)) is not None:
                words, about = _TYPE.sub(_plain_type, row[0]), _RANGE.sub(r"\1 to \2", row[1])
                if param.param_type_name == "argument":
                    arguments.append((words.partition(" <")[0].upper().replace("_", "-"), about))
                else:
                    options.append((words, about))
        for heading, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class SummarizedGroup(TyperGroup):
    """A group whose help shows each command's whole first sentence, on as many lines as it takes, by sections."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # typer's names for these types are private
        """List the commands that people call."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            if not command.hidden:
                section = command.rich_help_panel or "Commands"
                sections.setdefault(section, []).append((name, _summary(command.help)))
        for section, rows in sections.items():
            with formatter.section(section):
                formatter.write_dl(rows)


class Commands(typer.Typer):
    """Commands with plain help."""

    def command(self, *names: Any, **options: Any) -> Callable[[Any], Any]:
        """Register a command, as typer's own method does."""
        return super().command(*names, **{"cls": PlainCommand, **options})


def command_group(about: str | None = None, *, ending: str | None = None, completes: bool = False) -> typer.Typer:
    """Make a group of commands; without an `about` its commands belong to the top level.

    One that `completes` has the options that install shell completion; an `ending` is printed below its help.
    """
    return Commands(
        cls=SummarizedGroup,
        help=about,
        epilog=ending,
        no_args_is_help=True,
        rich_markup_mode=None,  # the formatted help takes 80 ms of imports at every start
        pretty_exceptions_enable=False,
        add_completion=completes,
        context_settings={"max_content_width": MAX_HELP_WIDTH},
    )


def add_section(app: typer.Typer, heading: str, commands: typer.Typer) -> None:
    """Add the commands of an unnamed group, listed under a heading."""
    for command in commands.registered_commands:
        command.rich_help_panel = heading
    app.add_typer(commands)


def _plain_type(found: re.Match[str]) -> str:
    return f"<{_TYPES.get(found[1], found[1])}>"


def _summary(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).rstrip(".")
