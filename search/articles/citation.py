"""Citations of an article in the version that was read: as a line, as BibTeX and as CSL-JSON; pure."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from search.dates import shown
from search.results import ArticlePage


class CitationForm(StrEnum):
    """The formats of a citation."""

    CSL = "csl"  # CSL-JSON 1.0, read by Zotero, pandoc and others
    BIBTEX = "bibtex"
    TEXT = "text"  # one line


MEDIA_TYPES = {
    CitationForm.CSL: "application/vnd.citationstyles.csl+json",
    CitationForm.BIBTEX: "application/x-bibtex; charset=utf-8",
    CitationForm.TEXT: "text/plain; charset=utf-8",
}
SUFFIXES = {CitationForm.CSL: "json", CitationForm.BIBTEX: "bib", CitationForm.TEXT: "txt"}
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX_SPECIAL = re.compile(r"[\\~^&%$#_{}]")
_MANY_SPACES = re.compile(r"\s+")


def cited(page: ArticlePage, form: CitationForm) -> str:
    """The citation of the version that the page shows."""
    return {CitationForm.CSL: _csl, CitationForm.BIBTEX: _bibtex, CitationForm.TEXT: citation_line}[form](page)


def citation_line(page: ArticlePage) -> str:
    """Authors, headline, source, day, address, and which version was archived when."""
    day = _published_day(page)
    parts = [
        _ended(", ".join(_names(page))),
        f"“{_ended(_title(page))}”",
        _ended(page.source_name),
        _ended(_in_words(day) if day else ""),
        page.view.stored.url,
        f"({_archived(page)})",
    ]
    return " ".join(part for part in parts if part)


def _csl(page: ArticlePage) -> str:
    article, version, day = page.shown.article, page.shown, _published_day(page)
    item: dict[str, Any] = {
        "id": f"newsdex-{page.view.stored.id}-{version.version}",
        "type": "article-newspaper",
        "title": _title(page),
        "author": [{"literal": name} for name in _names(page)],
        "container-title": page.source_name,
        "section": article.section,
        "abstract": article.dek,
        "language": article.language,
        "issued": _date_parts(day) if day else None,
        "accessed": _date_parts(version.fetched_at.astimezone(UTC).date()),
        "URL": page.view.stored.url,
        "archive": "newsdex",
        "archive_location": f"{version.warc_file}:{version.warc_offset}" if version.warc_file else None,
        "version": str(version.version),
        "note": _proof(page),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def _bibtex(page: ArticlePage) -> str:
    article, day = page.shown.article, _published_day(page)
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in _names(page)),
        "title": f"{{{_tex(_title(page))}}}",  # double braces preserve its capitals
        "howpublished": _tex(page.source_name),
        "date": day.isoformat() if day else "",
        "year": str(day.year) if day else "",
        "url": page.view.stored.url,
        "urldate": page.shown.fetched_at.astimezone(UTC).date().isoformat(),
        "language": article.language or "",
        "note": _tex(_proof(page)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{newsdex-{page.view.stored.id}-{page.shown.version},", *lines, "}\n"])


def _names(page: ArticlePage) -> tuple[str, ...]:
    return tuple(_one_line(name) for name in (*page.shown.article.people, *page.shown.article.agencies))


def _title(page: ArticlePage) -> str:
    return _one_line(page.shown.article.title) or "Untitled"


def _published_day(page: ArticlePage) -> date | None:
    """The day in the publisher's own time zone."""
    article = page.shown.article
    if article.published_at is None:
        return None
    at = shown(article.published_at, zone=article.published_zone, day_only=article.published_day_only)
    return date.fromisoformat(at.machine[:10])


def _archived(page: ArticlePage) -> str:
    return f"archived {shown(page.shown.fetched_at)} by newsdex as {page.view.stored.id}, version {page.shown.version}"


def _proof(page: ArticlePage) -> str:
    """What identifies this version, with the digest of the bytes it was read from."""
    return ", ".join(part for part in (_archived(page), page.shown.payload_digest) if part)


def _in_words(day: date) -> str:
    return shown(datetime(day.year, day.month, day.day, tzinfo=UTC), day_only=True).day


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _ended(part: str) -> str:
    return part if not part or part.endswith((".", "!", "?", "…")) else f"{part}."


def _one_line(text: str) -> str:
    return _MANY_SPACES.sub(" ", text).strip()


def _tex(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda found: _TEX.get(found[0], f"\\{found[0]}"), text)
