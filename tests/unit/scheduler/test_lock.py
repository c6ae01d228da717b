"""What a second daemon says of the first, whose process may run on another machine."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pytest

from scheduler.lock import DaemonLock, DaemonRunning
from store.leases.holders import Holder, this_process
from store.leases.service import Claim
from tests.support.stores import NOW


def refusal(holder: Holder) -> str:
    """What a daemon is told whose lease this process holds."""
    leases = mock.Mock(since=lambda _: NOW)
    leases.claimant.return_value.acquire.return_value = Claim(granted=False, holder=str(holder))
    with pytest.raises(DaemonRunning) as refused:
        DaemonLock(leases).take(now=NOW)
    return str(refused.value)


def test_a_process_of_this_machine_can_be_killed_by_its_number() -> None:
    mine = this_process()
    assert refusal(mine).endswith(f"stop it first (kill {mine.pid}), or name another data_dir")


def test_that_of_another_machine_is_stopped_there_or_waited_for() -> None:
    told = refusal(replace(this_process(), machine="far-box/1a2b"))
    assert "on far-box since 2026" in told
    assert told.endswith("; stop it there; if it died, a daemon here can take over within 60 seconds")
