"""The commands that fetch sources and articles, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json, known_sources, one_of

app = command_group()

SourceOrAll = Annotated[
    str | None, typer.Argument(autocompletion=known_sources, help="The id of a source; without it, all sources.")
]


@app.command()
def crawl(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            autocompletion=known_sources,
            help="The ids of the sources; without any, every source that is enabled and not paused.",
            show_default=False,
        ),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Fetch only what is due according to the schedule.")] = False,
    as_json: Json = False,
) -> None:
    """Ask sources for news now, fetch what is new, and check the articles of the last two days for edits."""
    from cli.commands.crawl import crawl_sources

    crawl_sources(sources or [], only_due=due, as_json=as_json)


@app.command()
def recrawl(
    url: Annotated[list[str] | None, typer.Option("--url", help="This article; may be given more than once.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", autocompletion=known_sources, help="All articles of this source.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only articles first seen since this date or time, such as 2026-11-20."),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only addresses whose last fetch failed.")] = False,
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            autocompletion=one_of("fetch", "replay", "reindex"),
            help="fetch from the site, replay from the archive, or reindex only.",
        ),
    ] = "fetch",
    follow: Annotated[bool, typer.Option("--follow", help="Show the progress until the work is done.")] = False,
    as_json: Json = False,
) -> None:
    """Fetch known articles again now. A running daemon does the work; otherwise this command does."""
    from cli.commands.recrawl import kind_of, recrawl_articles

    recrawl_articles(
        kind_of(kind), urls=url or [], source_id=source, since=since, failed=failed, follows=follow, as_json=as_json
    )


@app.command()
def backfill(
    source: Annotated[str, typer.Argument(autocompletion=known_sources, help="The id of a source.")],
    date_from: Annotated[
        str | None, typer.Option("--from", help="The first day, such as 2026-11-01, in the source's time zone.")
    ] = None,
    date_to: Annotated[str | None, typer.Option("--to", help="The last day.")] = None,
    warc: Annotated[
        list[Path] | None,
        typer.Option("--warc", help="Read this WARC file, folder or CDXJ index instead; may be given more than once."),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Show the progress until the work is done.")] = False,
    as_json: Json = False,
) -> None:
    """Fetch a source's older articles: those that its sitemaps list for some days, or those in WARC files."""
    from cli.commands.backfill import backfill as fill

    fill(source, date_from=date_from, date_to=date_to, warc=warc or [], follows=follow, as_json=as_json)


@app.command()
def pause(source: SourceOrAll = None) -> None:
    """Stop starting crawls of one source, or of all, until you resume them."""
    from cli.commands.pauses import pause_crawls

    pause_crawls(source)


@app.command()
def resume(source: SourceOrAll = None) -> None:
    """Let crawls of one source start again, or those of all."""
    from cli.commands.pauses import resume_crawls

    resume_crawls(source)
