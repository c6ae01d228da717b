"""Those that wait for one host go through in their order, and urgent ones first."""

from __future__ import annotations

import asyncio

from crawler.politeness.door import Door


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Crowd:
    """Requests at one door, each of which is let out by hand."""

    def __init__(self) -> None:
        self.door = Door()
        self.passed: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._out = asyncio.Semaphore(0)

    async def come(self, *names: str) -> None:
        for name in names:
            self.tasks[name] = asyncio.create_task(self._pass(name))
            await settle()

    async def _pass(self, name: str) -> None:
        async with self.door.passed(is_urgent=name.startswith("feed")):
            self.passed.append(name)
            await self._out.acquire()

    async def let_out(self, count: int) -> None:
        for _ in range(count):
            self._out.release()
            await settle()


def test_an_urgent_one_goes_before_those_that_wait_and_others_as_they_came() -> None:
    async def queue() -> list[str]:
        crowd = Crowd()
        await crowd.come("page 1", "page 2", "page 3", "feed 1", "page 4", "feed 2")
        await crowd.let_out(6)
        return crowd.passed

    assert asyncio.run(queue()) == ["page 1", "feed 1", "feed 2", "page 2", "page 3", "page 4"]


def test_one_that_gives_up_keeps_nobody_waiting() -> None:
    async def queue() -> list[str]:
        crowd = Crowd()
        await crowd.come("page 1", "page 2", "page 3", "page 4")
        crowd.tasks["page 2"].cancel()
        crowd.tasks["page 1"].cancel()  # page 3 is let through, and gives up at that very moment
        await asyncio.sleep(0)
        crowd.tasks["page 3"].cancel()
        await settle()
        await crowd.let_out(1)
        await crowd.come("page 5")
        return crowd.passed

    assert asyncio.run(queue())[-2:] == ["page 4", "page 5"]


def test_an_error_behind_the_door_lets_the_next_one_through() -> None:
    async def queue() -> str:
        door = Door()
        try:
            async with door.passed(is_urgent=False):
                raise ValueError
        except ValueError:
            pass
        async with asyncio.timeout(1), door.passed(is_urgent=False):
            return "through"

    assert asyncio.run(queue()) == "through"
