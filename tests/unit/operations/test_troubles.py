"""What is wrong with an installation, from how it is doing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from indexer.engine import EngineHealth
from news.crawl_ends import FinishReason
from news.fetch import UrlKind
from news.notices import Noted
from news.source import Source
from news.triggers import Trigger
from news.troubles import Severity, Trouble, TroubleKind
from search.operations.overview import DaemonState, Overview, ReloadRefusal, SourceOverview
from search.operations.troubles import (
    BACKUP_PATIENCE,
    CRASHES,
    MIB,
    OUTBOX_PATIENCE,
    STALL_PATIENCE,
    source_troubles,
    troubles_of,
    with_noted,
)
from store.figures.overview import SourceFigures
from store.learned.audits import AlarmView
from store.notices import Message, NoticeDelivery, NoticeState, Target
from store.standing.alerts import AlertCounts, StandingFigures
from store.upkeep.free_space import FreeSpace
from store.views import FailureView, OutboxCounts, RunView
from tests.support.operated import GAZETTE, KURYE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(days=3)
LONG_DAEMON = DaemonState(since_at=NOW - timedelta(days=30))
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
FEED = FailureView(
    url="https://gazette.example/feed",
    source_id="gazette",
    kind=UrlKind.FEED,
    outcome="http_error",
    detail="status 500",
    failure_count=2,
    since_at=EARLIER,
    next_due_at=NOW,
)
WELL = Overview(
    made_at=NOW,
    daemon="1 host",
    daemon_state=LONG_DAEMON,
    engine=EngineHealth(ok=True, detail="embedded"),
    outbox=OutboxCounts(pending=3, dead=0, oldest_at=NOW - OUTBOX_PATIENCE),
    dead_letters=(),
    paused_at=None,
    last_backup_at=NOW - BACKUP_PATIENCE,
    space=FreeSpace(free_bytes=100, least_bytes=100),
    sources=(ROW,),
    open_runs=(),
    runs=(),
    requests=(),
    held_by=(),
    failures=(),
    failing_documents=(),
    alarms=(),
    gaps=(),
    standing=StandingFigures(),
    unreached=(),
)
MOMENT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
UNREACHED = NoticeDelivery(
    id=1,
    target=Target("mail", "desk@paper.example"),
    state=NoticeState.DEAD,
    attempt_count=1,
    next_attempt_at=NOW,
    reason="no such mailbox",
    message=Message(id="a", made_at=NOW, subject="", text="", body={}),
)


def test_nothing_is_wrong_where_all_is_as_it_should_be() -> None:
    assert troubles_of(WELL) == []
    assert troubles_of(replace(WELL, last_backup_at=None)) == [], "whoever never made one has other means"


@pytest.mark.parametrize(
    ("ill", "kind", "severity", "words"),
    [
        ({"space": FreeSpace(free_bytes=MIB, least_bytes=MIB + 1)}, "space", "urgent", "disk is nearly full"),
        ({"space": FreeSpace(free_bytes=99, least_bytes=100)}, "space", "urgent", "disk is full"),
        ({"engine": EngineHealth(ok=False, detail="refused")}, "engine", "urgent", "(refused)"),
        ({"engine": EngineHealth(ok=False, detail="404", has_index=False)}, "engine", "urgent", "has no index (404)"),
        ({"engine": EngineHealth(ok=True, detail="", takes_nothing="full")}, "index", "urgent", "no articles (full)"),
        (
            {"outbox": OutboxCounts(pending=3, dead=0, oldest_at=NOW - OUTBOX_PATIENCE - MOMENT)},
            "outbox",
            "urgent",
            "3 entries wait",
        ),
        ({"outbox": OutboxCounts(pending=0, dead=2, oldest_at=None)}, "refused", "warning", "refuses 2 articles"),
        ({"daemon_state": replace(LONG_DAEMON, crash_count=CRASHES)}, "worker", "urgent", "3 times in a row"),
        (
            {"daemon_state": replace(LONG_DAEMON, refusal=ReloadRefusal(at=NOW, reason="line 4"))},
            "reload",
            "warning",
            "(line 4); mend that",
        ),
        ({"standing": StandingFigures(alerts=AlertCounts(dead=1))}, "untold", "warning", "1 match of saved"),
        ({"unreached": (UNREACHED,)}, "unreached", "warning", "(d…@paper.example: no such mailbox)"),
        ({"last_backup_at": NOW - BACKUP_PATIENCE - MOMENT}, "backup", "warning", "2026-11-17 11:59"),
    ],
)
def test_each_thing_of_the_installation_is_told_by_itself(
    ill: dict[str, object], kind: str, severity: str, words: str
) -> None:
    (trouble,) = troubles_of(replace(WELL, **ill))  # type: ignore[arg-type]
    assert (trouble.kind, trouble.severity, trouble.source_id) == (kind, severity, "")
    assert words in trouble.line


def test_a_full_disk_explains_that_crawls_fail() -> None:
    failed = replace(ROW, figures=replace(CRAWLED, last_run=replace(RUN, finish_reason=FinishReason.FAILED)))
    full = replace(WELL, sources=(failed,), space=FreeSpace(free_bytes=99, least_bytes=100))
    assert [each.kind for each in troubles_of(full)] == ["space"]
    assert [each.kind for each in troubles_of(replace(full, space=WELL.space))] == ["crawl"]


def test_an_engine_that_is_away_explains_what_waits_for_it() -> None:
    late = OutboxCounts(pending=3, dead=0, oldest_at=EARLIER)
    away = replace(WELL, engine=EngineHealth(ok=False, detail=""), outbox=late)
    assert [each.kind for each in troubles_of(away)] == ["engine"]


def test_each_thing_of_a_source_is_told_with_its_evidence_and_the_worst_first() -> None:
    figures = replace(CRAWLED, failing_documents=5, documents_failing_since=EARLIER, silent_since=EARLIER)
    row = replace(ROW, figures=replace(figures, last_run=replace(RUN, finish_reason=FinishReason.FAILED)))
    alarms = [
        AlarmView(source_id=id, kind=kind, since_at=EARLIER, ended_at=None, evidence="9 of 10")
        for id, kind in (("gazette", "no_title"), ("gazette", "no_date"), ("kurye", "no_author"))
    ]
    found = source_troubles(row, alarms, [FEED, replace(FEED, source_id="kurye")])
    assert [(each.kind, each.part) for each in found] == [
        ("documents", ""), ("crawl", ""), ("alarm", "no_date"), ("alarm", "no_title"), ("silent", "")
    ]  # fmt: skip
    assert {each.source_id for each in found} == {"gazette"}
    assert len({each.key for each in found}) == len(found), "each is told apart from the others"
    assert found[0].evidence == "https://gazette.example/feed: http error (status 500), and 4 more"
    assert "see whether a browser gets it" in found[0].todo


def test_a_source_that_names_only_what_is_anothers_is_told_to_fetch_nothing() -> None:
    (trouble,) = troubles_of(replace(WELL, sources=(replace(ROW, owner="daily"),)))
    assert (trouble.kind, trouble.source_id) == ("idle", "gazette")
    assert "all that it names belongs to the source daily" in trouble.line
    assert "newsdex sources rename daily gazette" in trouble.todo


def test_a_source_whose_pages_are_lost_all_at_once_is_told() -> None:
    (trouble,) = troubles_of(replace(WELL, sources=(replace(ROW, figures=replace(CRAWLED, lost_pages=1200)),)))
    assert (trouble.kind, trouble.severity, trouble.source_id) == ("pages", "warning", "gazette")
    assert "1,200 that were read before answer 404" in trouble.line


def test_nothing_is_told_of_sources_that_nobody_follows() -> None:
    ill = replace(ROW, figures=replace(CRAWLED, failing_documents=1, next_due_at=EARLIER))
    for row in (replace(ill, paused_at=NOW), replace(ill, source=replace(GAZETTE, enabled=False))):
        assert troubles_of(replace(WELL, sources=(row,))) == []
    assert [each.kind for each in troubles_of(replace(WELL, sources=(ill,)))] == ["documents"]


def test_a_source_that_is_due_and_not_crawled_is_told_by_a_daemon_that_had_time_to_crawl_it() -> None:
    last = replace(RUN, ended_at=EARLIER)
    stuck = replace(ROW, figures=replace(CRAWLED, last_run=last, next_due_at=NOW - STALL_PATIENCE - MOMENT))
    (trouble,) = troubles_of(replace(WELL, sources=(stuck,)))
    assert (trouble.kind, trouble.source_id, trouble.since_at) == ("stalled", "gazette", stuck.figures.next_due_at)
    fresh = DaemonState(since_at=NOW - STALL_PATIENCE)
    for calm in (
        replace(WELL, sources=(replace(stuck, running=RUN),)),
        replace(WELL, sources=(replace(stuck, figures=replace(stuck.figures, last_run=RUN)),)),
        replace(WELL, sources=(replace(stuck, figures=replace(stuck.figures, next_due_at=NOW - STALL_PATIENCE)),)),
        replace(WELL, sources=(stuck,), daemon_state=fresh),
        replace(WELL, sources=(stuck,), daemon_state=None),
        replace(WELL, sources=(stuck,), paused_at=EARLIER),
    ):
        assert troubles_of(calm) == []


def test_what_is_urgent_comes_first_then_the_order_of_kinds_then_sources() -> None:
    rows = tuple(
        replace(ROW, source=source, figures=replace(CRAWLED, silent_since=EARLIER)) for source in (KURYE, GAZETTE)
    )
    ill = replace(
        WELL, sources=rows, engine=EngineHealth(ok=False, detail=""), last_backup_at=EARLIER - 2 * BACKUP_PATIENCE
    )
    assert [(each.kind.value, each.source_id) for each in troubles_of(ill)] == [
        ("engine", ""), ("backup", ""), ("silent", "gazette"), ("silent", "kurye")
    ]  # fmt: skip


def test_what_the_daemon_noted_tells_since_when_and_other_processes_what_only_it_sees() -> None:
    engine, stalled, reload = (
        Trouble(kind=kind, severity=Severity.URGENT, what="something")
        for kind in (TroubleKind.ENGINE, TroubleKind.STALLED, TroubleKind.RELOAD)
    )
    noted = [
        Noted(trouble=engine, first_seen_at=EARLIER),
        Noted(trouble=stalled, first_seen_at=EARLIER),
        Noted(trouble=reload, first_seen_at=EARLIER, gone_at=NOW),
    ]
    known = replace(engine, since_at=EARLIER)
    assert with_noted([engine], noted, by_the_daemon=True) == [known]
    assert with_noted([engine], noted, by_the_daemon=False) == [known, replace(stalled, since_at=EARLIER)]
    assert with_noted([replace(engine, since_at=NOW)], noted, by_the_daemon=True) == [replace(engine, since_at=NOW)]
    assert with_noted([], noted[:1], by_the_daemon=False) == [], "every process sees for itself whether it answers"


def test_a_trouble_is_one_line() -> None:
    parts = {"kind": TroubleKind.SILENT, "severity": Severity.WARNING, "what": "it is silent"}
    assert Trouble(**parts).line == "it is silent"  # type: ignore[arg-type]
    assert Trouble(**parts, source_id="a", evidence="b", todo="c").line == "a: it is silent (b); c"  # type: ignore[arg-type]


def failing_of(source: Source, since: datetime, *, outcome: str = "dns_failed") -> tuple[SourceOverview, FailureView]:
    """A source none of whose crawls ended well since an hour, and whose feed fails since then."""
    run = replace(RUN, source_id=source.id, started_at=NOW - MOMENT, finish_reason=FinishReason.ALL_FAILED)
    figures = replace(CRAWLED, source_id=source.id, last_run=run, last_success_at=NOW - 2 * HOUR)
    figures = replace(figures, failing_documents=1, documents_failing_since=since)
    return replace(ROW, source=source, figures=figures), replace(FEED, source_id=source.id, outcome=outcome)


def kinds_of(*sources: tuple[SourceOverview, FailureView]) -> list[tuple[str, str]]:
    rows, failing = zip(*sources, strict=True)
    return [
        (each.kind.value, each.source_id)
        for each in troubles_of(replace(WELL, sources=rows, failing_documents=failing))
    ]


def test_sources_that_fail_because_no_site_answers_are_one_trouble() -> None:
    gazette, kurye = failing_of(GAZETTE, NOW - HOUR), failing_of(KURYE, NOW - HOUR / 2)
    silent = replace(gazette[0], figures=replace(gazette[0].figures, silent_since=EARLIER))
    ill = replace(WELL, sources=(silent, kurye[0]), failing_documents=(gazette[1], kurye[1]))
    (trouble,) = troubles_of(ill)
    assert (trouble.kind, trouble.severity, trouble.source_id) == ("network", "urgent", "")
    assert trouble.since_at == NOW - HOUR
    assert "2 sources fail" in trouble.line
    assert "dns failed" in trouble.line


def test_it_is_not_the_network_where_a_site_answers_or_did_since() -> None:
    gazette, kurye = failing_of(GAZETTE, NOW - HOUR), failing_of(KURYE, NOW - HOUR / 2)
    well = (replace(ROW, source=KURYE, figures=replace(CRAWLED, last_run=replace(RUN, started_at=NOW))), FEED)
    assert kinds_of(gazette) == [("documents", "gazette")], "one source is more likely to be away itself"
    assert kinds_of(gazette, failing_of(KURYE, NOW, outcome="http_error"))[0] == ("documents", "gazette")
    assert kinds_of(failing_of(GAZETTE, EARLIER), kurye)[0] == ("documents", "gazette"), "it failed before the others"
    assert kinds_of(gazette, well)[0] == ("documents", "gazette")
