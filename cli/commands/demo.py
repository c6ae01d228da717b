"""`demo`: everything from a feed entry to a search hit, with a sample publisher served by this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cli.commands.crawl import index_line, make_due, run_crawls
from cli.commands.search import print_hits
from cli.demo.publisher import DemoPublisher, demo_source
from cli.operating import operations_of
from cli.output import console
from cli.web_app import web_app
from cli.wiring import Installation
from config.settings import CrawlSettings, EngineSettings, Settings
from config.sources import SourceSet
from news.crawl_ends import FinishReason
from news.errors import NewsdexError
from news.source import Source
from news.triggers import Trigger
from search.params import SearchParams
from search.service import SearchService
from search.web.server import serve

HOST = "127.0.0.1"
QUERIES = ("muttaqi tehran talks", "leap years", "écluse", "tide*", "changed:text")


def run_demo(*, once: bool, port: int, engine: EngineSettings | None = None) -> None:
    """Crawl, extract, archive, index and search the sample publisher; then serve the page unless `once`."""
    with tempfile.TemporaryDirectory(prefix="newsdex-demo-") as folder, DemoPublisher() as publisher:
        settings = Settings(
            data_dir=Path(folder),
            engine=engine or EngineSettings(),
            crawl=CrawlSettings(allow_private_networks=True, delay_seconds=0),  # the publisher runs on this machine
        )
        opened = Installation(settings)
        try:
            service, source = _crawl(opened, publisher)
            for query in QUERIES:
                console.print(f"\nsearch: {query}", style="bold")
                print_hits(service.search(SearchParams(q=query, size=3)), opened.zone)
            if not once:
                _serve(opened, service, source, port)
        finally:
            opened.close()


def _serve(opened: Installation, service: SearchService, source: Source, port: int) -> None:
    operations = operations_of(opened, sources=SourceSet(by_id={source.id: source}, files={}))
    app = web_app(opened, service, operations, host=HOST)
    console.print()
    serve(
        app,
        HOST,
        port,
        lambda url: console.print(f"The search page: {url} (Ctrl-C ends)"),
        on_stop=operations.stopping.set,
    )


def _crawl(opened: Installation, publisher: DemoPublisher) -> tuple[SearchService, Source]:
    source = demo_source(publisher.url)
    console.print(f"{source.name} is served at {publisher.url}")
    make_due(opened.store, source)

    def edit() -> None:
        publisher.site.correct()
        make_due(opened.store, source)

    reports, delivery = run_crawls(opened, [source], trigger=Trigger.DEMO, quiet=False, before_another=edit)
    counts, later = reports[0].counts, reports[-1].counts
    if reports[0].finish_reason is not FinishReason.FINISHED or not counts["new_article"]:
        raise NewsdexError(f"the demo's crawl ended as {reports[0].finish_reason}: {reports[0].detail or dict(counts)}")
    stored = opened.store.counts()
    console.print(
        f"asked {sum(counts.values()) - counts['new_urls']} URLs: {counts['discovered']} feeds, sitemaps and sections, "
        f"{counts['new_article']} articles, {counts['not_article']} pages without one, "
        f"{counts['robots_refused']} refused by robots.txt"
    )
    console.print(f"stored {stored.articles} articles, archived their pages; {index_line(reports[:1], delivery)}")
    console.print(
        f"the publisher corrected an article, and was crawled again: {later['not_modified']} pages as before, "
        f"{later['new_version']} edited; both versions are kept"
    )
    return SearchService(opened.engine, opened.store, {source.id: source.name}), source
