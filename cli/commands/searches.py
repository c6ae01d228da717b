"""`searches`: saved searches, their deliveries, and what could not be delivered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rich.table import Table

from cli.choices import chosen
from cli.commands.record_bodies import plain_body
from cli.commands.search_params import checked_params
from cli.output import console, counted, moment, named, print_json, print_table
from cli.standing import standing_of
from cli.wiring import Installation, installation
from news.errors import ConfigError, NewsdexError
from news.query.errors import QuerySyntaxError
from news.standing import AlertState, DeliveryKind, Pace
from search.api.standing_models import (
    DeadLettersModel,
    MatchesModel,
    SavedSearchesModel,
    dead_letter_body,
    made_body,
    match_body,
    search_body,
)
from search.params import SearchedFor
from search.standing.matches import ShownMatch
from search.standing.service import StandingService
from search.standing.token_routes import FEEDS_PATH
from search.standing.words import search_words, searched_for
from store.standing.deliveries import MadeDelivery

T = TypeVar("T")
_SHOWN = 20  # matches and dead letters of one search
FEEDS = tuple(kind for kind in DeliveryKind if kind.is_feed)


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The deliveries requested by options."""

    feeds: list[str]
    webhook: str | None
    mail: str | None
    pace: str | None
    time_zone: str | None


def add_search(query: str, name: str, filters: Mapping[str, Any], ways: Ways, *, as_json: bool) -> None:
    """Save a search with its deliveries."""
    with installation() as opened:
        _known(opened, filters)
        service = standing_of(opened)
        search = _strictly(lambda: service.save(_wanted(query, filters), name=name))
        try:
            made = _delivered(service, search.id, ways)
        except NewsdexError:  # either everything that was asked for, or nothing
            service.remove(search.id)
            raise
        if not as_json:
            console.print(f"saved as {search.id}; every new article is matched against it")
        _print_made(opened, search.id, made, as_json=as_json)


def _id_of(service: StandingService, given: str) -> str:
    """The id of the search that is meant, by its id or by a unique name."""
    named = [each.search.id for each in service.all() if each.search.name == given]
    return named[0] if len(named) == 1 else given


def deliver_search(search_id: str, ways: Ways, *, as_json: bool) -> None:
    """Add deliveries to a saved search."""
    with installation() as opened:
        service = standing_of(opened)
        search_id = _id_of(service, search_id)
        made = _delivered(service, search_id, ways)
        if not made:
            raise ConfigError("nothing to make; write --feed, --webhook or --mail")
        _print_made(opened, search_id, made, as_json=as_json)


def list_searches(*, as_json: bool) -> None:
    """Print every saved search."""
    with installation() as opened:
        summaries = standing_of(opened).all()
        if as_json:
            print_json(plain_body(SavedSearchesModel(searches=[search_body(each) for each in summaries])))
            return
        table = Table(named("id"), "name", "search", "found", "newest", "pending", "dead letters", "paused", box=None)
        for each in summaries:
            found, search = each.found, each.search
            newest = moment(found.newest_at if found else None, opened.zone)
            counts = (str(found.count if found else 0), newest, str(each.alerts.pending), str(each.alerts.dead))
            words = " · ".join(search_words(searched_for(search)))
            table.add_row(search.id, search.name, words, *counts, moment(search.paused_at, opened.zone))
        print_table(table, if_empty="no search is saved yet; `newsdex searches add QUERY` saves one")


def show_search(search_id: str, *, as_json: bool) -> None:
    """Print one saved search."""
    with installation() as opened:
        service = standing_of(opened)
        search_id = _id_of(service, search_id)
        summary = service.get(search_id)
        matches, dead = service.matches(search_id, limit=_SHOWN), service.dead_letters(search_id, limit=_SHOWN)
        if as_json:
            found = MatchesModel(matches=[match_body(each) for each in matches])
            dead_letters = DeadLettersModel(dead_letters=[dead_letter_body(each) for each in dead])
            bodies = (search_body(summary), found, dead_letters)
            print_json({name: value for body in bodies for name, value in plain_body(body).items()})
            return
        words = " · ".join(search_words(searched_for(summary.search)))
        console.print(f"{summary.search.name}: {words}")
        for delivery in summary.deliveries:
            parts = (delivery.id, delivery.kind, delivery.target, delivery.pace, delivery.time_zone)
            console.print("  " + " ".join(str(part) for part in parts if part))
            if (failed := summary.failing.get(delivery.id)) and failed.state is AlertState.PENDING:
                again = moment(failed.next_attempt_at, opened.zone)
                tried = f"after {counted(failed.attempt_count, 'attempt')}, again {again}"
                console.print(f"    not told yet {tried}: {failed.reason}")
        for alert in dead:
            tried = f"after {counted(alert.attempt_count, 'attempt')}"
            console.print(f"  dead letter {tried}: article {alert.article_id}: {alert.reason}")
        _print_matches(opened, matches)


def pause_search(search_id: str) -> None:
    """Pause a saved search."""
    with installation() as opened:
        service = standing_of(opened)
        service.pause(_id_of(service, search_id))
        console.print(f"{search_id} is paused; `newsdex searches resume` ends that")


def resume_search(search_id: str) -> None:
    """Resume a saved search."""
    with installation() as opened:
        service = standing_of(opened)
        service.resume(_id_of(service, search_id))
        console.print(f"{search_id} is matched from now on")


def remove_search(search_id: str) -> None:
    """Delete a saved search."""
    with installation() as opened:
        service = standing_of(opened)
        service.remove(_id_of(service, search_id))
        console.print(f"{search_id} is removed")


def revoke_delivery(delivery_id: str) -> None:
    """End a delivery."""
    with installation() as opened:
        standing_of(opened).revoke(delivery_id)
        console.print(f"{delivery_id} is revoked")


def rotate_delivery(delivery_id: str, *, as_json: bool) -> None:
    """Replace a feed's token or a webhook's secret, and print the new one."""
    with installation() as opened:
        made = standing_of(opened).rotate(delivery_id)
        _print_made(opened, made.delivery.search_id, [made], as_json=as_json)


def retry_alerts(search_id: str) -> None:
    """Retry the dead letters of a search."""
    with installation() as opened:
        service = standing_of(opened)
        count = service.retry(_id_of(service, search_id))
        console.print(f"the daemon sends what was given up on again: {count}" if count else "nothing was given up on")


def try_query(query: str, filters: Mapping[str, Any], *, days: int, as_json: bool) -> None:
    """Print what a query would have found."""
    with installation() as opened:
        _known(opened, filters)
        service = standing_of(opened)
        matches = _strictly(lambda: service.try_out(_wanted(query, filters), days=days))
        if as_json:
            print_json(plain_body(MatchesModel(matches=[match_body(each) for each in matches])))
            return
        console.print(f"{len(matches)} in {days} days")
        _print_matches(opened, matches)


def _known(opened: Installation, filters: Mapping[str, Any]) -> None:
    """Raise NotFoundError for a nonexistent source: nothing would ever match, and nobody would notice."""
    for source_id in filters.get("source") or ():
        opened.sources.get(source_id)


def _delivered(service: StandingService, search_id: str, ways: Ways) -> list[MadeDelivery]:
    if (ways.pace or ways.time_zone) and not ways.mail:
        raise ConfigError("--pace and --time-zone are only for mail; add --mail, or leave them out")
    made = [service.deliver(search_id, chosen("--feed", feed, FEEDS)) for feed in ways.feeds]
    if ways.webhook:
        made.append(service.deliver(search_id, DeliveryKind.WEBHOOK, target=ways.webhook))
    if ways.mail:
        pace = chosen("--pace", ways.pace, Pace) if ways.pace else None
        mail = service.deliver(search_id, DeliveryKind.MAIL, target=ways.mail, pace=pace, time_zone=ways.time_zone)
        made.append(mail)
    return made


def _strictly(act: Callable[[], T]) -> T:
    """What `act` gives. Raises ConfigError, with the query and a caret below it, where it meets a query's mistake."""
    try:
        return act()
    except QuerySyntaxError as error:
        raise ConfigError(f"{error}\n{error.pointed}") from error


def _wanted(query: str, filters: Mapping[str, Any]) -> SearchedFor:
    return checked_params(SearchedFor, {"q": query, **filters})


def _print_made(opened: Installation, search_id: str, made: list[MadeDelivery], *, as_json: bool) -> None:
    bodies = [made_body(each, FEEDS_PATH) for each in made]
    if as_json:
        rows = [{**plain_body(body), "url": _feed_url(opened, body.path)} for body in bodies]
        print_json({"id": search_id, "deliveries": rows})
        return
    for body in bodies:
        told_once = _feed_url(opened, body.path) or body.secret
        console.print(f"{body.kind} {body.id}" + ("; not shown again:" if told_once else ""))
        if told_once:
            print(told_once)


def _feed_url(opened: Installation, path: str | None) -> str | None:
    web = opened.settings.web
    base = standing_of(opened).public_url or f"http://{web.host}:{web.port}"
    return f"{base}{path}" if path else None


def _print_matches(opened: Installation, matches: list[ShownMatch]) -> None:
    for match in matches:
        at = moment(match.published_at or match.matched_at, opened.zone)
        console.print(f"{at}  {match.title}  ({match.source_name})\n    {match.url}")
