"""Groups of commands, and how their help lists them."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

MAX_HELP_WIDTH = 120  # columns of the help where the terminal is as wide


class SummarizedGroup(TyperGroup):
    """A group whose help tells the whole first sentence of each command, on as many lines as it takes."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # typer's names for their types are private
        """List the commands that people call."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, _summary(command.help)) for name, command in commands if command and not command.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def command_group(about: str | None = None) -> typer.Typer:
    """A group of commands; without an `about` its commands are the top level's."""
    return typer.Typer(
        cls=SummarizedGroup,
        help=about,
        no_args_is_help=True,
        rich_markup_mode=None,  # the formatted help costs 80 ms of imports at every start
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"max_content_width": MAX_HELP_WIDTH},
    )


def _summary(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split()).rstrip(".")
