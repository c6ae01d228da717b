"""The commands of `newsdex searches` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.filters import Agency, Author, From, Language, Section, Source, Tag, To, chosen_filters
from cli.groups import command_group
from cli.options import Json

app = command_group("Saved searches that every new article is matched against.")

SearchId = Annotated[
    str, typer.Argument(help="Its id, or its name where no other has it; see `newsdex searches list`.")
]
DeliveryId = Annotated[str, typer.Argument(help="Its id; see `newsdex searches show`.")]
QueryText = Annotated[str, typer.Argument(help="As in `newsdex search`; every word is required.")]
Feed = Annotated[list[str] | None, typer.Option("--feed", help="Make a feed: rss, atom or json; may be repeated.")]
Webhook = Annotated[str | None, typer.Option("--webhook", help="Send each match to this address.")]
Mail = Annotated[str | None, typer.Option("--mail", help="Send mails to this address.")]
Pace = Annotated[str | None, typer.Option("--pace", help="Of mails: immediate, hourly or daily (at 7).")]
TimeZone = Annotated[str | None, typer.Option("--time-zone", help="Of mails: an IANA name; else the installation's.")]


@app.command("add")
def searches_add(
    context: typer.Context,
    query: QueryText,
    name: Annotated[str, typer.Option(help="What to call it; else the query.")] = "",
    source: Source = None,
    section: Section = None,
    language: Language = None,
    author: Author = None,
    agency: Agency = None,
    tag: Tag = None,
    date_from: From = None,
    date_to: To = None,
    feed: Feed = None,
    webhook: Webhook = None,
    mail: Mail = None,
    pace: Pace = None,
    time_zone: TimeZone = None,
    as_json: Json = False,
) -> None:
    """Save a search, and read what it finds from now on as feeds or have it sent."""
    from cli.commands.searches import Ways, add_search

    ways = Ways(feeds=feed or [], webhook=webhook, mail=mail, pace=pace, time_zone=time_zone)
    add_search(query, name, chosen_filters(context), ways, as_json=as_json)


@app.command("deliver")
def searches_deliver(
    search_id: SearchId,
    feed: Feed = None,
    webhook: Webhook = None,
    mail: Mail = None,
    pace: Pace = None,
    time_zone: TimeZone = None,
    as_json: Json = False,
) -> None:
    """Make feeds of a saved search, or have what it finds sent."""
    from cli.commands.searches import Ways, deliver_search

    ways = Ways(feeds=feed or [], webhook=webhook, mail=mail, pace=pace, time_zone=time_zone)
    deliver_search(search_id, ways, as_json=as_json)


@app.command("list")
def searches_list(as_json: Json = False) -> None:
    """List saved searches, what they found, and what could not be sent."""
    from cli.commands.searches import list_searches

    list_searches(as_json=as_json)


@app.command("show")
def searches_show(search_id: SearchId, as_json: Json = False) -> None:
    """Show one saved search: its deliveries, its newest matches, and what could not be sent and why."""
    from cli.commands.searches import show_search

    show_search(search_id, as_json=as_json)


@app.command("pause")
def searches_pause(search_id: SearchId) -> None:
    """Stop matching a saved search until it is resumed."""
    from cli.commands.searches import pause_search

    pause_search(search_id, paused=True)


@app.command("resume")
def searches_resume(search_id: SearchId) -> None:
    """Match a paused search again from now on."""
    from cli.commands.searches import pause_search

    pause_search(search_id, paused=False)


@app.command("remove")
def searches_remove(search_id: SearchId) -> None:
    """Delete a saved search with its deliveries and what it found."""
    from cli.commands.searches import remove_search

    remove_search(search_id)


@app.command("revoke")
def searches_revoke(delivery_id: DeliveryId) -> None:
    """End a delivery at once: a feed's address, a webhook, or mails."""
    from cli.commands.searches import revoke_delivery

    revoke_delivery(delivery_id)


@app.command("rotate")
def searches_rotate(delivery_id: DeliveryId, as_json: Json = False) -> None:
    """Give a feed another address, or a webhook another secret; the old one ends at once."""
    from cli.commands.searches import rotate_delivery

    rotate_delivery(delivery_id, as_json=as_json)


@app.command("retry")
def searches_retry(search_id: SearchId) -> None:
    """Send again what was given up on."""
    from cli.commands.searches import retry_alerts

    retry_alerts(search_id)


@app.command("test")
def searches_test(
    context: typer.Context,
    query: QueryText,
    days: Annotated[int, typer.Option(min=1, max=365, help="How far back to look.")] = 7,
    source: Source = None,
    section: Section = None,
    language: Language = None,
    author: Author = None,
    agency: Agency = None,
    tag: Tag = None,
    date_from: From = None,
    date_to: To = None,
    as_json: Json = False,
) -> None:
    """Show what a saved search would have found in the last days."""
    from cli.commands.searches import try_query

    try_query(query, chosen_filters(context), days=days, as_json=as_json)
