"""Source files drafted for a site: choosing an id, writing the lines, and checking that the loader accepts them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.sources import is_source_id, parse_source
from news.source import Section, Source

MAX_ID_LENGTH = 64
MAX_NAME_LENGTH = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The contents of a new source file; what is left out keeps its default."""

    name: str
    home_url: str
    comments: Sequence[str] = ()  # lines at the top of the file
    language: str | None = None
    time_zone: str | None = None
    feeds: Sequence[str] = ()
    sitemaps: Sequence[str] = ()
    sitemaps_from_robots: bool = True
    sections: Sequence[Section] = ()
    hosts: Sequence[str] = ()
    articles: Sequence[str] = ()
    renders: bool = False


def draft_text(draft: Draft) -> str:
    """The YAML of a source file."""
    lines = [f"# {' '.join(comment.split())}" for comment in draft.comments]
    lines += [f"name: {written(draft.name[:MAX_NAME_LENGTH])}", f"home_url: {written(draft.home_url)}"]
    plain: Mapping[str, str | None] = {"language": draft.language, "time_zone": draft.time_zone}
    lines += [f"{key}: {written(value)}" for key, value in plain.items() if value]
    lists = {"feeds": draft.feeds, "sitemaps": draft.sitemaps, "hosts": draft.hosts, "articles": draft.articles}
    for key, values in lists.items():
        lines += [f"{key}:", *(f"  - {written(value)}" for value in values)] if values else []
    if not draft.sitemaps_from_robots:
        lines.append("sitemaps_from_robots: false")
    if draft.renders:
        lines.append("render: browser")
    lines += ["sections:"] if draft.sections else []
    for section in draft.sections:
        lines.append(f"  - url: {written(section.url)}")
        lines += [f"    max_pages: {section.max_pages}"] if section.max_pages > 1 else []
    return "\n".join(lines) + "\n"


def checked(text: str, *, source_id: str, name: str) -> Source:
    """The source that a drafted file describes, read as the loader reads it. Raises ConfigError."""
    read = parse_source(text.encode("utf-8"), source_id=source_id, name=name)
    if isinstance(read, Source):
        return read
    raise read[0].as_error()


def free_id(names: Iterable[str], taken: Collection[str]) -> str:
    """Make an id from the first of these names that yields one; a number is appended if it is taken.

    >>> free_id(["", "Örnek Kurye"], {"ornek-kurye"})
    'ornek-kurye-2'
    """
    base = next(filter(None, map(_slug, names)), "source")
    number = 1
    while True:
        end = "" if number == 1 else f"-{number}"
        candidate = base[: MAX_ID_LENGTH - len(end)].rstrip("-") + end
        if candidate not in taken and is_source_id(candidate):
            return candidate
        number += 1


def written(text: str) -> str:
    """Text as a YAML double-quoted scalar, whatever it contains."""
    return json.dumps(text, ensure_ascii=False)


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("ı", "i")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
