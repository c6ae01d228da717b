"""`show`: everything that happened to an article or a URL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from itertools import pairwise

from rich.text import Text

from cli.choices import chosen
from cli.commands.address_record import record_of
from cli.commands.record_bodies import plain_body
from cli.output import console, moment, plain, print_json, removal
from cli.wiring import Installation, installation
from news.clusters import Standing
from news.errors import NotFoundError
from news.rendering import BodyForm, rendered
from news.urls import normalize_url
from news.versions.diff import Change, Mark, Piece, VersionDiff, diff_versions
from search.api.bodies import version_body
from search.articles.changes import changes_body
from search.articles.citation import CitationForm, cited
from search.results import ArticlePage
from store.views import ArticleView, CopyView, FetchView, UrlView, VersionView

# The marks of wdiff, so that a difference can be read without colours; the styles are for terminals.
_MARKS = {Mark.SAME: ("", "", ""), Mark.REMOVED: ("[-", "-]", "red"), Mark.ADDED: ("{+", "+}", "green")}


def show_target(target: str, *, as_json: bool, form: BodyForm | None = None) -> None:
    """Print an article, its versions and fetches; for a URL without an article, its frontier row and fetches.

    With a `form` only the article's story is printed.
    """
    with installation() as opened:
        zone = opened.zone
        row, view, fetches = _find(opened, target)
        if form is not None:
            if view is None:
                raise NotFoundError(f"{target!r} was met but is no article; `newsdex show` tells what happened to it")
            print(rendered(view.stored.article, form))
            return
        if as_json:
            print_json(record_of(opened, row, view.stored.id if view else None, fetches))
            return
        versions = opened.store.articles.versions(view.stored.id) if view else []
        copies = opened.store.copies.of(view.stored.id) if view else []
        if view is not None:
            _print_article(view, zone)
            for version in versions:
                taken = f"  (taken from {version.taken_from})" if version.taken_from else ""
                at = moment(version.fetched_at, zone)
                console.print(f"version {version.version}  {at}  {version.article.title}{taken}")
            _print_copies(copies, view.stored.id, zone)
        if row is not None:
            console.print(f"{row.kind} of {row.source_id}, {row.state}, next due {moment(row.next_due_at, zone)}")
            console.print(f"found {moment(row.discovered_at, zone)} on {row.discovered_from or 'request'}")
        for fetch in fetches:
            about = f"{moment(fetch.fetched_at, zone)}  {fetch.outcome}  {fetch.status or ''}  {fetch.requested_url}"
            console.print(f"{about}  {fetch.detail}")


def _print_copies(copies: Sequence[CopyView], own_id: str, zone: tzinfo) -> None:
    for one in copies:
        at = moment(one.article.published_at or one.first_seen_at, zone)
        marks = ("  the earliest" if one.standing is Standing.EARLIEST else "") + (
            "  this one" if one.article_id == own_id else ""
        )
        console.print(f"copy at {one.source_id}  {at}  {one.url}  [{one.article_id}]{marks}")


def show_diffs(target: str, *, as_json: bool) -> None:
    """Print what each version of an article changed, oldest edit first."""
    with installation() as opened:
        _, view, _ = _find(opened, target)
        if view is None:
            raise NotFoundError(f"{target!r} was met but is no article; `newsdex show` tells what happened to it")
        zone, versions = opened.zone, opened.store.articles.versions(view.stored.id)
    if as_json:
        print_json(plain_body(changes_body(view.stored.id, view.stored.url, versions)))
        return
    console.print(f"{view.stored.url}  [{view.stored.id}]  {len(versions)} version{'s' if versions[1:] else ''}")
    for old, new in pairwise(versions):
        _print_edit(old, new, diff_versions(old.article, new.article), zone)


def _print_edit(old: VersionView, new: VersionView, diff: VersionDiff, zone: tzinfo) -> None:
    silent = "  silent" if diff.silent else ""
    counts = f"+{diff.added_count} -{diff.removed_count} words"
    at = moment(new.fetched_at, zone)
    console.print(f"\nversion {old.version} → {new.version}  {at}  {counts}{silent}", style="bold")
    for field in (diff.title, diff.dek, *diff.others):
        if field.is_changed:
            _print_pieces(f"{field.name}: ", field.pieces)
    for block in diff.body:
        if block.change is not Change.SAME:
            _print_pieces(_place(block.change, block.old_position, block.new_position), block.pieces)


def _place(change: Change, old_position: int | None, new_position: int | None) -> str:
    if change is Change.MOVED:
        return f"¶{old_position} → ¶{new_position} moved: "
    return f"¶{new_position or old_position} {change.value}: "


def _print_pieces(label: str, pieces: Sequence[Piece]) -> None:
    line = Text(label)
    for piece in pieces:
        before, after, style = _MARKS[piece.mark]
        line.append(f"{before}{piece.text}{after}", style=style)
    console.print(line, soft_wrap=True)


def show_receipts(target: str, *, as_json: bool) -> None:
    """Print where each version comes from: what it was read from, and by which extractor."""
    with installation() as opened:
        article_id = article_at(opened, target)
        if article_id is None:
            raise NotFoundError(f"{target!r} is no article that is known; `newsdex show` tells what happened to it")
        view = opened.store.articles.get(article_id)
        zone, versions = opened.zone, opened.store.articles.versions(article_id)
    receipts = [plain_body(version_body(each)) for each in versions]
    if as_json:
        print_json({"article_id": article_id, "url": view.stored.url if view else None, "versions": receipts})
        return
    for version, receipt in zip(versions, receipts, strict=True):
        console.print(f"version {version.version}  {moment(version.fetched_at, zone)}", style="bold")
        for name, value in receipt.items():
            if name not in {"version", "fetched_at", "title"}:
                shown = "–" if value in (None, "") else value
                told = name.replace("_", " ").replace("warc offset", "warc offset in bytes")
                console.print(f"  {told}: {shown}")


def show_citation(target: str, form: str) -> None:
    """Print the citation of an article as it is now."""
    cite_as = chosen("--cite", form, CitationForm)
    with installation() as opened:
        _, view, _ = _find(opened, target)
        if view is None:
            raise NotFoundError(f"{target!r} was met but is no article; `newsdex show` tells what happened to it")
        source_id, versions = view.stored.source_id, tuple(opened.store.articles.versions(view.stored.id))
        name = next((source.name for source in opened.sources if source.id == source_id), source_id)
        page = ArticlePage(view=view, source_name=name, shown=versions[-1], versions=versions, fetches=())
        print(cited(page, cite_as).rstrip("\n"))


def article_at(opened: Installation, target: str) -> str | None:
    """The id of the article named by an id or any of its addresses; None if there is none."""
    try:
        _, view, _ = _find(opened, target)
    except NotFoundError:
        return None
    return view.stored.id if view else None


def _find(opened: Installation, target: str) -> tuple[UrlView | None, ArticleView | None, list[FetchView]]:
    articles, frontier = opened.store.articles, opened.store.frontier
    if (view := articles.get(target)) is not None:
        return frontier.find(view.stored.url), view, articles.fetches(view.stored.id)
    strip = {name for source in opened.sources for name in source.strip_parameters}
    addresses = [one for one in (normalize_url(target), normalize_url(target, strip_parameters=strip)) if one]
    for normalized in addresses:
        row = frontier.find(normalized)
        article_id = articles.id_at(normalized) or (row.article_id if row else None)
        if article_id is not None:
            return row, articles.get(article_id), articles.fetches(article_id)
        if row is not None:
            return row, None, articles.url_fetches(normalized)
    if found := opened.store.forgetting.first_forgotten([target, *addresses]):
        day = found[1].astimezone(opened.zone).date()
        raise NotFoundError(f"{target!r} was forgotten on {day}; nothing of it is kept")
    raise NotFoundError(f"{target!r} is neither an article's id nor a URL that was ever met; try `newsdex search`")


def _print_article(view: ArticleView, zone: tzinfo) -> None:
    stored, article = view.stored, view.stored.article
    console.print(article.title, style="bold")
    if article.dek_apart:
        console.print(article.dek_apart, style="italic")
    about = [", ".join(article.authors), moment(article.published_at, zone), article.section or "", stored.source_id]
    console.print(" · ".join(part for part in about if part))
    state = removal(view.removed_at, zone) if view.removed_at else view.state
    console.print(f"{stored.url}  [{stored.id}]  {state}")
    for alias in view.aliases:
        console.print(f"also at {alias}")
    console.print()
    console.print(article.text)
    if article.image:
        image = plain(article.image)
        console.print(f"\nimage: {image['url']}  {image['caption'] or ''}  {image['credit'] or ''}")
    if article.source_line:
        console.print(f"source: {article.source_line}")
    console.print()
