"""The commands of `newsdex searches` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.filters import Agency, Author, From, Language, Section, Source, Tag, To, Words, asked_query, chosen_filters
from cli.groups import command_group
from cli.options import Json, one_of

app = command_group("Saved searches, which report new articles by feed, webhook or mail.")

SearchId = Annotated[
    str, typer.Argument(help="The id or name of the saved search, as shown by `newsdex searches list`.")
]
DeliveryId = Annotated[str, typer.Argument(help="The id of the delivery, as shown by `newsdex searches show`.")]
Feed = Annotated[
    list[str] | None, typer.Option("--feed", help="Create a feed: rss, atom or json; may be given more than once.")
]
Webhook = Annotated[str | None, typer.Option("--webhook", help="Send each match to this URL.")]
Mail = Annotated[str | None, typer.Option("--mail", help="Send matches to this mail address.")]
Pace = Annotated[
    str | None,
    typer.Option(
        "--pace",
        autocompletion=one_of("immediate", "hourly", "daily"),
        help="How often to send mails: immediate, hourly or daily (at 7).",
    ),
]
TimeZone = Annotated[
    str | None,
    typer.Option(
        "--time-zone", help="The time zone of mails, such as Europe/Istanbul; by default the setting time_zone."
    ),
]


@app.command("add")
def searches_add(
    context: typer.Context,
    query: Words = None,
    name: Annotated[str, typer.Option(help="A name for it; by default the query.")] = "",
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
    """Save a search, which from now on reports new articles by feed, webhook or mail.

    An article must contain all words of the query.
    """
    from cli.commands.searches import Ways, add_search

    ways = Ways(feeds=feed or [], webhook=webhook, mail=mail, pace=pace, time_zone=time_zone)
    add_search(asked_query(context, query), name, chosen_filters(context), ways, as_json=as_json)


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
    """Add a feed, a webhook or mails to a saved search."""
    from cli.commands.searches import Ways, deliver_search

    ways = Ways(feeds=feed or [], webhook=webhook, mail=mail, pace=pace, time_zone=time_zone)
    deliver_search(search_id, ways, as_json=as_json)


@app.command("list")
def searches_list(as_json: Json = False) -> None:
    """List the saved searches, how much each found, and what could not be sent."""
    from cli.commands.searches import list_searches

    list_searches(as_json=as_json)


@app.command("show")
def searches_show(search_id: SearchId, as_json: Json = False) -> None:
    """Show a saved search: its deliveries, its newest matches, and what could not be sent and why."""
    from cli.commands.searches import show_search

    show_search(search_id, as_json=as_json)


@app.command("pause")
def searches_pause(search_id: SearchId) -> None:
    """Stop matching a saved search until it is resumed."""
    from cli.commands.searches import pause_search

    pause_search(search_id)


@app.command("resume")
def searches_resume(search_id: SearchId) -> None:
    """Match a paused search again, from now on."""
    from cli.commands.searches import resume_search

    resume_search(search_id)


@app.command("remove")
def searches_remove(search_id: SearchId) -> None:
    """Delete a saved search with its deliveries and matches."""
    from cli.commands.searches import remove_search

    remove_search(search_id)


@app.command("revoke")
def searches_revoke(delivery_id: DeliveryId) -> None:
    """End a delivery immediately: a feed, a webhook or mails."""
    from cli.commands.searches import revoke_delivery

    revoke_delivery(delivery_id)


@app.command("rotate")
def searches_rotate(delivery_id: DeliveryId, as_json: Json = False) -> None:
    """Give a feed a new address, or a webhook a new secret; the old one ends immediately."""
    from cli.commands.searches import rotate_delivery

    rotate_delivery(delivery_id, as_json=as_json)


@app.command("retry")
def searches_retry(search_id: SearchId) -> None:
    """Send dead letters again: matches that were given up on."""
    from cli.commands.searches import retry_alerts

    retry_alerts(search_id)


@app.command("test")
def searches_test(
    context: typer.Context,
    query: Words = None,
    days: Annotated[int, typer.Option(min=1, max=365, help="How many days to look back.")] = 7,
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
    """Show what a search, if it were saved, would have found lately."""
    from cli.commands.searches import try_query

    try_query(asked_query(context, query), chosen_filters(context), days=days, as_json=as_json)
