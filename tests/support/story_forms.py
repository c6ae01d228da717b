"""The forms of address that the shipped sources name."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from config.sources import load_source
from news.identity import StoryForms


@cache
def shipped_forms() -> StoryForms:
    """Those of all shipped sources."""
    with as_file(files("config") / "sources") as folder:
        sources = [load_source(path) for path in sorted(folder.glob("*.yaml"))]
    return StoryForms(form for source in sources for form in source.address_forms)
