"""Simulated edit logs: when the articles of a publisher appear and when each is edited, under several regimes.

Times are seconds since the start. The numbers are choices that sketch a kind of publisher; none is fitted to data.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
ARTICLES_PER_DAY = 20
DAYS = 30
END = DAYS * DAY

Edits = Callable[[random.Random, float], list[float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One simulated article."""

    published: float
    fetched: float  # its first fetch, some minutes later
    edits: tuple[float, ...]  # in order, all after `fetched` and before END


def newsroom(rng: random.Random, published: float) -> list[float]:
    """Two of five articles never change; the rest see bursts of edits that thin out over hours, a few after days."""
    times: list[float] = []
    if rng.random() < 0.4:
        return times
    for _ in range(1 + int(rng.expovariate(1 / 2.5))):
        times.append(published + rng.lognormvariate(math.log(1.5 * HOUR), 1.3))
        while rng.random() < 0.3:
            times.append(times[-1] + rng.uniform(2 * MINUTE, 20 * MINUTE))
    return times


def long_tail(rng: random.Random, published: float) -> list[float]:
    """Slow edits at a steady pace that has nothing to do with age; the pace differs from article to article."""
    return _steady(rng, published, rng.lognormvariate(math.log(0.08), 1.2) / DAY)


def live_blogs(rng: random.Random, published: float) -> list[float]:
    """One article in twelve is edited every few minutes for hours and then rests; few others are edited once."""
    if rng.random() >= 1 / 12:
        return [published + rng.lognormvariate(math.log(2 * HOUR), 1.0)] if rng.random() < 0.3 else []
    pause, end = rng.choice([6, 12, 25]) * MINUTE, published + rng.uniform(3 * HOUR, 12 * HOUR)
    times = [published]
    while times[-1] < end:
        times.append(times[-1] + MINUTE + rng.expovariate(1 / pause))
    return times[1:]


def never(rng: random.Random, published: float) -> list[float]:
    """A publisher that edits nothing."""
    return []


def mixed(rng: random.Random, published: float) -> list[float]:
    """Each article follows one of the four laws above."""
    return rng.choice([newsroom, long_tail, live_blogs, never])(rng, published)


def wire(rng: random.Random, published: float) -> list[float]:
    """Agency copy: second and third takes about half an hour, two and six hours after the first, then nothing."""
    takes = rng.choice([0, 1, 2, 3])
    return [published + rng.gauss(hours, hours / 6) * HOUR for hours in (0.5, 2, 6)[:takes]]


def office_hours(rng: random.Random, published: float) -> list[float]:
    """Edits only between 8 and 18 h, some on the first day and some on the next working mornings."""
    times = []
    for _ in range(int(rng.expovariate(1 / 1.5))):
        day = math.floor(published / DAY) + int(rng.expovariate(1 / 1.2))
        times.append(day * DAY + rng.uniform(8 * HOUR, 18 * HOUR))
    return times


def corrections(rng: random.Random, published: float) -> list[float]:
    """A typo is mended in the first quarter of an hour in half of the articles; one in four is corrected days later."""
    times = [published + rng.uniform(3 * MINUTE, 15 * MINUTE)] if rng.random() < 0.5 else []
    if rng.random() < 0.25:
        times.append(published + rng.uniform(1 * DAY, 6 * DAY))
    return times


# The rule's constants were chosen with the first five in view; the last three were written and run afterwards.
SEEN_REGIMES: dict[str, Edits] = {
    "newsroom": newsroom,
    "long tail": long_tail,
    "live blogs": live_blogs,
    "never": never,
    "mixed": mixed,
}
UNSEEN_REGIMES: dict[str, Edits] = {"wire": wire, "office hours": office_hours, "corrections": corrections}
REGIMES = SEEN_REGIMES | UNSEEN_REGIMES


def edit_log(regime: str, seed: int) -> list[Story]:
    """A month of a publisher; the same for the same seed."""
    rng = random.Random(f"{regime} {seed}")
    stories = []
    published = rng.expovariate(ARTICLES_PER_DAY / DAY)
    while published < END:
        fetched = published + rng.uniform(30, 10 * MINUTE)
        edits = sorted(time for time in REGIMES[regime](rng, published) if fetched < time < END)
        if fetched < END:
            stories.append(Story(published=published, fetched=fetched, edits=tuple(edits)))
        published += rng.expovariate(ARTICLES_PER_DAY / DAY)
    return stories


def _steady(rng: random.Random, start: float, rate: float) -> list[float]:
    times, time = [], start + rng.expovariate(rate)
    while time < END:
        times.append(time)
        time += rng.expovariate(rate)
    return times
