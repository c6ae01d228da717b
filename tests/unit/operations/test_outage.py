"""Telling of an outage of the store."""

from __future__ import annotations

import logging

import pytest

from news.errors import StoreError
from store.outage import MOST_TOLD, Outage

log = logging.getLogger("part")


@pytest.fixture
def outage(caplog: pytest.LogCaptureFixture) -> Outage:
    caplog.set_level("INFO")
    return Outage(log, waits="work waits", goes_on="work goes on")


def fail(outage: Outage, *texts: str) -> None:
    for text in texts:
        with outage.told():
            raise StoreError(text)


def test_each_trouble_is_told_once_however_they_take_turns(outage: Outage, caplog: pytest.LogCaptureFixture) -> None:
    fail(outage, "it closed the connection", "it refuses connections", "it closed the connection")
    assert outage
    with outage.told():
        pass
    with outage.told():
        pass
    assert not outage
    fail(outage, "it closed the connection")
    assert caplog.messages == [
        "work waits: it closed the connection",
        "work waits: it refuses connections",
        "work goes on",
        "work waits: it closed the connection",
    ]


def test_troubles_that_differ_each_time_fill_no_log(outage: Outage, caplog: pytest.LogCaptureFixture) -> None:
    fail(outage, *(f"backend {number} was ended" for number in range(100)))
    assert len(caplog.messages) == MOST_TOLD


def test_other_errors_are_not_its(outage: Outage) -> None:
    with pytest.raises(RuntimeError), outage.told():
        raise RuntimeError("a defect")
    assert not outage
