"""The commands that search and show articles, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.filters import Agency, Author, From, Language, Section, Source, Tag, To, Words, asked_query, chosen_filters
from cli.groups import command_group
from cli.options import Format, Json, StoryFormat, body_form, one_of

ORDERS = one_of("relevance", "blend", "newest", "oldest", "edited")

app = command_group()


@app.command()
def search(
    context: typer.Context,
    query: Words = None,
    source: Source = None,
    section: Section = None,
    language: Language = None,
    author: Author = None,
    agency: Agency = None,
    tag: Tag = None,
    date_from: From = None,
    date_to: To = None,
    sort: Annotated[
        str,
        typer.Option(
            autocompletion=ORDERS,
            help="Order of the hits: relevance, blend (of relevance and age), newest, oldest or edited.",
        ),
    ] = "relevance",
    size: Annotated[int, typer.Option(help="How many hits to show, at most 100.")] = 10,
    page: Annotated[int, typer.Option(help="Which page of hits to show, counting from 1.")] = 1,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a query that may not mean what it looks like.")
    ] = False,
    as_of: Annotated[str | None, typer.Option(help="Search the sites as they stood at the end of this day.")] = None,
    every_copy: Annotated[
        bool, typer.Option("--no-collapse", help="Show all copies of the same text, not just one.")
    ] = False,
    meaning: Annotated[
        bool,
        typer.Option("--meaning", help="Of the first 50 hits, show those first that are also closest in meaning."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Search the articles.

    \b
    "a phrase"  "near words"~5  begin*  speling~   a OR b  a AND b  -not  (a OR b) c
    title: dek: text: author: agency: section: source: lang: tag: url:   in one field
    edited:7d  changed:title  changed:silent  removed:"no injuries"   edits: when, what, what they took away
    is:removed  -is:removed   what publishers took away, or without it
    after:2026-01-31  before:2026-02  on:2025  date:2025-01..2025-06  last:7d
    """
    from cli.commands.search import print_search

    shape = {"sort": sort, "size": size, "page": page, "strict": strict, "collapse": not every_copy}
    when_and_how = {"as_of": as_of, "meaning": meaning}
    asked = {"q": asked_query(context, query), **chosen_filters(context)}
    print_search({**asked, **shape, **when_and_how}, as_json=as_json)


@app.command()
def export(
    context: typer.Context,
    query: Words = None,
    source: Source = None,
    section: Section = None,
    language: Language = None,
    author: Author = None,
    agency: Agency = None,
    tag: Tag = None,
    date_from: From = None,
    date_to: To = None,
    sort: Annotated[
        str,
        typer.Option(autocompletion=ORDERS, help="Order of the articles: newest, oldest, relevance, blend or edited."),
    ] = "newest",
    form: Annotated[
        str,
        typer.Option(
            "--format", autocompletion=one_of("ndjson", "jsonl", "csv"), help="Output format: ndjson, jsonl or csv."
        ),
    ] = "ndjson",
    text: Annotated[bool, typer.Option("--text", help="Include the text of every article.")] = False,
    receipt: Annotated[
        bool,
        typer.Option("--receipt", help="Include what each text was read from: digests, place in the archive."),
    ] = False,
    collapse: Annotated[
        bool, typer.Option("--collapse", help="Of all copies of the same text, write only the earliest.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a query that may not mean what it looks like.")
    ] = False,
) -> None:
    """Write all articles that a search finds to standard output, one per line; the query '' finds all there are."""
    from cli.commands.export import export_search

    shape = {"sort": sort, "format": form, "text": text, "receipt": receipt, "collapse": collapse, "strict": strict}
    export_search({"q": asked_query(context, query), **chosen_filters(context), **shape})


@app.command()
def show(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="The id of an article, or any address.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show what each version changed, word by word.")] = False,
    receipt: Annotated[
        bool,
        typer.Option("--receipt", help="Show from which archived page each version was read, and by which extractor."),
    ] = False,
    cite: Annotated[
        str | None,
        typer.Option(
            autocompletion=one_of("text", "bibtex", "csl"), help="Print a citation as text, bibtex or csl (JSON)."
        ),
    ] = None,
    form: StoryFormat = None,
    as_json: Json = False,
) -> None:
    """Show an article with its versions and fetches, or what happened to an address."""
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
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="The id of an article, or any of its addresses.")],
    as_json: Json = False,
) -> None:
    """Check that each version of an article can be read from the archive again with the same text."""
    from cli.commands.verify import verify_target

    verify_target(target, as_json=as_json)


@app.command()
def extract(
    target: Annotated[
        str | None, typer.Argument(metavar="FILE|URL", help="A saved page, or the address of a page.")
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="Read many pages: a file of JSON lines with id, path and url.")
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="The file to which the results of --manifest are written.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="The address that the saved page came from.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show where each field came from and how certain it is.")
    ] = False,
    form: StoryFormat = None,
    as_json: Json = False,
) -> None:
    """Show what newsdex reads from a page; nothing is stored."""
    from cli.commands.extract import extract_manifest, extract_one

    if manifest is not None and predictions is not None:
        extract_manifest(manifest, predictions)
    elif target is not None:
        is_json = as_json or form is Format.JSON
        extract_one(target, url=url, as_json=is_json, explain=explain, form=body_form(form))
    else:
        raise typer.BadParameter("name a FILE or URL, or give both --manifest and --predictions")
