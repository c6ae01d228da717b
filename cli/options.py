"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from news.rendering import BodyForm

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


class Format(StrEnum):
    """The output format of a story: only its text in some form, or everything as JSON."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


StoryFormat = Annotated[
    Format | None, typer.Option("--format", help="Print the story alone in this form; json is the same as --json.")
]


def body_form(form: Format | None) -> BodyForm | None:
    """The form in which only the story is printed; None when everything is, as text or JSON."""
    from news.rendering import BodyForm

    return BodyForm(form) if form not in (None, Format.JSON) else None


def one_of(*words: str) -> Callable[[str], list[str]]:
    """Those of the words that have a beginning, for shell completion.

    >>> one_of("newest", "oldest")("n")
    ['newest']
    """
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def known_sources(incomplete: str) -> list[str]:
    """Ids of sources with this beginning, for shell completion; none if settings or sources cannot be read."""
    from cli.wiring import settings_here
    from config.sources import load_usable_sources
    from news.errors import NewsdexError

    try:
        sources, _ = load_usable_sources(settings_here())
    except NewsdexError:
        return []
    return [source.id for source in sources if source.id.startswith(incomplete)]
