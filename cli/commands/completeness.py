"""`sources completeness`: how much of what a source named is held, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from cli.days import named_day
from cli.operating import followed_source, operations_of
from cli.output import console, counted, print_json
from cli.source_words import missing_words
from cli.wiring import Installation, installation
from news.completeness import Completeness, DayTally, percent
from news.source import Source


def show_completeness(source_id: str, *, date_from: str | None, date_to: str | None, limit: int, as_json: bool) -> None:
    """Print the report. Raises NotFoundError, ConfigError and BadRequest."""
    first = None if date_from is None else named_day(date_from, "--from")
    last = None if date_to is None else named_day(date_to, "--to")
    with installation() as opened:
        source = followed_source(opened, source_id)
        found = operations_of(opened).completeness(source.id, first=first, last=last, limit=limit)
        if as_json:
            from cli.commands.record_bodies import plain_body
            from search.api.completeness_models import completeness_body

            print_json(plain_body(completeness_body(found)))
            return
        _print(opened, source, found)


def _print(opened: Installation, source: Source, found: Completeness) -> None:
    first, last = found.days[0].day, found.days[-1].day
    console.print(f"{source.name} ({source.id}), {first} to {last} (UTC): {_total_words(found)}")
    named_days = [each for each in found.days if each.is_named]
    if named_days:
        console.print(_table(named_days))
    for each in found.missing_articles:
        console.print(f"  {missing_words(each, opened.zone)}", soft_wrap=True)
    if found.missing > len(found.missing_articles) > 0:
        console.print(f"  and {found.missing - len(found.missing_articles):,} more; --limit shows more of them")
    for advice in _advice(source.id, found.days):
        console.print(advice, soft_wrap=True)


def _total_words(found: Completeness) -> str:
    if found.share is None:
        return "no article was named; `newsdex backfill` reads sitemaps for older ones"
    return f"{found.held:,} of {counted(found.held + found.missing, 'article')} held, {percent(found.share)}"


def _table(days: Sequence[DayTally]) -> Table:
    table = Table("day", "held", "waiting", "failing", "refused", "gone", "no article", "share held", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for each in reversed(days):
        counts = (each.held, each.waiting, each.failing, each.refused, each.gone, each.no_article)
        shown = (f"{count:,}" if count else "–" for count in counts)
        table.add_row(str(each.day), *shown, "" if each.share is None else percent(each.share))
    return table


def _advice(source_id: str, days: Sequence[DayTally]) -> list[str]:
    """The commands that fetch what is missing."""
    said = []
    if any(each.waiting for each in days):
        said.append(f"`newsdex crawl {source_id}` fetches what is waiting")
    if any(each.failing for each in days):
        said.append(f"`newsdex recrawl --source {source_id} --failed` tries again now what fails")
    return said
