"""A part that fails is told to the log when it begins, when it fails otherwise, and now and then."""

from __future__ import annotations

import pytest

from search.web.outages import AGAIN_SECONDS, Outages


def test_an_outage_is_told_when_it_begins_changes_and_lasts(caplog: pytest.LogCaptureFixture) -> None:
    now = 1000.0
    outages = Outages(clock=lambda: now)

    def told(part: str, why: str) -> int:
        before = len(caplog.records)
        outages.note(part, why)
        return len(caplog.records) - before

    assert [told("store", "away"), told("store", "away"), told("engine", "away")] == [1, 0, 1]
    assert [told("store", "full"), told("store", "full")] == [1, 0]
    now += AGAIN_SECONDS
    assert [told("store", "full"), told("store", "full")] == [1, 0]
