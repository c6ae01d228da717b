"""What is known of hosts, and the reports of crawls. Runs on both databases."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from news.crawl_ends import FinishReason
from news.fetch import Outcome, UrlState
from news.triggers import Trigger
from news.urls import origin_of, server_of
from store.crawls.paces import KEPT_DAYS, KEPT_REQUESTS, AskedRequest, HostDay, HostPace
from store.crawls.runs import SILENT_SECONDS
from store.leases.holders import this_process
from store.records import RobotsAnswer
from store.schema import run
from store.service import Store
from tests.support.processes import dead_pid_holder
from tests.support.stores import NOW, Place, add_urls, after, make_result, row_of, take

PAGE = "https://paper.example/a"
ORIGIN = origin_of(PAGE)
HOST = server_of(PAGE)


def test_refused_addresses_are_told_by_reason_with_the_newest_of_each(store: Store) -> None:
    refused = {"state": UrlState.REFUSED, "outcome": Outcome.OUT_OF_SCOPE, "detail": "redirected elsewhere"}
    for number in range(2):
        row = row_of(store, f"https://paper.example/{number}")
        store.saver.save([make_result(row, **refused)])
    row_of(store, "https://paper.example/fine")
    (told,) = store.activity.refused("paper")
    assert (told.outcome, told.count, told.url) == ("out_of_scope", 2, "https://paper.example/1")
    assert store.activity.refused("gazette") == []


def test_an_unknown_host_has_an_empty_state(store: Store) -> None:
    assert store.robots.get(ORIGIN) == RobotsAnswer(origin=ORIGIN)


def test_robots_rules_are_kept_as_bytes_and_replaced(store: Store) -> None:
    store.robots.put(ORIGIN, status=200, body=b"Disallow: /\xff\x00", now=NOW)
    assert store.robots.get(ORIGIN).body == b"Disallow: /\xff\x00"
    store.robots.put(ORIGIN, status=None, body=b"", now=after(days=1))
    assert store.robots.get(ORIGIN) == RobotsAnswer(origin=ORIGIN, body=b"", fetched_at=after(days=1))


def test_the_longest_wait_asked_for_stands(store: Store) -> None:
    assert store.paces.get(HOST) == HostPace(host=HOST)
    store.paces.rest(HOST, after(minutes=60))
    store.paces.rest(HOST, after(minutes=1))
    assert store.paces.get(HOST) == HostPace(host=HOST, retry_at=after(minutes=60))


def asked(number: int, **fields: Any) -> AskedRequest:
    """A request `number` seconds after the tests' now, made when two seconds were demanded and kept."""
    known: dict[str, Any] = {
        "host": HOST,
        "source_id": "paper",
        "asked_at": after(seconds=number),
        "url": f"https://{HOST}/{number}",
        "rule": "robots.txt allows it",
        "demanded_seconds": 2.0,
        "kept_seconds": 2.0,
        "status": 200,
    }
    return AskedRequest(**(known | fields))


def test_requests_are_kept_with_what_was_demanded_and_never_more_than_a_ring_holds(store: Store) -> None:
    for first in range(0, 2 * KEPT_REQUESTS, 30):
        store.paces.record([asked(number) for number in range(first, first + 30)])
    store.paces.record([asked(500, status=None, delay_seconds=4.5)])

    kept = store.paces.requests("paper", limit=1000)
    assert len(kept) == KEPT_REQUESTS
    assert kept[0] == asked(500, status=None)
    assert [one.url for one in kept[1:3]] == [asked(209).url, asked(208).url]
    assert store.paces.requests("other", limit=10) == []
    pace = store.paces.get(HOST)
    assert (pace.last_asked_at, pace.delay_seconds) == (after(seconds=500), 4.5)


def test_a_days_requests_are_summed_longer_than_they_are_kept(store: Store) -> None:
    statuses = [200, 429, 503, 500, None, 404]
    store.paces.record([asked(number, status=status) for number, status in enumerate(statuses)])
    store.paces.record([asked(9, kept_seconds=1.5, demanded_seconds=1.5), asked(10, kept_seconds=1.0)])
    (day,) = store.paces.days("paper", limit=10)
    assert day == HostDay(
        host=HOST,
        day=NOW.date().isoformat(),
        asked_count=8,
        throttled_count=2,
        failed_count=2,
        early_count=1,
        least_kept_seconds=1.0,
        most_demanded_seconds=2.0,
    )
    store.paces.record([asked(0, asked_at=after(days=KEPT_DAYS + 1))])
    assert [one.asked_count for one in store.paces.days("paper", limit=10)] == [1]


def test_a_run_is_reported_with_its_counts(store: Store) -> None:
    run_id = store.runs.start("paper", Trigger.CLI, now=NOW)
    store.runs.heartbeat(run_id, {"new_article": 1}, now=after(seconds=5))
    store.runs.finish(run_id, reason=FinishReason.FINISHED, counts={"new_article": 2}, now=after(seconds=9))
    last = store.runs.last("paper")
    assert last is not None
    assert (last.id, last.finish_reason, last.counts) == (run_id, "finished", {"new_article": 2})
    assert (last.started_at, last.ended_at) == (NOW, after(seconds=9))
    assert store.runs.last("other") is None


def test_finishing_gives_back_the_rows_not_got_to(store: Store) -> None:
    add_urls(store, PAGE)
    run_id = store.runs.start("paper", Trigger.CLI, now=NOW)
    take(store, run_id)
    store.runs.finish(run_id, reason=FinishReason.URL_LIMIT, counts={}, now=NOW)
    assert len(take(store, run_id + 1)) == 1


def test_opening_closes_the_runs_of_dead_processes_and_frees_their_rows(place: Place) -> None:
    store = place.open()
    add_urls(store, PAGE)
    mine, lost = (store.runs.start(source, Trigger.CLI, now=NOW) for source in ("other", "paper"))
    take(store, lost)
    change_holder(place, lost, dead_pid_holder())
    again = place.open(now=after(seconds=1))
    reports = {source: again.runs.last(source) for source in ("other", "paper")}
    assert [report and report.finish_reason for report in reports.values()] == [None, "lost"]
    assert mine != lost
    assert len(take(again, 99, at=after(seconds=1))) == 1


@pytest.mark.parametrize(("silent_seconds", "closed"), [(SILENT_SECONDS - 1, 0), (SILENT_SECONDS, 1)])
def test_a_run_of_another_machine_is_lost_when_it_fell_silent(place: Place, silent_seconds: int, closed: int) -> None:
    store = place.open()
    run_id = store.runs.start("paper", Trigger.CLI, now=NOW)
    change_holder(place, run_id, "elsewhere/0000:1:1")
    assert len(store.runs.close_lost(now=after(seconds=silent_seconds))) == closed


def test_a_living_process_keeps_its_run_however_long_it_was_silent(store: Store) -> None:
    store.runs.start("paper", Trigger.CLI, now=NOW)
    assert store.runs.close_lost(now=after(days=1)) == []


def change_holder(place: Place, run_id: int, holder: str) -> None:
    assert holder != str(this_process())
    with place.database().write() as connection:
        connection.execute(sa.update(run).where(run.c.id == run_id).values(holder=holder))


def test_counts_and_status_say_how_much_there_is(store: Store) -> None:
    add_urls(store, PAGE, "https://paper.example/b", "https://paper.example/c")
    store.saver.save(
        [make_result(row_of(store, PAGE), outcome=Outcome.TIMEOUT, state=UrlState.FAILING, next_due_at=after(days=1))]
    )
    counts, status = store.counts(now=NOW), store.source_status("paper", now=NOW)
    assert (counts.articles, counts.versions, counts.urls, counts.due) == (0, 0, 3, 2)
    assert (status.articles, status.urls, status.due, status.failing) == (0, 3, 2, 1)
    assert (status.last_run, status.newest_article_at) == (None, None)
