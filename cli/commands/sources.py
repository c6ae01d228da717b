"""`sources`: list, validate, show."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, TypedDict

from rich.table import Table
from rich.text import Text

from cli.commands.asked import print_asked
from cli.commands.record_bodies import alarm_record, asked_record, fill_record, source_status_body
from cli.operating import followed_source, usable_sources
from cli.output import console, counted, moment, named, print_json, print_table
from cli.source_words import (
    Line,
    audit_lines,
    doubt_record,
    doubt_words,
    failure_words,
    fill_words,
    hub_record,
    hub_words,
    refused_words,
    revisit_words,
    source_lines,
    status_lines,
)
from cli.wiring import Installation, installation
from config.sources import SourceSet, check_source_files
from news.boilerplate import KnownBlock
from news.errors import NotFoundError, StoreError
from news.fills import Fill
from news.revisits.budget import Spending
from news.revisits.validators import Doubt, doubts
from news.source import Source
from news.urls import normalize_url
from news.websub import Subscription
from store.clock import utc_now
from store.crawls.paces import KEPT_DAYS, KEPT_REQUESTS, AskedRequest, HostDay
from store.learned.audits import AlarmView
from store.sql.database import RECORD_NAME
from store.views import RefusedView, SlotView, SourceStatus

SHOWN_BLOCKS = 40  # those on the most stories
SHOWN_CHARACTERS = 80
SHOWN_FILLS = 10
SHOWN_FAILURES = 5
SHOWN_SLOTS = 20  # searched for those answered by a crawl under way
NAME_WIDTH = 18  # of the names in lines


def list_sources(*, as_json: bool) -> None:
    """Print all sources."""
    with installation() as opened:
        sources = usable_sources(opened)
        unfollowed = _unfollowed(opened, sources)
        if as_json:
            gone = [{"id": each, "enabled": False, "articles": count} for each, count in unfollowed.items()]
            print_json([*sources, *gone])
            return
        table = Table(named("id"), "name", "language", "enabled", "home", box=None)
        for source in sources:
            shown = (source.id, source.name, source.language or "", "yes" if source.enabled else "no", source.home_url)
            table.add_row(*shown)
        for source_id, count in unfollowed.items():
            table.add_row(source_id, f"({counted(count, 'article')}, no file)", "", "no", "")
        print_table(table, if_empty="there is no source yet; `newsdex sources add URL` adds one")


def _unfollowed(opened: Installation, sources: SourceSet) -> dict[str, int]:
    """Map ids of sources that no file describes to their article counts; empty if there is no record."""
    settings = opened.settings
    if settings.database_url is None and not (settings.data_dir / RECORD_NAME).exists():
        return {}  # listing sources must not create a record
    try:
        return opened.store.overview.unfollowed(sources.by_id.keys())
    except StoreError as error:
        print(f"newsdex: {error}", file=sys.stderr)
        return {}


def validate_sources(paths: Sequence[Path]) -> None:
    """Check these files, or all of the installation's. Raises NotFoundError and, if one is invalid, ConfigError."""
    if not paths:
        with installation() as opened:
            console.print(f"no mistake in {counted(len(opened.sources), 'source')}")
        return
    if missing := next((path for path in paths if not path.exists()), None):
        raise NotFoundError(f"{missing}: there is no such file or folder")
    problems = check_source_files(paths)
    for problem in problems[:-1]:
        console.print(str(problem))
    if problems:
        raise problems[-1].as_error()
    console.print(f"no mistake in {', '.join(str(path) for path in paths)}")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """What is known of a source."""

    source: Source
    status: SourceStatus
    spending: Spending
    audit: SourceAudit
    blocks: Sequence[KnownBlock]
    refused: Sequence[RefusedView]
    fills: Sequence[Fill]
    requests: Sequence[AskedRequest]
    days: Sequence[HostDay]
    hubs: Sequence[Subscription]
    doubts: Sequence[Doubt]


def show_source(source_id: str, *, as_json: bool) -> None:
    """Print a source and how it is doing."""
    with installation() as opened:
        now = utc_now()
        shown = _shown(opened, followed_source(opened, source_id), now)
        if as_json:
            print_json(_record(shown, now))
        else:
            _print_source(opened, shown, now)


def _shown(opened: Installation, source: Source, now: datetime) -> _Shown:
    store = opened.store
    habits = store.revisits.habits(source.id)
    return _Shown(
        source=source,
        status=store.source_status(source.id, now=now),
        spending=habits.spending,
        audit=audit_of(opened, source.id),
        blocks=store.boilerplates.blocks(source.id),
        refused=store.activity.refused(source.id),
        fills=store.fills.recent(source.id, limit=SHOWN_FILLS),
        requests=store.paces.requests(source.id, limit=KEPT_REQUESTS),
        days=store.paces.days(source.id, limit=KEPT_DAYS),
        hubs=_hubs(opened, source),
        doubts=doubts(habits.trusts, now),
    )


def _record(shown: _Shown, now: datetime) -> dict[str, Any]:
    return {
        "source": shown.source,
        "status": source_status_body(shown.status),
        "revisits": {
            "last_day": round(shown.spending.of_late(now), 1),
            "expected_edits_per_day": round(shown.spending.edits_per_day(now), 1),
        },
        "audit": {**shown.audit, "alarms": [alarm_record(alarm) for alarm in shown.audit["alarms"]]},
        "boilerplate": shown.blocks,
        "refused": shown.refused,
        "fills": [fill_record(fill) for fill in shown.fills],
        "requests": [asked_record(each) for each in shown.requests],
        "request_days": shown.days,
        "hubs": [hub_record(hub) for hub in shown.hubs],
        "asked_whole": [doubt_record(doubt) for doubt in shown.doubts],
    }


def _print_source(opened: Installation, shown: _Shown, now: datetime) -> None:
    source, zone = shown.source, opened.zone
    failures = opened.store.activity.failures(source_ids=[source.id], limit=SHOWN_FAILURES)
    console.print(f"{source.name} ({source.id})")
    _print_lines(source_lines(source, opened.sources.files[source.id]))
    _print_lines([("revisits", revisit_words(source, shown.spending, now))])
    _print_lines(status_lines(shown.status, zone))
    _print_lines(("failing", failure_words(failure, zone)) for failure in failures)
    _print_lines(("refused", refused_words(each)) for each in shown.refused)
    _print_lines(("joined", f"{moment(each.slot_at, zone)}, {each.skipped}") for each in _joined(opened, source.id))
    _print_lines(audit_lines(shown.audit["scores"]))
    _print_lines(("alarm", _alarm_words(alarm, zone)) for alarm in shown.audit["alarms"])
    _print_lines(("filled", fill_words(fill, zone)) for fill in shown.fills)
    _print_lines(("asked whole", doubt_words(doubt, zone)) for doubt in shown.doubts)
    has_address = opened.settings.alerts.public_url is not None
    _print_lines(("hub", hub_words(hub, zone, now=now, has_address=has_address)) for hub in shown.hubs)
    print_asked(shown.requests, shown.days, zone)
    _print_blocks(shown.blocks, zone)


def _hubs(opened: Installation, source: Source) -> list[Subscription]:
    found = (opened.store.subscriptions.of_feed(normalize_url(feed) or feed) for feed in source.feeds)
    return [hub for hub in found if hub is not None]


def _alarm_words(alarm: AlarmView, zone: tzinfo) -> str:
    ended = f", ended {moment(alarm.ended_at, zone)}" if alarm.ended_at else ""
    return f"{alarm.kind.replace('_', ' ')} since {moment(alarm.since_at, zone)}{ended}: {alarm.evidence}"


def _joined(opened: Installation, source_id: str) -> list[SlotView]:
    return [slot for slot in opened.store.slots.recent(source_id, limit=SHOWN_SLOTS) if slot.skipped]


def _print_lines(lines: Iterable[Line]) -> None:
    for name, told in lines:
        console.print(f"  {name:<{NAME_WIDTH}} {told}")


class SourceAudit(TypedDict):
    """How well a source's pages are read."""

    scores: dict[str, float]  # day -> mean score
    alarms: list[AlarmView]


def audit_of(opened: Installation, source_id: str) -> SourceAudit:
    """How well a source's pages are read: the mean score of each day, and the alarms."""
    usual = opened.store.audits.usual(source_id)
    scores = {day: round(total / count, 3) for day, (count, total) in usual.scores.items()}
    return {"scores": scores, "alarms": opened.store.audits.alarms(source_id, ended_too=True, limit=20)}


def _print_blocks(blocks: Sequence[KnownBlock], zone: tzinfo) -> None:
    """Print the boilerplate left out of the source's stories."""
    if not blocks:
        return
    console.print(f"boilerplate: {len(blocks)} blocks")
    table = Table("block", "pages", "since", "last seen", "seen", box=None)
    for block in blocks[:SHOWN_BLOCKS]:
        place = "in texts" if block.is_repeated else "beside texts"
        times = (moment(block.since_at, zone), moment(block.last_seen_at, zone))
        table.add_row(Text(block.text[:SHOWN_CHARACTERS]), str(block.story_count), *times, place)
    console.print(table)
    if len(blocks) > SHOWN_BLOCKS:
        console.print(f"and {len(blocks) - SHOWN_BLOCKS} more; --json shows all")
