"""The doctor's judgements."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cli.checks import (
    CLOCK_TOLERANCE,
    MIB,
    Finding,
    Level,
    Sample,
    judge_backup,
    judge_browser,
    judge_engine,
    judge_index,
    judge_notices,
    judge_record,
    judge_schema,
    judge_space,
    judge_user_agent,
    judge_web,
)
from indexer.engine import EngineHealth
from search.operations.troubles import BACKUP_PATIENCE, OUTBOX_PATIENCE
from store.inspection import Inspection, Schema, TornFile
from store.leases.holders import Holder
from store.upkeep.free_space import FreeSpace
from store.views import OutboxCounts, StoreCounts

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def counts(
    articles: int = 10, *, removed: int = 0, pending: int = 0, dead: int = 0, oldest_at: datetime | None = None
) -> StoreCounts:
    outbox = OutboxCounts(pending=pending, dead=dead, oldest_at=oldest_at)
    return StoreCounts(articles=articles, removed=removed, versions=articles, urls=articles, due=0, outbox=outbox)


def judged(name: str, **values: object) -> Finding:
    """The finding of this name on a record that is well but for these values."""
    given = {
        "counts": counts(),
        "leases": {"daemon": Holder("desk/1a2b", 42, 7)},
        "dead_leases": (),
        "lost_run_count": 0,
        "keys_in_force": False,
        "newest_at": NOW,
        "torn_files": (),
        "sampled_count": 10,
        "unreadable": (),
    }
    found = Inspection(**{**given, **values})  # type: ignore[arg-type]  # the tests name its fields
    return next(finding for finding in judge_record(found, now=NOW) if finding.name == name)


@pytest.mark.parametrize("name", ["archive", "daemon", "leases", "clock", "outbox"])
def test_sound_record_is_well(name: str) -> None:
    assert judged(name).level is Level.OK


def test_page_that_cannot_be_read_is_wrong_and_said_why() -> None:
    found = judged("archive", unreadable=("no record at a.warc.gz; restore it",))
    assert found.level is Level.WRONG
    assert found.text == "1 of the 10 newest pages cannot be read: no record at a.warc.gz; restore it"


def test_pages_of_which_none_can_be_read_may_lie_on_another_machine() -> None:
    found = judged("archive", sampled_count=2, unreadable=("no record at a.warc.gz", "no record at b.warc.gz"))
    assert found.text.endswith("; if another machine wrote them, give both the same archive folder")


def test_torn_archive_file_is_mended_by_itself() -> None:
    found = judged("archive", torn_files=(TornFile(name="a.warc.gz.open", torn_bytes=7),))
    assert (found.level, "7 bytes" in found.text) == (Level.NOTE, True)


def test_daemon_is_named_and_missed() -> None:
    assert judged("daemon").text == "process 42 on desk"
    assert judged("daemon", leases={}).level is Level.NOTE


def test_full_outbox_is_blamed_on_who_should_empty_it() -> None:
    stuck = counts(pending=5, oldest_at=NOW - timedelta(hours=1))
    assert judged("outbox", counts=stuck).text.endswith("the daemon's log tells why")
    assert judged("outbox", counts=stuck, leases={}).text.endswith("start `newsdex daemon`")


def test_leases_of_the_dead_are_taken_over_by_themselves() -> None:
    assert judged("leases", dead_leases=("host:a", "drain")).text.startswith("2 leases and 0 crawls")
    assert judged("leases", lost_run_count=1).level is Level.NOTE


def test_clock_behind_the_record_is_wrong() -> None:
    assert judged("clock", newest_at=NOW + CLOCK_TOLERANCE).level is Level.OK
    found = judged("clock", newest_at=NOW + timedelta(hours=2))
    assert (found.level, "2:00:00 in the future" in found.text) == (Level.WRONG, True)


def test_outbox_may_be_full_for_a_while_and_not_for_long() -> None:
    waits = counts(pending=5, oldest_at=NOW - OUTBOX_PATIENCE)
    assert judged("outbox", counts=waits).level is Level.OK
    stuck = counts(pending=5, oldest_at=NOW - OUTBOX_PATIENCE - timedelta(seconds=1))
    assert judged("outbox", counts=stuck).level is Level.WRONG
    assert judged("outbox", counts=counts(dead=1)).level is Level.WRONG


@pytest.mark.parametrize(
    ("found", "level"),
    [("0002", Level.OK), ("0001", Level.NOTE), (None, Level.NOTE), ("0003", Level.WRONG)],
)
def test_a_schema_is_right_older_or_too_new(found: str | None, level: Level) -> None:
    assert judge_schema(Schema(found=found, wanted="0002")).level is level


@pytest.mark.parametrize(
    ("documents", "before", "after", "level"),
    [
        (10, counts(), counts(), Level.OK),
        (8, counts(pending=2), counts(pending=2), Level.OK),
        (7, counts(pending=2), counts(pending=2), Level.WRONG),
        (0, counts(), counts(), Level.WRONG),
        (11, counts(), counts(), Level.WRONG),
        (11, counts(removed=1), counts(removed=1), Level.OK),  # what publishers removed is found, too
        (10, counts(removed=1), counts(removed=1), Level.WRONG),
        (11, counts(11), counts(removed=1), Level.OK),  # one is removed meanwhile
        (12, counts(10), counts(14), Level.OK),  # a crawl goes on
        (None, counts(), counts(), Level.WRONG),
    ],
)
def test_index_holds_what_does_not_wait(
    documents: int | None, before: StoreCounts, after: StoreCounts, level: Level
) -> None:
    assert judge_index(documents, before, after, Sample()).level is level


def test_an_index_of_another_day_is_behind_though_its_count_is_right() -> None:
    found = judge_index(10, counts(), counts(), Sample(article_count=10, behind_count=2))
    assert found.level is Level.WRONG
    assert "2 of the newest 10 articles not as it is now" in found.text


def test_an_engine_is_judged_by_whether_it_answers_and_takes_articles() -> None:
    well, ill = EngineHealth(ok=True, detail="embedded"), EngineHealth(ok=False, detail="no answer")
    assert judge_engine(well, True, article_count=0).level is Level.OK
    assert judge_engine(well, False, article_count=0).text.endswith("run newsdex reindex")
    assert judge_engine(ill, None, article_count=0).level is Level.WRONG
    blocked = judge_engine(replace(well, takes_nothing="its disk is nearly full"), True, article_count=0)
    assert (blocked.level, blocked.text) == (Level.WRONG, "embedded takes no articles: its disk is nearly full")


def test_a_new_server_without_an_index_is_fine_until_there_are_articles() -> None:
    new = EngineHealth(ok=False, detail="404 no such index", name="Elasticsearch", has_index=False)
    first, lost = (judge_engine(new, None, article_count=count) for count in (0, 7))
    assert (first.level, lost.level) == (Level.NOTE, Level.WRONG)
    assert first.text == "Elasticsearch: there is no index yet; the first crawl makes it"
    assert lost.text == "Elasticsearch: there is no index; run newsdex reindex"


def test_space_for_two_archive_files_is_enough() -> None:
    for free_bytes, level in ((512 * MIB, Level.OK), (512 * MIB - 1, Level.WRONG)):
        assert judge_space(FreeSpace(free_bytes=free_bytes, least_bytes=512 * MIB), folder="/d").level is level


def test_default_user_agent_is_noted() -> None:
    assert judge_user_agent("newsdex", "newsdex").level is Level.NOTE
    assert judge_user_agent("Gazette (desk@gazette.example)", "newsdex").level is Level.OK


def test_a_browser_is_judged_by_what_is_there_and_who_runs_it() -> None:
    def judged(missing: str | None = None, *, as_root: bool = False, sandbox: bool = True) -> Finding:
        path = "" if missing else "/usr/bin/chromium"
        return judge_browser(["gazette", "post"], path=path, missing=missing, as_root=as_root, sandbox=sandbox)

    assert judged().text == "/usr/bin/chromium renders pages of gazette and 1 more"
    found = judged("there is no Chromium; run apt-get install chromium")
    assert (found.level, found.text) == (
        Level.WRONG,
        "pages of gazette and 1 more are not rendered: there is no Chromium; run apt-get install chromium",
    )
    assert judged(as_root=True).level is Level.WRONG
    assert judged(as_root=True, sandbox=False).level is Level.OK


@pytest.mark.parametrize(
    ("host", "has_key", "level"),
    [
        ("127.0.0.1", False, Level.OK),
        ("::1", False, Level.OK),
        ("0.0.0.0", False, Level.WRONG),
        ("0.0.0.0", True, Level.OK),
    ],
)
def test_address_that_others_reach_needs_a_key(host: str, has_key: bool, level: Level) -> None:
    assert judge_web(host, has_key=has_key).level is level


def test_that_nobody_is_told_of_troubles_is_noted() -> None:
    nobody = judge_notices([])
    assert nobody.level is Level.NOTE
    assert "nobody is told when something is wrong; set notices.emails" in nobody.text
    told = judge_notices(["mail", "heartbeat"])
    assert (told.level, told.text) == (Level.OK, "told by mail, heartbeat")


def test_an_old_backup_or_none_is_noted() -> None:
    assert judge_backup(NOW - BACKUP_PATIENCE, now=NOW).level is Level.OK
    old = judge_backup(NOW - BACKUP_PATIENCE - timedelta(minutes=1), now=NOW)
    assert (old.level, old.text) == (
        Level.NOTE,
        "the last is of 2026-11-19 11:59 UTC, more than 7 days ago; make one: newsdex backup FOLDER",
    )
    none = judge_backup(None, now=NOW)
    assert (none.level, none.text) == (Level.NOTE, "none was made yet; make one: newsdex backup FOLDER")
