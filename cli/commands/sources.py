"""`sources`: list, validate, show."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TypedDict

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
from news.revisits.validators import doubts
from news.source import Source
from news.urls import normalize_url
from news.websub import Subscription
from store.crawls.paces import KEPT_DAYS, KEPT_REQUESTS
from store.learned.audits import AlarmView
from store.service import utc_now
from store.sql.database import RECORD_NAME
from store.views import SlotView

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


def show_source(source_id: str, *, as_json: bool) -> None:
    """Print a source and how it is doing."""
    with installation() as opened:
        source, store = followed_source(opened, source_id), opened.store
        state = store.source_status(source_id, now=utc_now())
        blocks = store.boilerplates.blocks(source_id)
        fills = store.fills.recent(source_id, limit=SHOWN_FILLS)
        hubs = _hubs(opened, source)
        habits, now = store.revisits.habits(source_id), utc_now()
        doubted = doubts(habits.trusts, now)
        asked, days = store.paces.requests(source_id, limit=KEPT_REQUESTS), store.paces.days(source_id, limit=KEPT_DAYS)
        audit = audit_of(opened, source_id)
        if as_json:
            print_json(
                {
                    "source": source,
                    "status": source_status_body(state),
                    "revisits": {
                        "last_day": round(habits.spending.of_late(now), 1),
                        "expected_edits_per_day": round(habits.spending.edits_per_day(now), 1),
                    },
                    "audit": {**audit, "alarms": [alarm_record(alarm) for alarm in audit["alarms"]]},
                    "boilerplate": blocks,
                    "refused": store.activity.refused(source_id),
                    "fills": [fill_record(fill) for fill in fills],
                    "requests": [asked_record(each) for each in asked],
                    "request_days": days,
                    "hubs": [hub_record(hub) for hub in hubs],
                    "asked_whole": [doubt_record(doubt) for doubt in doubted],
                }
            )
            return
        console.print(f"{source.name} ({source.id})")
        _print_lines(source_lines(source, opened.sources.files[source.id]))
        _print_lines([("revisits", revisit_words(source, habits.spending, now))])
        _print_lines(status_lines(state, opened.zone))
        failures = opened.store.activity.failures(source_ids=[source_id], limit=SHOWN_FAILURES)
        _print_lines(("failing", failure_words(failure, opened.zone)) for failure in failures)
        _print_lines(("refused", refused_words(each)) for each in store.activity.refused(source_id))
        _print_lines(
            ("joined", f"{moment(each.slot_at, opened.zone)}, {each.skipped}") for each in _joined(opened, source_id)
        )
        _print_lines(audit_lines(audit["scores"]))
        _print_lines(("alarm", _alarm_words(alarm, opened.zone)) for alarm in audit["alarms"])
        _print_lines(("filled", fill_words(fill, opened.zone)) for fill in fills)
        _print_lines(("asked whole", doubt_words(doubt, opened.zone)) for doubt in doubted)
        _print_lines(("hub", hub_words(hub, opened.zone)) for hub in hubs)
        print_asked(asked, days, opened.zone)
        _print_blocks(blocks, opened.zone)


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
    """Return how well a source's pages are read: the mean score of each day, and the alarms."""
    usual = opened.store.audits.usual(source_id)
    scores = {day: round(total / count, 3) for day, (count, total) in usual.scores.items()}
    return {"scores": scores, "alarms": opened.store.audits.alarms(source_id, ended_too=True, limit=20)}


def _print_blocks(blocks: Sequence[KnownBlock], zone: tzinfo) -> None:
    """Print the boilerplate left out of the source's stories."""
    if not blocks:
        return
    console.print(f"boilerplate: {len(blocks)} blocks")
    table = Table("block", "stories", "since", "last seen", "seen", box=None)
    for block in blocks[:SHOWN_BLOCKS]:
        place = "in texts" if block.is_repeated else "beside texts"
        times = (moment(block.since_at, zone), moment(block.last_seen_at, zone))
        table.add_row(Text(block.text[:SHOWN_CHARACTERS]), str(block.story_count), *times, place)
    console.print(table)
    if len(blocks) > SHOWN_BLOCKS:
        console.print(f"and {len(blocks) - SHOWN_BLOCKS} more; --json shows all")
