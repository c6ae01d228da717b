"""What people ask for: whose an address is, what a date means, and what a request waits for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from config.sources import SourceSet
from news.errors import NotFoundError
from news.requests import RequestKind, RequestScope, RequestState, RequestView
from news.source import Source
from search.errors import BadRequest
from search.operations.asking import hold_reason, owner_of, parse_since

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SOURCES = {
    source_id: Source(
        id=source_id, name=source_id, home_url=f"https://{source_id}.example/", hosts=(f"{source_id}.example",),
        strip_parameters=("ref",),
    )
    for source_id in ("gazette", "kurye")
}  # fmt: skip
SET = SourceSet(by_id=SOURCES, files={})
STORY = "https://kurye.example/world/storm-hits-coast"


def a_request(
    kind: RequestKind = RequestKind.FETCH, state: RequestState = RequestState.OPEN, **scope: object
) -> RequestView:
    return RequestView(
        id="1", kind=kind, scope=RequestScope(**scope), state=state, created_at=NOW, started_at=None,  # type: ignore[arg-type]
        ended_at=None, total_count=1, done_count=0,
    )  # fmt: skip


def held(view: RequestView, *paused: str, daemon: str | None = "here:1:1") -> str | None:
    return hold_reason(view, daemon=daemon, pauses=dict.fromkeys(paused, NOW), sources=SET)


def test_an_address_has_one_spelling_and_one_source() -> None:
    normalized, source = owner_of("HTTPS://Kurye.Example:443/world/storm-hits-coast?ref=feed&utm_source=x", SET)
    assert (normalized, source.id) == (STORY, "kurye")


def test_addresses_that_nobody_takes_are_told_in_one_line() -> None:
    with pytest.raises(NotFoundError, match=r"no source covers 'https://other\.example/a'; `newsdex sources list`"):
        owner_of("https://other.example/a", SET)
    for strange in ("", "ftp://kurye.example/a", "javascript:alert(1)", "http://", "\0"):
        with pytest.raises(BadRequest, match="is not a web address"):
            owner_of(strange, SET)


def test_dates_are_utc_unless_they_say_otherwise() -> None:
    assert parse_since("2026-01-31") == datetime(2026, 1, 31, tzinfo=UTC)
    assert parse_since("2026-01-31T12:00+03:00") == datetime(2026, 1, 31, 9, tzinfo=UTC)
    for strange in ("yesterday", "", "2026-13-01", "0001-01-01T00:00+14:00"):
        with pytest.raises(BadRequest, match="write 2026-01-31"):
            parse_since(strange)


def test_a_request_says_what_it_waits_for() -> None:
    of_source, of_urls = a_request(source_id="kurye"), a_request(urls=(STORY,))
    assert held(of_source, daemon=None) == "no daemon is running"
    assert held(of_source, "*") == "everything is paused"
    assert held(of_source, "kurye") == held(of_urls, "kurye") == "kurye is paused"
    assert held(of_source, "gazette") is held(of_urls, "gazette") is held(of_source) is None


def test_a_full_disk_is_what_everything_waits_for() -> None:
    for view in (a_request(source_id="kurye"), a_request(RequestKind.REINDEX, state=RequestState.RUNNING)):
        held_by = hold_reason(view, daemon="here:1:1", pauses={}, sources=SET, is_disk_full=True)
        assert held_by == "the disk of the data folder is full; it goes on when there is room"


def test_what_asks_no_publisher_goes_on_in_a_pause() -> None:
    assert held(a_request(RequestKind.REPLAY, source_id="kurye"), "*", "kurye") is None


def test_what_has_ended_or_is_under_way_waits_for_nothing() -> None:
    assert held(a_request(state=RequestState.DONE, source_id="kurye"), "*", daemon=None) is None
    assert held(a_request(state=RequestState.RUNNING, source_id="kurye"), daemon=None) is None


def test_work_of_a_source_that_is_no_more_says_how_to_end_it() -> None:
    waits = "gone is no source any more; `newsdex requests cancel 1` ends this"
    assert held(a_request(source_id="gone")) == held(a_request(source_id="gone"), "*") == waits
    assert held(a_request(RequestKind.REPLAY, source_id="gone")) is None


def test_an_address_whose_source_is_gone_holds_nothing_up() -> None:
    assert held(a_request(urls=("https://gone.example/world/a-b-c",)), "kurye") is None


def test_a_backfill_waits_for_its_source_to_be_followed() -> None:
    span: dict[str, Any] = {"since": NOW, "until": NOW}
    assert held(a_request(RequestKind.BACKFILL, source_id="kurye", **span)) is None
    assert held(a_request(RequestKind.BACKFILL, source_id="kurye", **span), "kurye") == "kurye is paused"
    said = held(a_request(RequestKind.BACKFILL, source_id="gone", **span))
    assert said == "gone is not followed; a backfill is worked on in its crawls"
