"""`search`: hits in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from html import escape, unescape
from typing import Any

from rich.text import Text

from cli.commands.search_params import checked_params, in_doubt
from cli.output import console, counted, moment, print_json, removal
from cli.wiring import Installation, installation
from config.sources import SourceSet
from news.errors import ConfigError, NotFoundError
from news.query.errors import QuerySyntaxError
from search.highlight import extract_of
from search.named_sources import named_sources
from search.page.languages import no_codes
from search.params import SearchedFor, SearchParams
from search.request import doubt_of
from search.results import FoundArticle, SearchPage
from search.service import SearchService
from store.clock import utc_now


def service_of(opened: Installation) -> SearchService:
    """The search service of an installation."""
    return SearchService(opened.engine, opened.store, opened.source_names, meaning=opened.meaning)


def refuse_impossible_dates(params: SearchedFor) -> None:
    """Raise ConfigError if no article can lie between the dates."""
    if params.ends_before_it_begins:
        raise ConfigError("--to is before --from: no article can lie between")


def print_search(given: Mapping[str, Any], *, as_json: bool) -> None:
    """Search and print the page of hits."""
    params = checked_params(SearchParams, given)
    refuse_impossible_dates(params)
    with installation() as opened:
        try:
            page = service_of(opened).search(params)
        except QuerySyntaxError as error:
            raise in_doubt(error) from error
        if as_json:
            from search.api.bodies import search_body

            print_json(search_body(page).model_dump(mode="json"))
        else:
            print_hits(page, opened.zone)
        if doubt := doubt_of(params.q, now=utc_now()):
            print(f"newsdex: read as plain words in part: {doubt}", file=sys.stderr)
        if not page.total:
            doubt_sources(named_sources(params.q, now=utc_now()), opened.sources)
            doubt_languages(params.language)
            if not opened.store.counts().articles:
                print("newsdex: no article is there yet; `newsdex crawl SOURCE` fetches some", file=sys.stderr)
            refuse_sources(params.source, opened.sources)


def doubt_sources(named: Sequence[str], sources: SourceSet) -> None:
    """Report on standard error which of the named sources do not exist."""
    for error in _unknown(named, sources):
        print(f"newsdex: {error}", file=sys.stderr)


def refuse_sources(named: Sequence[str], sources: SourceSet) -> None:
    """Refuse sources in options when nothing was found; raises NotFoundError for the last one that does not exist."""
    unknown = list(_unknown(named, sources))
    for error in unknown[:-1]:
        print(f"newsdex: {error}", file=sys.stderr)
    if unknown:
        raise unknown[-1]


def _unknown(named: Sequence[str], sources: SourceSet) -> Iterator[NotFoundError]:
    for source_id in dict.fromkeys(named):
        try:
            sources.get(source_id.casefold() if source_id.casefold() in sources.by_id else source_id)
        except NotFoundError as error:
            yield error


def doubt_languages(named: Sequence[str]) -> None:
    """Report on standard error which of the named languages are not codes."""
    for language, code in no_codes(named):
        print(f"newsdex: --language {language!r} is no code; write {code or 'its code, such as en'}", file=sys.stderr)


def print_hits(page: SearchPage, zone: tzinfo) -> None:
    """Print hits for people."""
    console.print(f"{counted(page.total, 'article')} in {page.took_ms:.0f} ms")
    if page.total and not page.hits:
        console.print(f"there is no page {page.params.page}: the last is {page.last_page}")
    if page.is_before_all:
        console.print("newsdex had no article yet at that time, so it cannot tell")
    if not page.is_complete:
        console.print("of the first 1,000 that may match; add words or --source to compare them all")
    if page.unfiltered_total:
        console.print(f"without filters, {counted(page.unfiltered_total, 'article')}")
    if page.spelling:
        console.print(f"Did you mean: {page.spelling}")
    if page.unknown_words:
        console.print(f"no article has: {', '.join(page.unknown_words)}")
    if page.nearest:
        console.print("nothing matches all of this; the closest are:")
    for hit in page.hits or page.nearest:
        _print_hit(hit, zone)
    if (following := page.next_params) and following.cursor is None:
        console.print(f"page {page.params.page} of {page.last_page:,}; --page {following.page} goes on")


def _print_hit(hit: FoundArticle, zone: tzinfo) -> None:
    console.print(_marked(next(iter(hit.highlights.get("title", ())), escape(hit.title) or "Untitled")), style="bold")
    about = [
        _day(hit, zone),
        hit.section,
        hit.source_name,
        ", ".join((*hit.people, *hit.agencies)),
        removal(hit.removed_at, zone) if hit.removed_at else "",
    ]
    console.print("  " + " · ".join(part for part in about if part))
    if fragments := hit.highlights.get("text", ())[:1]:
        console.print(Text("  ") + _marked(extract_of(fragments)))
    for fragment in hit.highlights.get("former", ())[:1]:
        console.print(Text("  no longer there: ") + _marked(fragment))
    if hit.changed:
        console.print(f"  edited{' silently' if hit.is_silent else ''}: {hit.edited} · {moment(hit.fetched_at, zone)}")
    if hit.copy_count:
        console.print(f"  {hit.copy_count} {'copy' if hit.copy_count == 1 else 'copies'}")
    console.print(f"  {hit.url}  [{hit.id}]", soft_wrap=True)  # in one piece, for copying


def _day(hit: FoundArticle, zone: tzinfo) -> str:
    if hit.published_at is None:
        return ""
    return str((hit.published_at if hit.published_day_only else hit.published_at.astimezone(zone)).date())


def _marked(fragment: str) -> Text:
    shown = Text()
    for number, part in enumerate(fragment.replace("</mark>", "<mark>").split("<mark>")):
        shown.append(unescape(part), style="bold yellow" if number % 2 else "")
    return shown
