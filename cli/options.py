"""Options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from news.rendering import BodyForm

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


class Format(StrEnum):
    """How a story is printed: its text alone in some form, or all as JSON."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


StoryFormat = Annotated[Format | None, typer.Option("--format", help="The story alone in this form; json is --json.")]


def body_form(form: Format | None) -> BodyForm | None:
    """The form a story alone is printed in; None where all is told, as text or JSON."""
    from news.rendering import BodyForm

    return BodyForm(form) if form not in (None, Format.JSON) else None


def known_sources(incomplete: str) -> list[str]:
    """Ids of sources that begin so, for shells that complete them; none where settings or sources cannot be read."""
    from cli.wiring import settings_here
    from config.sources import load_usable_sources
    from news.errors import NewsdexError

    try:
        sources, _ = load_usable_sources(settings_here())
    except NewsdexError:
        return []
    return [source.id for source in sources if source.id.startswith(incomplete)]
