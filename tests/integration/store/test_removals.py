"""An article whose page is gone for good is marked and kept; an outage removes nothing. Runs on both databases."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from news.fetch import Discovered, Outcome, UrlKind, UrlState
from news.revisits.due import GONE_CONFIRMATIONS, GONE_INTERVAL, MOST_INTERVAL, after_failure
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, deliver, fetch_gone, fetch_story, make_result, make_story, row_of

A, B = "https://paper.example/a", "https://paper.example/b"


def answer_gone(store: Store, url: str, *, times: int = GONE_CONFIRMATIONS, first: int = 1) -> None:
    """The URL answers 404 so many times, twelve hours apart."""
    for number in range(first, first + times):
        fetch_gone(store, url, at=NOW + GONE_INTERVAL * number)


def state_of(store: Store, article_id: str | None) -> tuple[str, bool]:
    """State of an article, and whether the index is told of it as removed."""
    view = store.articles.get(article_id or "")
    assert view is not None
    (told,) = [
        item for item in store.outbox.pending(limit=9, now=NOW + timedelta(days=99)) if item.article_id == article_id
    ]
    assert told.stored is not None
    assert told.stored.removed_at == view.removed_at
    return view.state, view.removed_at is not None


def test_a_loss_that_is_confirmed_marks_the_article_and_keeps_it(store: Store) -> None:
    saved = fetch_story(store, A, make_story("Gone soon"))
    answer_gone(store, A, times=GONE_CONFIRMATIONS - 1)
    assert state_of(store, saved.article_id) == ("live", False)

    answer_gone(store, A, times=1, first=GONE_CONFIRMATIONS)

    assert state_of(store, saved.article_id) == ("removed", True)
    assert [each.id for each in store.articles.iterate_live(limit=9)] == [saved.article_id]
    assert store.counts(now=NOW).removed == 1
    row = store.frontier.find(A)
    assert row is not None
    confirmed = NOW + GONE_INTERVAL * GONE_CONFIRMATIONS
    assert (row.state, row.next_due_at) == (UrlState.GONE, confirmed + MOST_INTERVAL)
    deliver(store, at=NOW + timedelta(days=9))
    answer_gone(store, A, times=1, first=70)  # asked again after a month: still gone, nothing new
    assert deliver(store, at=NOW + timedelta(days=99)) == []


def test_answers_within_hours_count_once_however_often_somebody_asks(store: Store) -> None:
    saved = fetch_story(store, A, make_story("Gone soon"))
    gone = {"outcome": Outcome.GONE, "status": 404, "detail": "status 404", "state": UrlState.GONE}
    hours_and_due = ((1, 13), (2, 13), (3, 13), (14, 26), (20, 26))
    for hours, due_hours in hours_and_due:
        at = NOW + timedelta(hours=hours)
        store.saver.save([make_result(row_of(store, A, at=at), fetched_at=at, next_due_at=None, **gone)])
        row = store.frontier.find(A)
        assert row is not None
        assert (row.state, row.next_due_at) == (UrlState.FAILING, NOW + timedelta(hours=due_hours))
    assert state_of(store, saved.article_id) == ("live", False)
    assert store.retention.forget_history(before=NOW + timedelta(hours=14)) == 1, "what removals are counted by stays"
    at = NOW + timedelta(hours=26)
    store.saver.save([make_result(row_of(store, A, at=at), fetched_at=at, next_due_at=None, **gone)])
    assert state_of(store, saved.article_id) == ("removed", True)


def test_failures_of_another_kind_before_confirm_no_removal(store: Store) -> None:
    saved = fetch_story(store, A, make_story("Still there"))
    for number, outcome in enumerate((Outcome.TIMEOUT, Outcome.GONE, Outcome.TIMEOUT, Outcome.GONE), start=1):
        at = NOW + GONE_INTERVAL * number
        state = UrlState.GONE if outcome is Outcome.GONE else UrlState.FAILING
        store.saver.save([make_result(row_of(store, A, at=at), fetched_at=at, outcome=outcome, state=state)])
    assert state_of(store, saved.article_id) == ("live", False)


def test_a_page_that_is_taken_for_removed_is_asked_for_whole(store: Store) -> None:
    fetch_story(store, A, make_story("Gone soon"), etag='"1"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT")
    answer_gone(store, A, times=GONE_CONFIRMATIONS - 1)
    assert row_of(store, A, at=NOW + timedelta(days=2)).etag == '"1"'
    answer_gone(store, A, times=1, first=GONE_CONFIRMATIONS)
    row = row_of(store, A, at=NOW + timedelta(days=3))
    assert (row.etag, row.last_modified) == (None, None)


@pytest.mark.parametrize("outcome", [Outcome.UNCHANGED, Outcome.NOT_MODIFIED])
def test_it_is_live_again_when_the_page_is_back_as_it_was(store: Store, outcome: Outcome) -> None:
    saved = fetch_story(store, A, make_story("Gone soon"))
    answer_gone(store, A)
    back = NOW + timedelta(days=40)
    store.saver.save([make_result(row_of(store, A, at=back), fetched_at=back, outcome=outcome)])
    assert state_of(store, saved.article_id) == ("live", False)


@pytest.mark.parametrize("title", ["Gone soon", "Back with another word"])
def test_it_is_live_again_when_its_text_is_read_anew(store: Store, title: str) -> None:
    saved = fetch_story(store, A, make_story("Gone soon"))
    answer_gone(store, A)
    again = fetch_story(store, A, make_story(title), at=NOW + timedelta(days=40))
    assert again.article_id == saved.article_id
    assert state_of(store, saved.article_id) == ("live", False)


def test_while_most_pages_are_gone_nothing_is_removed_and_when_others_answer_it_is(store: Store) -> None:
    urls = [f"https://paper.example/{number}" for number in range(6)]
    saved = [fetch_story(store, url, make_story(url)) for url in urls]
    for number in range(1, 9):  # four days of an outage
        for url in urls[:4]:
            answer_gone(store, url, times=1, first=number)
    assert store.counts(now=NOW).removed == 0
    row = store.frontier.find(urls[0])
    assert row is not None
    assert row.state is UrlState.FAILING
    assert "others of this source" in row.last_detail

    later = NOW + GONE_INTERVAL * 9
    for url in urls[1:]:
        store.saver.save([make_result(row_of(store, url, at=later), fetched_at=later, outcome=Outcome.NOT_MODIFIED)])
    answer_gone(store, urls[0], times=1, first=9)
    assert state_of(store, saved[0].article_id) == ("removed", True)
    assert store.counts(now=NOW).removed == 1


@pytest.mark.parametrize(
    "outcome", [Outcome.HTTP_ERROR, Outcome.DNS_FAILED, Outcome.TIMEOUT, Outcome.CONNECTION_FAILED]
)
def test_failures_of_servers_and_networks_remove_nothing(store: Store, outcome: Outcome) -> None:
    fetch_story(store, A, make_story("Still there"))
    for number in range(1, 30):
        at = NOW + GONE_INTERVAL * number
        row = row_of(store, A, at=at)
        state, due_at = after_failure(
            outcome=outcome, kind=UrlKind.ARTICLE, failure_count=row.failure_count + 1, now=at, retry_at=None
        )
        store.saver.save([make_result(row, fetched_at=at, outcome=outcome, state=state, next_due_at=due_at)])
    assert store.counts(now=NOW).removed == 0


def test_an_article_with_another_address_that_answers_is_followed_there(store: Store) -> None:
    saved = fetch_story(store, A, make_story("Two doors"))
    fetch_story(store, B, make_story("Two doors"), canonical_url=A)
    answer_gone(store, A)
    assert state_of(store, saved.article_id) == ("live", False)
    followed = store.frontier.row_of(saved.article_id or "")
    assert followed is not None
    assert followed.url == B
    answer_gone(store, B, first=9)
    assert state_of(store, saved.article_id) == ("removed", True)


def test_a_removed_article_that_its_site_names_as_changed_is_looked_at(store: Store) -> None:
    fetch_story(store, A, make_story("Gone soon"))
    answer_gone(store, A)
    at = NOW + timedelta(days=3)
    found = Discovered(url=A, modified_at=at - timedelta(hours=1))
    store.frontier.add([NewUrl(url=A, kind=UrlKind.ARTICLE, found=found)], source_id="paper", found_on=None, now=at)
    row = store.frontier.find(A)
    assert row is not None
    assert row.next_due_at == at


def test_the_pages_of_a_source_that_are_gone_or_answered_are_found_by_index(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, max_archive_file_bytes=1, clock=lambda: NOW)) as store:
        asked: list[tuple[str, Any]] = []

        def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: Any) -> None:
            if "count(" in statement or "last_seen_at >=" in statement:
                asked.append((statement, parameters))

        urls = [f"https://paper.example/{number}" for number in range(4)]
        for url in urls:
            fetch_story(store, url, make_story(url, f"Text of {url}.", url=url))
        sa.event.listen(store._database._engine, "before_cursor_execute", note)
        for url in urls:
            answer_gone(store, url, times=GONE_CONFIRMATIONS - 1)
        answer_gone(store, urls[0], times=1, first=GONE_CONFIRMATIONS)
        with store._database.read() as connection:
            plans = {
                row.detail
                for statement, parameters in list(asked)  # these are noted too
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                if " url " in row.detail
            }
    assert {plan.split(" INDEX ")[1].split(" ")[0] for plan in plans} == {"ix_url_failing", "ix_url_seen"}
    assert all(plan.startswith("SEARCH") for plan in plans)
