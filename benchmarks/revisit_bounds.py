"""The most that revisits could catch, by planners that know what no crawler knows.

One knows the moments of all edits: its requests catch an edit each. The other knows the law each article follows, with
all that is particular to it (that it is a live blog, its pace, how often it will be edited), but not the moments. It
plans every article's visits beforehand, at a price for a request that is the same for all; that price is then moved
until the requests are those allowed. Neither has to spread its requests over the days.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from benchmarks.edit_logs import DAY, END, HOUR, MINUTE, Edits, Story, edit_log_with_laws, seen_edits

# Ages at which a visit may be planned: as close as newsdex's least interval at first, wider later.
AGES = np.concatenate(
    [
        np.arange(0, 6 * HOUR, 5 * MINUTE),
        np.arange(6 * HOUR, 1 * DAY, 15 * MINUTE),
        np.arange(1 * DAY, 5 * DAY, 2 * HOUR),
        np.arange(5 * DAY, 30 * DAY + 1, 12 * HOUR),
    ]
)
PRICES = np.geomspace(0.9, 0.001, 16)  # of a request, in edits caught
DRAWS = 100  # of each article's edits
ARTICLE_SHARE = 2  # every second article is planned and stands for the other

Gains = npt.NDArray[np.float64]


def caught_knowing_edits(stories: Sequence[Story], requests: int) -> int:
    """The edits caught by who knows when each comes."""
    return min(requests, sum(len(story.edits) for story in stories))


class KnownLaws:
    """Plans for a month of a publisher whose laws are known."""

    def __init__(self, regime: str, seed: int) -> None:
        rng = random.Random(seed)
        stories = edit_log_with_laws(regime, seed)
        planned = [_plans(story, law, rng) for story, law in stories[::ARTICLE_SHARE]]
        expected = sum(edits for _, edits in planned)
        edits = sum(len(story.edits) for story, _ in stories)
        self._points: list[tuple[float, float]] = [
            (
                sum(requests for _, requests in plans) * len(stories) / len(planned),
                sum(caught for caught, _ in plans) * edits / expected if expected else 0.0,
            )
            for plans in zip(*(plans for plans, _ in planned), strict=True)
        ]

    def caught(self, requests: int) -> float:
        """The edits to be expected of so many requests, between the prices that were planned for."""
        points = [(0.0, 0.0), *self._points]
        for (fewer, less), (more, most) in pairwise(points):
            if requests < more:
                return less + (most - less) * (requests - fewer) / (more - fewer)
        return points[-1][1]


def _plans(story: Story, law: Edits, rng: random.Random) -> tuple[list[tuple[float, int]], float]:
    """Edits caught and requests of the best plan at each price, by other draws than those it is made for; all edits."""
    ages = AGES[story.fetched + AGES < END]
    expected, _ = _gains(story, law, ages, rng)
    other, edits = _gains(story, law, ages, rng)
    plans = [best_plan(expected, price) for price in PRICES] if expected.any() else [[] for _ in PRICES]
    return [(sum(float(other[visit]) for visit in plan), len(plan)) for plan in plans], edits


def _gains(story: Story, law: Edits, ages: Gains, rng: random.Random) -> tuple[Gains, float]:
    """How likely a visit at each age finds an edit after one at each age before; and how many edits there are."""
    gains, edits = np.zeros((len(ages), len(ages))), 0
    for _ in range(DRAWS):
        times = [time - story.fetched for time in seen_edits(law(rng), story.fetched)]
        seen = np.searchsorted(times, ages, "right")
        gains += seen[None, :] > seen[:, None]
        edits += len(times)
    return gains / DRAWS, edits / DRAWS


def best_plan(gains: Gains, price: float) -> list[tuple[int, int]]:
    """The visits with the most edits caught less their price, each with the one before, as places in the ages."""
    worth = np.zeros(len(gains))
    before = np.zeros(len(gains), dtype=int)
    for age in range(1, len(gains)):
        worths = worth[:age] + gains[:age, age] - price
        before[age] = int(np.argmax(worths))
        worth[age] = worths[before[age]]
    age, plan = int(np.argmax(worth)), []
    while age:
        plan.append((int(before[age]), age))
        age = int(before[age])
    return plan
