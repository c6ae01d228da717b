"""`recrawl`: work requested by hand, left to a running daemon or done at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cli.choices import chosen
from cli.commands.crawl import report
from cli.commands.requests import as_api, follow, print_request
from cli.operating import operations_of
from cli.output import console, print_json
from cli.wiring import Installation, installation
from crawler.archived.replay import run_replay
from crawler.reading.pool import ReadingPool
from news.errors import ConfigError, EngineError, NewsdexError
from news.requests import RequestKind, RequestView
from news.triggers import Trigger
from scheduler.indexing import kept_delivery
from search.operations.asking import hold_reason, parse_since
from store.clock import utc_now
from store.crawls.pauses import EVERYTHING


def kind_of(text: str) -> RequestKind:
    """The kind of work that a word of `--as` means. Raises ConfigError."""
    return chosen("--as", text, (RequestKind.FETCH, RequestKind.REPLAY, RequestKind.REINDEX))


def recrawl_articles(
    kind: RequestKind,
    *,
    urls: Sequence[str],
    source_id: str | None,
    since: str | None,
    failed: bool,
    follows: bool,
    as_json: bool,
) -> None:
    """Request that known articles are fetched, extracted or indexed again; without a daemon, do it here."""
    if kind is RequestKind.FETCH and not (urls or source_id or since is not None or failed):
        raise ConfigError("nothing named: give --url, --source, --since or --failed")
    with installation() as opened:
        operations = operations_of(opened)
        after = parse_since(since) if since is not None else None
        view, is_new = operations.requests.ask(kind, source_id=source_id, urls=urls, since=after, failed=failed)
        if not as_json:
            console.print(f"request {view.id}{'' if is_new else ' was asked for already'}")
        if view.ended:
            print_request(view, opened.zone, as_json=as_json)
        elif operations.daemon() is None:
            _work(opened, view, as_json=as_json)
        elif follows:
            follow(operations, view.id, opened.zone, as_json=as_json)
        elif as_json:
            print_json({"request": as_api(view, held_by=operations.requests.held_by([view])[0])})
        else:
            console.print(f"the daemon does it; `newsdex requests follow {view.id}` shows how far it is")


def _work(opened: Installation, view: RequestView, *, as_json: bool) -> None:
    if view.kind is RequestKind.REPLAY:
        _replay(opened, view)
    elif view.kind is RequestKind.REINDEX:
        _reindex(opened)
    else:
        _fetch(opened, view, as_json=as_json)
        if as_json:
            return
    view = _now(opened, view)
    reason = hold_reason(view, daemon="this command", pauses=opened.store.pauses.all(), sources=opened.sources)
    print_request(view, opened.zone, as_json=as_json)
    if reason and not as_json:
        console.print(f"the rest waits: {reason}")


def _fetch(opened: Installation, view: RequestView, *, as_json: bool) -> None:
    ids = [source.id for source in opened.sources]
    asked = opened.store.activity.sources_due([], only_asked=ids, now=utc_now())
    pauses = opened.store.pauses.all()
    wanted = [view.scope.source_id] if view.scope.source_id else list(asked)
    sources = [opened.sources.get(each) for each in wanted if each in asked and not pauses.keys() & {each, EVERYTHING}]
    report(
        opened, sources, trigger=Trigger.REQUEST, as_json=as_json, about=lambda: {"request": as_api(_now(opened, view))}
    )


def _replay(opened: Installation, view: RequestView) -> None:
    pool = ReadingPool(opened.settings.extraction)
    try:
        asyncio.run(
            run_replay(view, store=opened.store, sources=opened.sources.by_id, pool=pool, call=asyncio.to_thread)
        )
    except NewsdexError as error:
        opened.store.requests.finish(view.id, failure=str(error), now=utc_now())
        raise
    finally:
        pool.close()
    opened.deliver()


def _reindex(opened: Installation) -> None:
    delivery = kept_delivery(opened.store, opened.engine)
    delivery.drain_once()
    delivery.release()
    if delivery.note:
        raise EngineError(f"{delivery.note}; the request stays open")


def _now(opened: Installation, view: RequestView) -> RequestView:
    return opened.store.requests.get(view.id) or view
