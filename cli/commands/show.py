"""`show`: what happened to an article or a URL."""

from __future__ import annotations

from cli.output import console, moment, plain, print_json
from cli.wiring import Installation, installation
from news.errors import NotFoundError
from news.urls import normalize_url
from store.records import ArticleView, FetchView, UrlView


def show_target(target: str, *, as_json: bool) -> None:
    """Print an article, its versions and fetches; for a URL without an article, its frontier row and fetches."""
    with installation() as opened:
        row, view, fetches = _find(opened, target)
        versions = opened.store.articles.versions(view.stored.id) if view else []
        if as_json:
            print_json({"url": row, "article": view, "versions": versions, "fetches": fetches})
            return
        if view is not None:
            _print_article(view)
            for version in versions:
                console.print(f"version {version.version}  {moment(version.fetched_at)}  {version.article.title}")
        if row is not None:
            console.print(f"{row.kind} of {row.source_id}, {row.state}, next due {moment(row.next_due_at)}")
            console.print(f"found {moment(row.discovered_at)} on {row.discovered_from or 'request'}", markup=False)
        for fetch in fetches:
            about = f"{moment(fetch.fetched_at)}  {fetch.outcome}  {fetch.status or ''}  {fetch.requested_url}"
            console.print(f"{about}  {fetch.detail}", markup=False)


def _find(opened: Installation, target: str) -> tuple[UrlView | None, ArticleView | None, list[FetchView]]:
    articles, frontier = opened.store.articles, opened.store.frontier
    if (view := articles.get(target)) is not None:
        return frontier.find(view.stored.url), view, articles.fetches(view.stored.id)
    strip = {name for source in opened.sources for name in source.strip_parameters}
    for normalized in filter(None, (normalize_url(target), normalize_url(target, strip_parameters=strip))):
        row = frontier.find(normalized)
        article_id = articles.id_at(normalized) or (row.article_id if row else None)
        if article_id is not None:
            return row, articles.get(article_id), articles.fetches(article_id)
        if row is not None:
            return row, None, articles.url_fetches(normalized)
    raise NotFoundError(f"{target!r} is neither an article's id nor a URL that was ever met; try `newsdex search`")


def _print_article(view: ArticleView) -> None:
    stored, article = view.stored, view.stored.article
    console.print(article.title, style="bold", markup=False)
    if article.dek:
        console.print(article.dek, style="italic", markup=False)
    about = [", ".join(article.authors), moment(article.published_at), article.section or "", stored.source_id]
    console.print(" · ".join(part for part in about if part), markup=False)
    console.print(f"{stored.url}  [{stored.id}]  {view.state}", markup=False)
    for alias in view.aliases:
        console.print(f"also at {alias}", markup=False)
    console.print()
    console.print(article.text, markup=False)
    if article.image:
        image = plain(article.image)
        console.print(f"\nimage: {image['url']}  {image['caption'] or ''}  {image['credit'] or ''}", markup=False)
    if article.source_line:
        console.print(f"source: {article.source_line}", markup=False)
    console.print()
