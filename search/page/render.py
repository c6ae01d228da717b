"""Rendering: the template environment and its filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from news.advice import advice_on
from news.versions.diff import Piece
from search.dates import beside, near_day, shown
from search.highlight import extract_of, marked_words
from search.links import byline_links, host_of, safe_href
from search.page.article_view import body_html, passages
from search.page.assets import asset_addresses
from search.page.languages import direction, language_name
from search.page.status_view import relative, sparkline, tally
from search.results import FoundArticle

FRAGMENTS_SHOWN = 2  # passages that matched: up to three lines where there is room


def make_environment(display_zone: tzinfo = UTC) -> Environment:
    """The template environment: everything is escaped, unknown names are errors, times are in `display_zone`."""
    environment = Environment(
        loader=PackageLoader("search.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "href": safe_href,
        "host": host_of,
        "language": language_name,
        "direction": direction,
        "marked": marked,
        "shown": partial(shown, display_zone=display_zone),
        "beside": partial(beside, display_zone=display_zone),
        "near_day": partial(near_day, display_zone=display_zone),
        "size": _size,
        "body": body_html,
        "passages": passages,
        "headline": _headline,
        "snippet": _snippet,
        "advice": advice_on,
    }
    environment.globals |= {
        "display_zone": str(display_zone),
        "status_path": "/readyz",
        "source_path": "/sources",
        "bylines": byline_links,
        "relative": relative,
        "sparkline": sparkline,
        "tally": tally,
    }
    environment.globals["asset"] = asset_addresses().__getitem__
    return environment


def marked(pieces: Sequence[Piece]) -> Iterator[tuple[str, str, str, str]]:
    """Pieces as (mark, whitespace before, words, whitespace after), since only words are coloured."""
    for piece in pieces:
        words = piece.text.strip()
        before = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        yield str(piece.mark), before, words, piece.text[len(before) + len(words) :]


def _headline(hit: FoundArticle) -> Markup | str:
    marked = hit.highlights.get("title")
    return Markup(marked[0]) if marked else hit.title or "Untitled"  # noqa: S704 - highlights are escaped HTML


def _snippet(hit: FoundArticle) -> Markup | str:
    if former := hit.highlights.get("former"):
        return Markup("No longer there: ") + Markup(" … ").join(map(Markup, former[:FRAGMENTS_SHOWN]))
    text, dek = hit.highlights.get("text"), hit.highlights.get("dek")
    if dek and (not text or marked_words(dek[0]) > marked_words(text[0])):
        return Markup(dek[0])  # noqa: S704 - highlights are escaped HTML; it is never cut
    if text:
        return Markup(extract_of(text[:FRAGMENTS_SHOWN]))  # noqa: S704 - as above
    return hit.dek or ""


def _size(count_bytes: int | None) -> str:
    if count_bytes is None:
        return ""
    return f"{count_bytes:,} B" if count_bytes < 1024 else f"{count_bytes / 1024:,.0f} KiB"
