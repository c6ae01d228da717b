"""Progress as server-sent events, on a clock of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from search.api.event_stream import Pace, Streams, progress_events

PACE = Pace(poll_seconds=1, heartbeat_seconds=3, longest_seconds=8)


def told(states: Sequence[tuple[str, bool]], *, stops_after: int | None = None) -> tuple[list[str], int]:
    """The events of these states, the last of which lasts, and how many seconds it took."""
    seconds = 0

    async def read() -> tuple[str, bool]:
        return states[min(seconds, len(states) - 1)]

    async def sleep(length: float) -> None:
        nonlocal seconds
        seconds += round(length)

    async def collect() -> list[str]:
        def stopping() -> bool:
            return stops_after is not None and seconds >= stops_after

        return [each async for each in progress_events(read, stopping=stopping, pace=PACE, sleep=sleep)]

    return asyncio.run(collect()), seconds


def test_each_change_is_told_once_and_the_end_last() -> None:
    events, seconds = told([("1", False), ("1", False), ("2", False), ("3", True)])
    assert events == ["event: progress\ndata: 1\n\n", "event: progress\ndata: 2\n\n", "event: end\ndata: 3\n\n"]
    assert seconds == 3


def test_what_has_ended_is_told_at_once() -> None:
    assert told([("1", True)]) == (["event: end\ndata: 1\n\n"], 0)


def test_silence_is_broken_by_comments_and_has_an_end() -> None:
    events, seconds = told([("1", False)])
    assert events[1:] == [": still there\n\n"] * 2
    assert seconds == 8


def test_a_server_that_stops_ends_its_streams() -> None:
    assert told([("1", False)], stops_after=2)[1] == 2


def test_streams_are_bounded() -> None:
    streams = Streams(most=2)
    assert [streams.begin() for _ in range(3)] == [True, True, False]
    streams.end()
    assert streams.begin()
