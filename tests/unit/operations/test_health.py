"""What a source's state is taken from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from news.crawl_ends import FinishReason
from news.triggers import Trigger
from search.operations.overview import SourceOverview
from search.page.health import Health, HealthState, health_of, tally_of
from search.page.sources import worst_first
from search.results import SourceSummary
from store.figures.overview import SourceFigures
from store.learned.audits import AlarmView
from store.views import RunView
from tests.support.operated import GAZETTE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(days=3)
RUN = RunView(
    id=1,
    source_id="gazette",
    trigger=Trigger.SCHEDULE,
    started_at=EARLIER,
    ended_at=NOW,
    finish_reason=FinishReason.FINISHED,
    counts={},
)
CRAWLED = SourceFigures(source_id="gazette", last_run=RUN, last_success_at=NOW)
ROW = SourceOverview(source=GAZETTE, figures=CRAWLED, volume=(), paused_at=None, next_slot_at=None, running=None)
ALARM = AlarmView(source_id="gazette", kind="short_bodies", since_at=EARLIER, ended_at=None, evidence="")


def test_a_source_in_trouble_says_why_and_since_when() -> None:
    failing = replace(ROW, figures=replace(CRAWLED, failing_documents=2, documents_failing_since=EARLIER))
    failed = replace(ROW, figures=replace(CRAWLED, last_run=replace(RUN, finish_reason=FinishReason.FAILED)))
    for row, alarms, why, since in (
        (failing, [ALARM], "2 of its feeds, sitemaps and sections fail", EARLIER),
        (failed, [ALARM], "no crawl ended well", NOW),
        (ROW, [ALARM], "its pages do not read as they usually did: short bodies", EARLIER),
        (replace(ROW, figures=replace(CRAWLED, silent_since=EARLIER)), [], "nothing new is found", EARLIER),
    ):
        assert health_of(row, alarms) == Health(state=HealthState.TROUBLE, why=why, since_at=since)


def test_a_source_without_trouble_is_well_waits_or_is_off() -> None:
    rows = {
        "well": replace(ROW, running=RUN),
        "not crawled yet": replace(ROW, figures=SourceFigures(source_id="gazette")),
        "paused": replace(ROW, paused_at=NOW),
        "off": replace(ROW, source=replace(GAZETTE, enabled=False)),
    }
    others = [replace(ALARM, source_id="kurye")]
    assert [health_of(row, others).why for row in rows.values()] == list(rows)
    assert tally_of([health_of(row, others) for row in rows.values()]) == "2 waiting, 1 well, 1 off"
    assert tally_of([Health(state=HealthState.WELL, why="well")] * 2) == "all well"


def test_the_worst_come_first_and_the_others_as_they_came() -> None:
    found = [SourceSummary(id=id, name=id, articles=0) for id in ("a", "b", "c", "d")]
    healths = {
        "a": Health(state=HealthState.OFF, why=""),
        "b": Health(state=HealthState.WELL, why=""),
        "d": Health(state=HealthState.TROUBLE, why=""),
    }
    assert [each.id for each in worst_first(found, healths)] == ["d", "b", "a", "c"]
