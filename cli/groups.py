"""Groups of commands, and how their help lists them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

MAX_HELP_WIDTH = 120  # columns of the help if the terminal is that wide


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


def command_group(about: str | None = None, *, completes: bool = False) -> typer.Typer:
    """Make a group of commands; without an `about` its commands belong to the top level.

    One that `completes` has the options that install shell completion.
    """
    return typer.Typer(
        cls=SummarizedGroup,
        help=about,
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


def _summary(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).rstrip(".")
