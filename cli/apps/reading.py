"""The commands that search and show articles, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.filters import Agency, Author, From, Language, Section, Source, Tag, To, chosen_filters
from cli.groups import command_group
from cli.options import Format, Json, StoryFormat, body_form

app = command_group()


@app.command()
def search(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help="As in the search box, e.g. 'ankara \"white house\" -football last:7d'.")
    ],
    source: Source = None,
    section: Section = None,
    language: Language = None,
    author: Author = None,
    agency: Agency = None,
    tag: Tag = None,
    date_from: From = None,
    date_to: To = None,
    sort: Annotated[str, typer.Option(help="relevance, blend, newest or oldest.")] = "relevance",
    size: Annotated[int, typer.Option(help="Hits on a page, at most 100.")] = 10,
    page: Annotated[int, typer.Option(help="Which page, from 1.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a doubtful query and point at the place.")] = False,
    as_of: Annotated[str | None, typer.Option(help="Search what the sites said at the end of this day.")] = None,
    every_copy: Annotated[bool, typer.Option("--no-collapse", help="Show every copy of a text.")] = False,
    as_json: Json = False,
) -> None:
    """Search the articles.

    \b
    "a phrase"  "near words"~5  begin*  speling~   a OR b  a AND b  -not  (a OR b) c
    title: dek: text: author: agency: section: source: lang: tag: url:   in one field
    changed:title  changed:silent  removed:"no injuries"   what edits changed and took away
    is:removed  -is:removed   what publishers took away, or without it
    after:2026-01-31  before:2026-02  on:2025  date:2025-01..2025-06  last:7d
    """
    from cli.commands.search import print_search

    shape = {"sort": sort, "size": size, "page": page, "strict": strict, "collapse": not every_copy, "as_of": as_of}
    print_search({"q": query, **chosen_filters(context), **shape}, as_json=as_json)


@app.command()
def export(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="As for search; '' for every article.")],
    source: Source = None,
    section: Section = None,
    language: Language = None,
    author: Author = None,
    agency: Agency = None,
    tag: Tag = None,
    date_from: From = None,
    date_to: To = None,
    sort: Annotated[str, typer.Option(help="newest, oldest, relevance or blend.")] = "newest",
    form: Annotated[str, typer.Option("--format", help="ndjson, jsonl or csv.")] = "ndjson",
    text: Annotated[bool, typer.Option("--text", help="With the body of every article.")] = False,
    collapse: Annotated[bool, typer.Option("--collapse", help="Of copies of one text the earliest only.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a doubtful query and point at the place.")] = False,
) -> None:
    """Write everything a search finds to standard output, one article a line."""
    from cli.commands.export import export_search

    shape = {"sort": sort, "format": form, "text": text, "collapse": collapse, "strict": strict}
    export_search({"q": query, **chosen_filters(context), **shape})


@app.command()
def show(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's id or any URL.")],
    diff: Annotated[bool, typer.Option("--diff", help="What each version changed, word by word.")] = False,
    receipt: Annotated[bool, typer.Option("--receipt", help="What each version was read from, and by what.")] = False,
    cite: Annotated[str | None, typer.Option(help="How to cite it: text, bibtex or csl (JSON).")] = None,
    form: StoryFormat = None,
    as_json: Json = False,
) -> None:
    """Show an article, its versions and its fetches: what happened to this URL."""
    from cli.commands.show import show_citation, show_diffs, show_receipts, show_target

    as_json = as_json or form is Format.JSON
    if sum((receipt, diff, cite is not None, body_form(form) is not None)) > 1:
        raise typer.BadParameter("--diff, --receipt, --cite and --format each show something else; give one of them")
    if cite is not None:
        show_citation(target, cite)
    elif receipt:
        show_receipts(target, as_json=as_json)
    elif diff:
        show_diffs(target, as_json=as_json)
    else:
        show_target(target, as_json=as_json, form=body_form(form))


@app.command()
def verify(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's id or any URL of it.")],
    as_json: Json = False,
) -> None:
    """Derive an article's versions from the archive again and say whether the texts are the same."""
    from cli.commands.verify import verify_target

    verify_target(target, as_json=as_json)


@app.command()
def extract(
    target: Annotated[str | None, typer.Argument(metavar="FILE|URL", help="A saved page or an address.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="JSON lines with id, path and url: read them all.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="Where the results of --manifest go.")] = None,
    url: Annotated[str | None, typer.Option(help="The address a saved page came from.")] = None,
    explain: Annotated[bool, typer.Option(help="Where each field came from and how sure it is.")] = False,
    form: StoryFormat = None,
    as_json: Json = False,
) -> None:
    """Extract the story of a page without storing it."""
    from cli.commands.extract import extract_manifest, extract_one

    if manifest is not None and predictions is not None:
        extract_manifest(manifest, predictions)
    elif target is not None:
        is_json = as_json or form is Format.JSON
        extract_one(target, url=url, as_json=is_json, explain=explain, form=body_form(form))
    else:
        raise typer.BadParameter("name a FILE or URL, or give both --manifest and --predictions")
