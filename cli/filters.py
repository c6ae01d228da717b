"""The options that narrow a search: the same wherever a query is given."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from cli.options import known_sources

_IS_PHRASE = re.compile(r'[^"():]*\s[^"():]*')

Source = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        autocompletion=known_sources,
        help="Only this source. This and the following filters may be given more than once.",
    ),
]
Section = Annotated[list[str] | None, typer.Option("--section", help="Only this section of the publisher.")]
Language = Annotated[
    list[str] | None, typer.Option("--language", help="Only this language, by its two letters, such as en.")
]
Author = Annotated[list[str] | None, typer.Option("--author", help="Only this author; give the full name.")]
Agency = Annotated[
    list[str] | None, typer.Option("--agency", help="Only articles that credit this news agency, such as AFP.")
]
Tag = Annotated[list[str] | None, typer.Option("--tag", help="Only articles to which the publisher gave this tag.")]
From = Annotated[str | None, typer.Option("--from", help="Published on this day (such as 2026-11-20) or later.")]
To = Annotated[str | None, typer.Option("--to", help="Published on this day or earlier.")]

# The parameters of commands that take filters, and their names in the API
NAMES = {
    **{name: name for name in ("source", "section", "language", "author", "agency", "tag")},
    "date_from": "from",
    "date_to": "to",
}


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY",
        show_default=False,
        help="What to search for, as in the search box: 'ankara \"white house\" -football last:7d'. "
        "May be left out if a filter is given.",
    ),
]


def asked_query(context: typer.Context, words: list[str] | None) -> str:
    """The query that the words of a command line make.

    Of several words, one that the shell's quotes hold together is a phrase, as they would be in the search box.

    Raises BadParameter without any word or filter.
    """
    if words is None and not any(chosen_filters(context).values()):
        raise typer.BadParameter("QUERY is missing", ctx=context)
    words = words or []
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if _IS_PHRASE.fullmatch(word) else word for word in words)


def chosen_filters(context: typer.Context) -> dict[str, Any]:
    """The filters given to a command, under the API's names."""
    return {name: context.params[parameter] for parameter, name in NAMES.items()}
