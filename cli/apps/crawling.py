"""The commands that fetch sources and articles, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.groups import command_group
from cli.options import Json, known_sources

app = command_group()

SourceOrAll = Annotated[
    str | None, typer.Argument(autocompletion=known_sources, help="A source id; everything if left out.")
]


@app.command()
def crawl(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            autocompletion=known_sources,
            help="Source ids; without any, every source that is enabled and not paused.",
            show_default=False,
        ),
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Only what is due anyway.")] = False,
    as_json: Json = False,
) -> None:
    """Ask sources for news now, fetch what is new, and look again at articles of the last two days."""
    from cli.commands.crawl import crawl_sources

    crawl_sources(sources or [], only_due=due, as_json=as_json)


@app.command()
def recrawl(
    url: Annotated[list[str] | None, typer.Option("--url", help="This article; may be repeated.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", autocompletion=known_sources, help="Every article of this source.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only articles found since this date or time.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only URLs whose last fetch failed.")] = False,
    kind: Annotated[str, typer.Option("--as", help="fetch, replay from the archive, or reindex.")] = "fetch",
    follow: Annotated[bool, typer.Option("--follow", help="Show the daemon's progress until it is done.")] = False,
    as_json: Json = False,
) -> None:
    """Fetch known articles again now; if a daemon is running, it does the work."""
    from cli.commands.recrawl import kind_of, recrawl_articles

    recrawl_articles(
        kind_of(kind), urls=url or [], source_id=source, since=since, failed=failed, follows=follow, as_json=as_json
    )


@app.command()
def backfill(
    source: Annotated[str, typer.Argument(autocompletion=known_sources, help="A source id.")],
    date_from: Annotated[str | None, typer.Option("--from", help="First day, on the source's clock.")] = None,
    date_to: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    warc: Annotated[
        list[Path] | None,
        typer.Option("--warc", help="A WARC file, a folder or an index of some, to read instead; repeatable."),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Show the daemon's progress until it is done.")] = False,
    as_json: Json = False,
) -> None:
    """Find a source's articles from a span of days, in its sitemaps or in WARC files."""
    from cli.commands.backfill import backfill as fill

    fill(source, date_from=date_from, date_to=date_to, warc=warc or [], follows=follow, as_json=as_json)


@app.command()
def pause(source: SourceOrAll = None) -> None:
    """Start no new crawl of a source, or of any source, until it is resumed."""
    from cli.commands.pauses import pause_crawls

    pause_crawls(source)


@app.command()
def resume(source: SourceOrAll = None) -> None:
    """End the pause of a source, or every pause."""
    from cli.commands.pauses import resume_crawls

    resume_crawls(source)
