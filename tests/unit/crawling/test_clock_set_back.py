"""Fetches that are saved after the clock was set back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from crawler.recording.batch import Fetched, made_by_now
from tests.support.stores import NOW, after, make_result

if TYPE_CHECKING:
    from store.records import FrontierRow

ROW = cast("FrontierRow", None)  # what it says does not matter here


def saved_at(now: datetime, next_due_at: datetime | None) -> tuple[datetime, datetime | None]:
    result = made_by_now(Fetched(result=make_result(ROW, fetched_at=NOW, next_due_at=next_due_at)), now).result
    return result.fetched_at, result.next_due_at


@pytest.mark.parametrize("seconds", [-9, 0, 300])
def test_a_fetch_keeps_its_time(seconds: float) -> None:
    assert saved_at(after(seconds=seconds), after(hours=1)) == (NOW, after(hours=1))


def test_one_of_before_is_of_now_and_comes_again_after_the_same_time() -> None:
    now = NOW - timedelta(days=1)
    assert saved_at(now, after(hours=1)) == (now, now + timedelta(hours=1))
    assert saved_at(now, None) == (now, None)
