"""The gate before a host keeps no crawl for ever."""

from __future__ import annotations

import asyncio
import time

import pytest

from crawler.fetching.refusals import HostResting
from crawler.politeness.gate import MOST_DELAY_SECONDS, HostGate
from crawler.politeness.pace import PaceBounds


def gate_of(delay_seconds: float) -> HostGate:
    bounds = PaceBounds(least_seconds=delay_seconds, most_seconds=delay_seconds, concurrency=2)
    return HostGate(bounds=bounds, patience_seconds=30, monotonic=time.monotonic, since_last_seconds=0)


def test_a_delay_of_days_ends_the_crawl_instead_of_keeping_its_place() -> None:
    with pytest.raises(HostResting) as resting:
        asyncio.run(gate_of(999_999).enter())
    assert resting.value.wait_seconds > MOST_DELAY_SECONDS


def test_a_crawl_that_stops_turns_away_what_waits_for_its_turn_and_what_comes_later() -> None:
    async def turned_away() -> list[BaseException | object]:
        gate = gate_of(MOST_DELAY_SECONDS)
        waiting = [asyncio.create_task(gate.enter()) for _ in range(5)]
        await asyncio.sleep(0)
        gate.close()
        return [
            *await asyncio.gather(*waiting, return_exceptions=True),
            *await asyncio.gather(gate.enter(), return_exceptions=True),
        ]

    assert [type(each) for each in asyncio.run(turned_away())] == [HostResting] * 6


def test_a_request_that_was_made_before_the_machine_started_demands_no_more_than_the_delay() -> None:
    bounds = PaceBounds(least_seconds=2, most_seconds=2, concurrency=1)
    gate = HostGate(bounds=bounds, patience_seconds=30, monotonic=lambda: 60.0, since_last_seconds=86_400)
    turn = asyncio.run(gate.enter())
    assert (turn.demanded_seconds, turn.kept_seconds) == (2, 86_400)


def test_a_good_answer_shortens_the_wait_of_the_request_that_waits_already() -> None:
    """It began to wait when the one before it was let in, whose answer came only then."""

    async def let_in() -> None:
        bounds = PaceBounds(least_seconds=0, most_seconds=60, concurrency=2)
        gate = HostGate(
            bounds=bounds, patience_seconds=30, monotonic=time.monotonic, delay_seconds=60, since_last_seconds=0
        )
        waiting = asyncio.create_task(gate.enter())
        await asyncio.sleep(0)
        for _ in range(200):
            gate.learn(status=200, latency_seconds=0.0)
        await asyncio.wait_for(waiting, 30)

    asyncio.run(let_in())
