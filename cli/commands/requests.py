"""`requests`: what was requested, its progress, and cancelling it."""

from __future__ import annotations

import sys
import time
from datetime import tzinfo
from typing import Any

from rich.table import Table

from cli.operating import operations_of
from cli.output import console, moment, named, print_json, print_table, progress_bar
from cli.source_words import nothing_read_words
from cli.wiring import installation
from news.errors import NewsdexError
from news.requests import RequestState, RequestView
from search.api.operations_models import request_body
from search.operations.service import Operations
from search.page.status_view import request_title, tally

POLL_SECONDS = 0.5


def list_requests(*, limit: int, only_open: bool, as_json: bool) -> None:
    """Print the newest requests, open ones first."""
    with installation() as opened:
        operations = operations_of(opened)
        views = operations.requests.newest(limit=limit, only_open=only_open)
        if as_json:
            held = operations.requests.held_by(views)
            print_json({"requests": [as_api(view, held_by=by) for view, by in zip(views, held, strict=True)]})
            return
        names = {source.id: source.id for source in opened.sources}
        table = Table(named("id"), "what", "state", "done", "asked", "ended", "", box=None)
        for view, held_by in zip(views, operations.requests.held_by(views), strict=True):
            about = f"waits: {held_by}" if held_by else view.detail or (tally(view.counts) if view.counts else "")
            times = (moment(view.created_at, opened.zone), moment(view.ended_at, opened.zone))
            table.add_row(view.id, request_title(view, names), view.state, _done(view), *times, about)
        print_table(table, if_empty="nothing is asked for" if only_open else "nothing was asked for yet")


def show_request(request_id: str, *, as_json: bool) -> None:
    """Print one request."""
    with installation() as opened:
        operations = operations_of(opened)
        view = operations.requests.get(request_id)
        print_request(view, opened.zone, as_json=as_json, held_by=operations.requests.held_by([view])[0])


def cancel_request(request_id: str, *, as_json: bool) -> None:
    """Cancel a request."""
    with installation() as opened:
        print_request(operations_of(opened).requests.cancel(request_id), opened.zone, as_json=as_json)


def follow_request(request_id: str, *, as_json: bool) -> None:
    """Show a request's progress until it ends."""
    with installation() as opened:
        follow(operations_of(opened), request_id, opened.zone, as_json=as_json)


def follow(operations: Operations, request_id: str, zone: tzinfo, *, as_json: bool) -> None:
    """Show a request's progress until it ends. Raises NewsdexError when it failed or got nothing."""
    if trouble := followed_trouble(operations, request_id, zone, as_json=as_json):
        raise NewsdexError(trouble)


def followed_trouble(operations: Operations, request_id: str, zone: tzinfo, *, as_json: bool) -> str:
    """Show a request's progress until it ends; returns why it failed or got nothing, or ""."""
    view = _followed(operations, request_id, as_json=as_json)
    _print(view, zone, as_json=as_json)
    if view.state is RequestState.FAILED:
        return _failure(view)
    if not (why := operations.requests.first_failure(view)):
        return ""
    if view.scope.source_id:
        return nothing_read_words(view.scope.source_id, why)
    return f"nothing of request {view.id} could be read: {why}"


def _followed(operations: Operations, request_id: str, *, as_json: bool) -> RequestView:
    view = operations.requests.get(request_id)
    told: str | None = None
    with progress_bar(quiet=as_json) as bar:
        task = bar.add_task(request_id, total=None)
        while not view.ended:
            held_by = operations.requests.held_by([view])[0]
            if held_by and held_by != told and (as_json or not console.is_terminal):
                told = held_by  # the bar is invisible there, and waiting in silence looks like a hang
                print(f"newsdex: request {request_id} waits: {held_by}", file=sys.stderr)
            about = f"{request_id} waits: {held_by}" if held_by else request_id
            bar.update(task, completed=view.done_count, total=view.total_count or None, description=about)
            time.sleep(POLL_SECONDS)
            view = operations.requests.get(request_id)
        bar.update(task, completed=view.done_count, total=view.total_count or None, description=request_id)
    return view


def as_api(view: RequestView, *, held_by: str | None = None) -> dict[str, Any]:
    """A request under the API's field names."""
    return request_body(view, held_by=held_by).model_dump(mode="json")


def print_request(view: RequestView, zone: tzinfo, *, as_json: bool, held_by: str | None = None) -> None:
    """Print a request's current state. Raises NewsdexError when it failed."""
    _print(view, zone, as_json=as_json, held_by=held_by)
    if view.state is RequestState.FAILED:
        raise NewsdexError(_failure(view))


def _failure(view: RequestView) -> str:
    return f"request {view.id} failed: {view.detail}"


def _print(view: RequestView, zone: tzinfo, *, as_json: bool, held_by: str | None = None) -> None:
    if as_json:
        print_json({"request": as_api(view, held_by=held_by)})
    else:
        console.print(f"{request_title(view, {})}  [{view.id}]")
        ended = f", ended {moment(view.ended_at, zone)}" if view.ended_at else ""
        console.print(f"{view.state}: {_done(view)}, asked {moment(view.created_at, zone)}{ended}")
        for name, number in sorted(view.counts.items()):
            console.print(f"  {name.removesuffix('_count').replace('_', ' ')}: {number}")
        if view.detail and view.state is not RequestState.FAILED:
            console.print(view.detail)


def _done(view: RequestView) -> str:
    is_unknown = not view.total_count and not view.ended
    return f"{view.done_count} of {'?' if is_unknown else view.total_count}"
