"""The commands of `newsdex` and their options; what they do lies in cli.commands and is imported when it is called.

Exit codes: 0 done, 1 failed, 2 a setting, source file or option is wrong, 3 not found, 4 the store and 5 the search
engine cannot be used.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.archive import archive_app
from cli.filters import Agency, Author, From, Language, Section, Source, Tag, To, chosen_filters
from cli.index import index_app
from cli.searches_app import searches_app
from news.errors import ConfigError, NewsdexError

if TYPE_CHECKING:
    from news.rendering import BodyForm

app = typer.Typer(
    help="Follows news sites, keeps every version of every article, and makes them searchable.",
    rich_markup_mode=None,  # the formatted help costs 80 ms of imports at every start
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
)
sources_app = typer.Typer(help="The sources that are followed.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(sources_app, name="sources")
keys_app = typer.Typer(help="Keys for the page and the API.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(keys_app, name="keys")
app.add_typer(searches_app, name="searches")
requests_app = typer.Typer(help="Work that was asked for.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(requests_app, name="requests")
app.add_typer(archive_app, name="archive")
app.add_typer(index_app, name="index")

INTERRUPTED_EXIT_CODE = 130  # as shells give it after Ctrl-C

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


class Format(StrEnum):
    """How a story is printed: its text alone in some form, or all as JSON."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


StoryFormat = Annotated[Format | None, typer.Option("--format", help="The story alone in this form; json is --json.")]


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        print(f"newsdex {version('newsdex')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    config: Annotated[Path | None, typer.Option(help="Settings file; else $NEWSDEX_CONFIG, ./newsdex.yaml, …")] = None,
) -> None:
    if config is not None:
        if not config.is_file():
            raise ConfigError(f"{config}: there is no such settings file; write it with `newsdex init {config}`")
        os.environ["NEWSDEX_CONFIG"] = str(config)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the searches instead of serving the page.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the search page; 0 picks a free one.")] = 0,
) -> None:
    """Crawl a bundled sample publisher, index it, search it, and serve the search page."""
    from cli.commands.demo import run_demo

    run_demo(once=once, port=port)


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("newsdex.yaml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a settings file with every setting explained."""
    from cli.commands.setup import write_settings

    write_settings(path, force=force)


@app.command()
def crawl(
    sources: Annotated[list[str], typer.Argument(help="Source ids; see `newsdex sources list`.")],
    due: Annotated[bool, typer.Option("--due", help="Only what is due by itself.")] = False,
    as_json: Json = False,
) -> None:
    """Ask sources for news now, fetch what is new, and look again at articles of the last two days."""
    from cli.commands.crawl import crawl_sources

    crawl_sources(sources, only_due=due, as_json=as_json)


@app.command()
def recrawl(
    url: Annotated[list[str] | None, typer.Option("--url", help="This article; may be repeated.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Every article of this source.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Only articles found since this date or time.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only URLs whose last fetch failed.")] = False,
    kind: Annotated[str, typer.Option("--as", help="fetch, replay from the archive, or reindex.")] = "fetch",
    follow: Annotated[bool, typer.Option("--follow", help="Show how far the daemon is until it has done it.")] = False,
    as_json: Json = False,
) -> None:
    """Ask for known articles to be fetched again now; a running daemon does it, else this command."""
    from cli.commands.recrawl import kind_of, recrawl_articles

    recrawl_articles(
        kind_of(kind), urls=url or [], source_id=source, since=since, failed=failed, follows=follow, as_json=as_json
    )


@app.command()
def backfill(
    source: Annotated[str, typer.Argument(help="A source id.")],
    date_from: Annotated[str | None, typer.Option("--from", help="First day, on the source's clock.")] = None,
    date_to: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    warc: Annotated[list[Path] | None, typer.Option("--warc", help="A WARC file to read instead; repeatable.")] = None,
    as_json: Json = False,
) -> None:
    """Find a source's articles of a span of days: from its sitemaps, or from WARC files without asking it."""
    from cli.commands.backfill import backfill as fill

    fill(source, date_from=date_from, date_to=date_to, warc=warc or [], as_json=as_json)


@app.command()
def pause(source: Annotated[str | None, typer.Argument(help="A source id; everything if left out.")] = None) -> None:
    """Begin no crawl of a source, or of any, until it is resumed."""
    from cli.commands.pauses import pause_crawls

    pause_crawls(source)


@app.command()
def resume(source: Annotated[str | None, typer.Argument(help="A source id; everything if left out.")] = None) -> None:
    """End the pause of a source, or every pause."""
    from cli.commands.pauses import resume_crawls

    resume_crawls(source)


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


def _body_form(form: Format | None) -> BodyForm | None:
    from news.rendering import BodyForm

    return BodyForm(form) if form not in (None, Format.JSON) else None


@app.command()
def show(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's id or any URL.")],
    diff: Annotated[bool, typer.Option("--diff", help="What each version changed, word by word.")] = False,
    receipt: Annotated[bool, typer.Option("--receipt", help="What each version was read from, and by what.")] = False,
    form: StoryFormat = None,
    as_json: Json = False,
) -> None:
    """Show an article, its versions and its fetches: what happened to this URL."""
    from cli.commands.show import show_diffs, show_receipts, show_target

    if receipt:
        show_receipts(target, as_json=as_json)
    elif diff:
        show_diffs(target, as_json=as_json)
    else:
        show_target(target, as_json=as_json or form is Format.JSON, form=_body_form(form))


@app.command()
def verify(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's id or any URL of it.")],
    as_json: Json = False,
) -> None:
    """Derive an article's versions from the archive again and say whether that gives the same."""
    from cli.commands.verify import verify_target

    verify_target(target, as_json=as_json)


@app.command()
def forget(
    target: Annotated[str, typer.Argument(metavar="URL|ID", help="An article's id or any URL.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the date.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Remove an article for good, from record, index and archive, and never take it up again."""
    from cli.commands.forget import forget_target

    forget_target(target, reason=reason, yes=yes, as_json=as_json)


@app.command()
def status(as_json: Json = False) -> None:
    """Show how much there is, what waits for the index, and how each source is doing."""
    from cli.commands.status import print_status

    print_status(as_json=as_json)


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
        extract_one(target, url=url, as_json=is_json, explain=explain, form=_body_form(form))
    else:
        raise typer.BadParameter("name a FILE or URL, or give both --manifest and --predictions")


@app.command()
def replay(
    source: Annotated[str | None, typer.Option("--source", help="Only this source.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say by field what would change, only.")] = False,
    as_json: Json = False,
) -> None:
    """Extract every stored version again from the archive, without asking the publishers."""
    from cli.commands.index import rehearse_replay, replay_articles

    if dry_run:
        rehearse_replay(source, as_json=as_json)
    else:
        replay_articles(source, as_json=as_json)


@app.command()
def reindex(as_json: Json = False) -> None:
    """Build the search index anew from the store; searches go on meanwhile."""
    from cli.commands.index import reindex_articles

    reindex_articles(as_json=as_json)


@app.command()
def daemon(
    host: Annotated[str | None, typer.Option(help="Address to listen on; else the setting web.host.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; else the setting web.port; 0 picks a free one.")
    ] = None,
    no_web: Annotated[bool, typer.Option("--no-web", help="Serve neither page nor API.")] = False,
) -> None:
    """Follow the sources by their schedules, keep the index true, and serve the page, until stopped."""
    from cli.commands.daemon import run_daemon

    run_daemon(host=host, port=port, web=not no_web)


@app.command(hidden=True)
def worker() -> None:
    """The process that crawls for the daemon; it is started and told by it."""
    from cli.commands.worker import run_worker

    run_worker()


@app.command()
def web(
    host: Annotated[str | None, typer.Option(help="Address to listen on; else the setting web.host.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; else the setting web.port; 0 picks a free one.")
    ] = None,
) -> None:
    """Serve the search page and the API."""
    from cli.commands.web import serve_web

    serve_web(host=host, port=port)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check settings, sources, folders, database, archive, engine and index, and say what to do."""
    from cli.commands.doctor import run_doctor

    run_doctor(as_json=as_json)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder, outside data_dir.")],
    without_database: Annotated[
        bool, typer.Option("--without-database", help="Only archive, settings and sources; for PostgreSQL.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Copy the record, the settings and your sources into a folder; crawls go on meanwhile."""
    from cli.commands.backup import make_backup

    make_backup(folder, without_database=without_database, as_json=as_json)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `newsdex backup` made.")],
    as_json: Json = False,
) -> None:
    """Verify a backup and put it into an empty data_dir; `newsdex reindex` comes next."""
    from cli.commands.backup import restore_backup

    restore_backup(folder, as_json=as_json)


@sources_app.command("list")
def sources_list(as_json: Json = False) -> None:
    """List the sources."""
    from cli.commands.sources import list_sources

    list_sources(as_json=as_json)


@sources_app.command("validate")
def sources_validate(
    files: Annotated[list[Path] | None, typer.Argument(help="Source files; else the shipped ones and yours.")] = None,
) -> None:
    """Check source files and name every mistake with its line."""
    from cli.commands.sources import validate_sources

    validate_sources(files or [])


@sources_app.command("show")
def sources_show(source_id: str, as_json: Json = False) -> None:
    """Show one source and how it is doing."""
    from cli.commands.sources import show_source

    show_source(source_id, as_json=as_json)


@sources_app.command("add")
def sources_add(
    address: Annotated[str, typer.Argument(metavar="URL", help="Any page of the site, or a feed of it.")],
    source_id: Annotated[str | None, typer.Option("--id", help="The source's id; else made from the host.")] = None,
    into: Annotated[Path | None, typer.Option(help="Folder for the file; else the setting sources_dir.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the file without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the file, and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Look at a site and write a source file for it, with five sample articles and how sure it is."""
    from cli.commands.add_source import add_source

    add_source(address, source_id=source_id, into=into, yes=yes, dry_run=dry_run, force=force, as_json=as_json)


@sources_app.command("import")
def sources_import(
    file: Annotated[Path, typer.Argument(help="An OPML file, as feed readers export it.")],
    into: Annotated[Path | None, typer.Option(help="Folder for the files; else the setting sources_dir.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Write a source file for every feed of an OPML file that no source follows yet."""
    from cli.commands.opml import import_sources

    import_sources(file, into=into, dry_run=dry_run, as_json=as_json)


@requests_app.command("list")
def requests_list(
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that have not ended.")] = False,
    as_json: Json = False,
) -> None:
    """List the newest requests, open ones first."""
    from cli.commands.requests import list_requests

    list_requests(limit=limit, only_open=only_open, as_json=as_json)


@requests_app.command("show")
def requests_show(request_id: str, as_json: Json = False) -> None:
    """Show one request and how far it is."""
    from cli.commands.requests import show_request

    show_request(request_id, as_json=as_json)


@requests_app.command("follow")
def requests_follow(request_id: str, as_json: Json = False) -> None:
    """Show how far a request is until it ends."""
    from cli.commands.requests import follow_request

    follow_request(request_id, as_json=as_json)


@requests_app.command("cancel")
def requests_cancel(request_id: str, as_json: Json = False) -> None:
    """End a request; what it has not got to waits for its own time again."""
    from cli.commands.requests import cancel_request

    cancel_request(request_id, as_json=as_json)


@keys_app.command("create")
def keys_create(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    scope: Annotated[str, typer.Option(help="read, operate (crawl, cancel, pause, resume) or admin.")] = "read",
    as_json: Json = False,
) -> None:
    """Make a key and print it, this once."""
    from cli.commands.keys import create_key

    create_key(name, scope, as_json=as_json)


@keys_app.command("list")
def keys_list(as_json: Json = False) -> None:
    """List the keys."""
    from cli.commands.keys import list_keys

    list_keys(as_json=as_json)


@keys_app.command("revoke")
def keys_revoke(key_id: str) -> None:
    """End a key at once."""
    from cli.commands.keys import revoke_key

    revoke_key(key_id)


@keys_app.command("rotate")
def keys_rotate(key_id: str, as_json: Json = False) -> None:
    """Replace a key by a new one of the same name and scope, and print that, this once."""
    from cli.commands.keys import rotate_key

    rotate_key(key_id, as_json=as_json)


@keys_app.command("generate")
def keys_generate() -> None:
    """Print a key without storing it, for the setting web.initial_key_file."""
    from cli.commands.keys import generate_key

    generate_key()


def _usage_line(error: typer.TyperException) -> str:
    """What is wrong with the words given, in one line; the help itself where there were none."""
    context = getattr(error, "ctx", None)
    told = (error.format_message() if hasattr(error, "format_message") else str(error)).replace("Value error, ", "")
    if context is not None and told == context.get_help():
        return told
    where = context.command_path if context is not None else "newsdex"
    return f"newsdex: {' '.join(told.split()).rstrip('.?')}; `{where} --help` shows what there is"


def run() -> None:
    """Run the command line; a known error becomes one line and its exit code."""
    try:
        sys.exit(app(prog_name="newsdex", standalone_mode=False))  # else a wrong option would be told in four lines
    except typer.Abort:  # Ctrl-C
        sys.exit(INTERRUPTED_EXIT_CODE)
    except typer.TyperException as error:
        print(_usage_line(error), file=sys.stderr)
        sys.exit(ConfigError.exit_code)
    except NewsdexError as error:
        print(f"newsdex: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    run()
