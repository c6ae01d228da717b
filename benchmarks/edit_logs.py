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

Edits = Callable[[random.Random], list[float]]  # an article's edits, drawn anew at each call
Law = Callable[[random.Random, float], Edits]  # draws what is particular to an article of this publication time


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One simulated article."""

    published: float
    fetched: float  # its first fetch, some minutes later
    edits: tuple[float, ...]  # in order, all after `fetched` and before END


def newsroom(rng: random.Random, published: float) -> Edits:
    """Two of five articles never change; the rest see bursts of edits that thin out over hours, a few after days."""
    bursts = 0 if rng.random() < 0.4 else 1 + int(rng.expovariate(1 / 2.5))

    def edits(rng: random.Random) -> list[float]:
        times: list[float] = []
        for _ in range(bursts):
            times.append(published + rng.lognormvariate(math.log(1.5 * HOUR), 1.3))
            while rng.random() < 0.3:
                times.append(times[-1] + rng.uniform(2 * MINUTE, 20 * MINUTE))
        return times

    return edits


def long_tail(rng: random.Random, published: float) -> Edits:
    """Slow edits at a steady pace that has nothing to do with age; the pace differs from article to article."""
    rate = rng.lognormvariate(math.log(0.08), 1.2) / DAY
    return lambda rng: _steady(rng, published, END, rate)


def live_blogs(rng: random.Random, published: float) -> Edits:
    """One article in twelve is edited every few minutes for hours and then rests; few others are edited once."""
    if rng.random() >= 1 / 12:
        return _once(published, 2 * HOUR) if rng.random() < 0.3 else never(rng, published)
    pause, end = rng.choice([6, 12, 25]) * MINUTE, published + rng.uniform(3 * HOUR, 12 * HOUR)

    def edits(rng: random.Random) -> list[float]:
        times = [published]
        while times[-1] < end:
            times.append(times[-1] + MINUTE + rng.expovariate(1 / pause))
        return times[1:]

    return edits


def never(rng: random.Random, published: float) -> Edits:
    """A publisher that edits nothing."""
    return lambda rng: []


def mixed(rng: random.Random, published: float) -> Edits:
    """Each article follows one of the four laws above."""
    return rng.choice([newsroom, long_tail, live_blogs, never])(rng, published)


def wire(rng: random.Random, published: float) -> Edits:
    """Agency copy: second and third takes about half an hour, two and six hours after the first, then nothing."""
    takes = rng.choice([0, 1, 2, 3])
    return lambda rng: [published + rng.gauss(hours, hours / 6) * HOUR for hours in (0.5, 2, 6)[:takes]]


def office_hours(rng: random.Random, published: float) -> Edits:
    """Edits only between 8 and 18 h, some on the first day and some on the next working mornings."""
    count = int(rng.expovariate(1 / 1.5))

    def edits(rng: random.Random) -> list[float]:
        times = []
        for _ in range(count):
            day = math.floor(published / DAY) + int(rng.expovariate(1 / 1.2))
            times.append(day * DAY + rng.uniform(8 * HOUR, 18 * HOUR))
        return times

    return edits


def corrections(rng: random.Random, published: float) -> Edits:
    """A typo is mended in the first quarter of an hour in half of the articles; one in four is corrected days later."""
    is_mended, is_corrected = rng.random() < 0.5, rng.random() < 0.25

    def edits(rng: random.Random) -> list[float]:
        mended = [published + rng.uniform(3 * MINUTE, 15 * MINUTE)] if is_mended else []
        return mended + ([published + rng.uniform(1 * DAY, 6 * DAY)] if is_corrected else [])

    return edits


def nightly(rng: random.Random, published: float) -> Edits:
    """A system that touches every article of the last week each night at 3 h; a third are edited once besides."""
    first = math.floor(published / DAY) + 1
    by_people = _once(published, 2 * HOUR) if rng.random() < 1 / 3 else never(rng, published)

    def edits(rng: random.Random) -> list[float]:
        nights = [(first + night) * DAY + 3 * HOUR + rng.gauss(0, 10 * MINUTE) for night in range(7)]
        return by_people(rng) + nights

    return edits


def hourly(rng: random.Random, published: float) -> Edits:
    """A quarter of the articles are edited up to three times just after each full hour, for two to twelve hours."""
    if rng.random() >= 1 / 4:
        return never(rng, published)
    hours = rng.randint(2, 12)

    def edits(rng: random.Random) -> list[float]:
        starts = [(math.floor(published / HOUR) + 1 + hour) * HOUR for hour in range(hours)]
        return [start + rng.uniform(0, 10 * MINUTE) for start in starts for _ in range(rng.randint(0, 3))]

    return edits


def tickers(rng: random.Random, published: float) -> Edits:
    """One article in twenty is a ticker that runs for days; half are features nobody edits; the rest, one edit."""
    kind = rng.random()
    if kind < 1 / 20:
        rate, end = rng.uniform(10, 40) / DAY, published + rng.uniform(1 * DAY, 5 * DAY)
        return lambda rng: _steady(rng, published, end, rate)
    return never(rng, published) if kind < 0.55 else _once(published, 3 * HOUR)


def asleep(rng: random.Random, published: float) -> Edits:
    """The newsroom above, asleep between 23 and 6 h: what it would have edited by night is edited by 8 h."""
    awake = newsroom(rng, published)

    def edits(rng: random.Random) -> list[float]:
        times = []
        for time in awake(rng):
            hour = (time % DAY) / HOUR
            wakes = math.floor(time / DAY + 1 / 24) * DAY + 6 * HOUR
            times.append(time if 6 <= hour < 23 else wakes + rng.uniform(0, 2 * HOUR))
        return times

    return edits


def late_fixes(rng: random.Random, published: float) -> Edits:
    """Two of five articles are corrected once, two days to two weeks later; one in ten of those a second time."""
    count = 0 if rng.random() >= 0.4 else 1 + (rng.random() < 0.1)
    return lambda rng: [published + rng.uniform(2 * DAY, 14 * DAY) for _ in range(count)]


# The rule's constants were chosen with the first eight in view; the last five were written and run afterwards.
SEEN_REGIMES: dict[str, Law] = {
    "newsroom": newsroom,
    "long tail": long_tail,
    "live blogs": live_blogs,
    "never": never,
    "mixed": mixed,
    "wire": wire,
    "office hours": office_hours,
    "corrections": corrections,
}
UNSEEN_REGIMES: dict[str, Law] = {
    "nightly": nightly,
    "hourly": hourly,
    "tickers": tickers,
    "asleep": asleep,
    "late fixes": late_fixes,
}
REGIMES = SEEN_REGIMES | UNSEEN_REGIMES


def edit_log(regime: str, seed: int) -> list[Story]:
    """A month of a publisher; the same for the same seed."""
    return [story for story, _ in edit_log_with_laws(regime, seed)]


def edit_log_with_laws(regime: str, seed: int) -> list[tuple[Story, Edits]]:
    """The same, each article with what draws other edits for it that might as well have come."""
    rng = random.Random(f"{regime} {seed}")
    stories = []
    published = rng.expovariate(ARTICLES_PER_DAY / DAY)
    while published < END:
        fetched = published + rng.uniform(30, 10 * MINUTE)
        law = REGIMES[regime](rng, published)
        if fetched < END:
            times = tuple(seen_edits(law(rng), fetched))
            stories.append((Story(published=published, fetched=fetched, edits=times), law))
        published += rng.expovariate(ARTICLES_PER_DAY / DAY)
    return stories


def seen_edits(times: list[float], fetched: float) -> list[float]:
    """Those of an article's edits that a revisit can find, in order."""
    return sorted(time for time in times if fetched < time < END)


def _once(published: float, usual_delay: float) -> Edits:
    return lambda rng: [published + rng.lognormvariate(math.log(usual_delay), 1.0)]


def _steady(rng: random.Random, start: float, end: float, rate: float) -> list[float]:
    times, time = [], start + rng.expovariate(rate)
    while time < end:
        times.append(time)
        time += rng.expovariate(rate)
    return times
