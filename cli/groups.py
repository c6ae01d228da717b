"""Groups of commands, and how their help lists them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

MAX_HELP_WIDTH = 120  # columns of the help where the terminal is as wide


class SummarizedGroup(TyperGroup):
    """A group whose help tells the whole first sentence of each command, on as many lines as it takes, by sections."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # typer's names for their types are private
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


def command_group(about: str | None = None, *, completes: bool = False) -> typer.Typer:
    """A group of commands; without an `about` its commands are the top level's.

    One that `completes` has the options that install what shells complete its commands by.
    """
    return typer.Typer(
        cls=SummarizedGroup,
        help=about,
        no_args_is_help=True,
        rich_markup_mode=None,  # the formatted help costs 80 ms of imports at every start
        pretty_exceptions_enable=False,
        add_completion=completes,
        context_settings={"max_content_width": MAX_HELP_WIDTH},
    )


def add_section(app: typer.Typer, heading: str, commands: typer.Typer) -> None:
    """Take the commands of a group without a name, listed under a heading."""
    for command in commands.registered_commands:
        command.rich_help_panel = heading
    app.add_typer(commands)


def _summary(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).rstrip(".")
