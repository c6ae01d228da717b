"""`notices`: what operators were told, and whether notices reach them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from cli.output import console, moment, print_json, print_table
from cli.wiring import installation, settings_here
from config.settings import Settings
from news.errors import ConfigError, NewsdexError
from news.urls import host_of
from scheduler.notifying.heartbeat import beat
from scheduler.notifying.notice_texts import trial_message
from scheduler.notifying.sending_notices import send_notice, sender_of, targets_of
from store.clock import utc_now
from store.notices import NoticeDelivery, NoticeState


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """The result of one test."""

    kind: str  # webhook, mail or heartbeat
    target: str
    taken: bool
    reason: str  # why it was not taken


def list_notices(*, limit: int, as_json: bool) -> None:
    """Print the newest notices, one row for each target."""
    with installation() as opened:
        found = opened.store.notices.newest(limit=limit)
        if as_json:
            print_json([_record(each) for each in found])
            return
        table = Table("made", "to", "what became of it", "what", box=None)
        for each in found:
            made_at = moment(each.message.made_at, opened.zone)
            table.add_row(made_at, each.target.address, _became(each), each.message.subject)
        print_table(table, if_empty="no notice was made yet; `newsdex notices test` tries whether one would arrive")


def try_notices(*, as_json: bool) -> None:
    """Send a test to every target. Raises ConfigError if there is none, and NewsdexError if one does not accept it."""
    settings = settings_here()
    if not [*targets_of(settings)] and settings.notices.heartbeat_url is None:
        raise ConfigError("there is nobody to notify; set notices.emails, notices.webhook_url or notices.heartbeat_url")
    trials = []
    for trial in _trials(settings):
        trials.append(trial)
        if not as_json:
            became = "took it" if trial.taken else f"did not take it: {trial.reason}"
            console.print(f"{trial.kind} {trial.target} {became}", soft_wrap=True)
    if as_json:
        print_json(trials)
    if failed := [trial.target for trial in trials if not trial.taken]:
        raise NewsdexError(f"{len(failed)} of {len(trials)} did not take the test: {', '.join(failed)}")


def _trials(settings: Settings) -> Iterator[Trial]:
    message = trial_message(sender_of(settings), key=secrets.token_hex(16), now=utc_now())
    for target in targets_of(settings):
        sent = send_notice(message, target, settings, now=utc_now())
        yield Trial(kind=target.kind, target=target.address, taken=sent.is_done, reason=sent.reason)
    if settings.notices.heartbeat_url is not None:
        failure = beat(settings)
        host = host_of(settings.notices.heartbeat_url)
        yield Trial(kind="heartbeat", target=host, taken=not failure, reason=failure)


def _became(delivery: NoticeDelivery) -> str:
    told = "dead letter" if delivery.state is NoticeState.DEAD else delivery.state
    attempts = f", {delivery.attempt_count} attempts" if delivery.attempt_count > 1 else ""
    return f"{told}{attempts}{f' ({delivery.reason})' if delivery.reason else ''}"


def _record(delivery: NoticeDelivery) -> dict[str, Any]:
    return {
        "id": delivery.message.id,
        "made_at": delivery.message.made_at,
        "subject": delivery.message.subject,
        "text": delivery.message.text,
        "kind": delivery.target.kind,
        "target": delivery.target.address,
        "state": delivery.state,
        "attempts": delivery.attempt_count,
        "next_attempt_at": delivery.next_attempt_at if delivery.state is NoticeState.PENDING else None,
        "reason": delivery.reason,
    }
