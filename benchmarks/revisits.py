"""Edits caught by revisits, at equal requests, as JSON; and a plot of the gains.

    python -m benchmarks.revisits [--seeds 3] [--plot docs/images/revisits.svg]

newsdex's rule runs under a daily budget. Each of the others gets the interval (found by bisection, with hindsight) at
which it makes at least as many requests over the month. An edit is caught when a visit sees it before the next edit
replaces it.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.edit_logs import ARTICLES_PER_DAY, DAYS, END, HOUR, REGIMES, UNSEEN_REGIMES, Story, edit_log
from benchmarks.plots import grouped_bars
from benchmarks.revisit_bounds import KnownLaws, caught_knowing_edits
from benchmarks.revisit_rules import FixedInterval, Learned, Nutch, QuietTime, Rule

BUDGETS = {"tight": 3, "usual": 10, "ample": 30}  # revisits a day for each article published in one
FIRST_SEED = 2000
ROUNDS = 18  # of bisection
SLACK = 1.01  # a rule may make so many times the requests

OTHERS: dict[str, Callable[[float], Rule]] = {
    "fixed interval": FixedInterval,
    "Nutch 0.4/0.2": lambda interval: Nutch(interval, sync=False),
    "Nutch with sync_delta": lambda interval: Nutch(interval, sync=True),
    "half of the quiet time": lambda scale: QuietTime(scale / (100 * HOUR)),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a rule found in one log."""

    requests: int
    edits: int  # there were
    caught: int
    delay_hours: float  # mean time from a caught edit to its visit
    most_a_day: int  # requests on the busiest day


def main() -> None:
    arguments = _arguments()
    with ProcessPoolExecutor() as processes:
        found = processes.map(_cells_of, REGIMES, [arguments.seeds] * len(REGIMES))
        cells = [cell for cells in found for cell in cells]
    report = {
        "days": DAYS,
        "articles_per_day": ARTICLES_PER_DAY,
        "seeds": arguments.seeds,
        "mean_gain_percent": {
            "all budgets": _gains(cells),
            **{level: _gains([cell for cell in cells if cell["budget"] == level]) for level in BUDGETS},
        },
        "cells": cells,
    }
    print(json.dumps(report, indent=1))
    if arguments.plot:
        arguments.plot.write_text(_plot(cells, arguments.seeds), encoding="utf-8")


def simulate(stories: Sequence[Story], rule: Rule, *, most_requests: float = math.inf) -> Result:
    """Let a rule follow these articles; a rule that makes more requests than allowed is stopped there."""
    queue = [(story.fetched, number, False) for number, story in enumerate(stories)]
    heapq.heapify(queue)
    seen = [0] * len(stories)
    days = [0] * DAYS
    requests = caught = 0
    delay = 0.0
    while queue and queue[0][0] < END and requests <= most_requests:
        now, number, again = heapq.heappop(queue)
        if not again:
            heapq.heappush(queue, (rule.met(number, now), number, True))
            continue
        if (held := rule.held_until(now)) > now:
            heapq.heappush(queue, (held, number, True))
            continue
        requests += 1
        days[int(now / (END / DAYS))] += 1
        edits = stories[number].edits
        version = bisect_right(edits, now)
        changed = version > seen[number]
        if changed:
            caught += 1
            delay += now - edits[version - 1]
            seen[number] = version
        heapq.heappush(queue, (rule.visited(number, now, changed), number, True))
    return Result(
        requests=requests,
        edits=sum(len(story.edits) for story in stories),
        caught=caught,
        delay_hours=delay / max(1, caught) / HOUR,
        most_a_day=max(days),
    )


def calibrated(stories: Sequence[Story], make: Callable[[float], Rule], requests: int) -> Result:
    """The rule at the longest interval at which it makes at least so many requests."""
    short, long = 30.0, 4 * END
    best = simulate(stories, make(short), most_requests=4 * requests)
    for _ in range(ROUNDS):
        middle = math.sqrt(short * long)
        result = simulate(stories, make(middle), most_requests=4 * requests)
        if result.requests >= requests:
            short, best = middle, result
            if result.requests <= SLACK * requests:
                break
        else:
            long = middle
    return best


def _cells_of(regime: str, seeds: int) -> list[dict[str, Any]]:
    laws = KnownLaws(regime, FIRST_SEED)  # of one month, which is enough for the most that could be caught
    return [_cell(regime, level, seeds, laws) for level in BUDGETS]


def _cell(regime: str, level: str, seeds: int, laws: KnownLaws) -> dict[str, Any]:
    per_day = BUDGETS[level] * ARTICLES_PER_DAY
    found: dict[str, list[Result]] = {}
    most: dict[str, float] = {}
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        stories = edit_log(regime, seed)
        ours = simulate(stories, Learned(per_day))
        found.setdefault("newsdex", []).append(ours)
        if ours.edits:
            for name, make in OTHERS.items():
                found.setdefault(name, []).append(calibrated(stories, make, ours.requests))
        if seed == FIRST_SEED and ours.edits:
            nutch = found["Nutch 0.4/0.2"][0].caught
            known = {"the edits": caught_knowing_edits(stories, ours.requests), "the laws": laws.caught(ours.requests)}
            most = {name: round(100 * (count / nutch - 1), 1) for name, count in known.items()}
    caught = {name: sum(result.caught for result in results) for name, results in found.items()}
    return {
        "regime": regime,
        "budget": level,
        "revisits_per_day_allowed": per_day,
        "rules": {name: _summary(results) for name, results in found.items()},
        "gain_percent": {
            name: round(100 * (caught["newsdex"] / count - 1), 1) for name, count in caught.items() if name in OTHERS
        },
        "gain_over_nutch_percent_of_who_knows": most,
    }


def _summary(results: Sequence[Result]) -> dict[str, float]:
    return {
        "requests": sum(result.requests for result in results),
        "edits": sum(result.edits for result in results),
        "caught": sum(result.caught for result in results),
        "mean_delay_hours": round(fmean(result.delay_hours for result in results), 2),
        "most_requests_a_day": max(result.most_a_day for result in results),
    }


def _gains(cells: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    unseen = [cell for cell in cells if cell["regime"] in UNSEEN_REGIMES]
    return {"all regimes": _mean_gains(cells), "unseen regimes": _mean_gains(unseen)}


def _mean_gains(cells: Sequence[dict[str, Any]]) -> dict[str, float]:
    gained = [cell["gain_percent"] for cell in cells if cell["gain_percent"]]
    return {name: round(fmean(gains[name] for gains in gained), 1) for name in OTHERS}


def _plot(cells: Sequence[dict[str, Any]], seeds: int) -> str:
    usual = [cell for cell in cells if cell["budget"] == "usual" and cell["gain_percent"]]
    shares = {
        name: [100 * cell["rules"][name]["caught"] / cell["rules"][name]["edits"] for cell in usual]
        for name in ("newsdex", *OTHERS)
    }
    title = f"Edits caught, percent of all, at equal requests ({BUDGETS['usual']} per article, {seeds} seeds)"
    return grouped_bars(title, [cell["regime"] for cell in usual], shares, most=100)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
