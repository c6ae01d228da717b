"""The options that narrow a search: the same wherever a query is given."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.options import known_sources

Source = Annotated[
    list[str] | None,
    typer.Option("--source", autocompletion=known_sources, help="Only this source; repeatable, like the next ones."),
]
Section = Annotated[list[str] | None, typer.Option("--section", help="Only this section.")]
Language = Annotated[list[str] | None, typer.Option("--language", help="Only this language (ISO 639-1).")]
Author = Annotated[list[str] | None, typer.Option("--author", help="Only this author, by the whole name.")]
Agency = Annotated[
    list[str] | None, typer.Option("--agency", help="Only articles crediting this news agency, such as AFP.")
]
Tag = Annotated[list[str] | None, typer.Option("--tag", help="Only this tag of the publisher.")]
From = Annotated[str | None, typer.Option("--from", help="Published on a day (2026-11-20) or later.")]
To = Annotated[str | None, typer.Option("--to", help="Published on a day or earlier.")]

# The parameters of commands that take filters, and their names in the API
NAMES = {
    **{name: name for name in ("source", "section", "language", "author", "agency", "tag")},
    "date_from": "from",
    "date_to": "to",
}


def chosen_filters(context: typer.Context) -> dict[str, Any]:
    """Return the filters given to a command, under the API's names."""
    return {name: context.params[parameter] for parameter, name in NAMES.items()}
