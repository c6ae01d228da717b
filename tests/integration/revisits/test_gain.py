"""The gain of learned revisits has a floor."""

from __future__ import annotations

from statistics import fmean

from benchmarks.edit_logs import ARTICLES_PER_DAY, edit_log
from benchmarks.revisit_rules import FixedInterval, Learned, Nutch
from benchmarks.revisits import BUDGETS, calibrated, simulate

LEAST_GAIN = 0.30
SEED = 77


def test_at_equal_requests_a_third_more_edits_are_caught_on_average() -> None:
    gains: dict[str, list[float]] = {"fixed": [], "nutch": []}
    for regime in ("newsroom", "long tail", "mixed", "office hours"):
        stories = edit_log(regime, SEED)
        ours = simulate(stories, Learned(BUDGETS["usual"] * ARTICLES_PER_DAY))
        fixed = calibrated(stories, FixedInterval, ours.requests)
        nutch = calibrated(stories, lambda interval: Nutch(interval, sync=False), ours.requests)
        assert min(fixed.requests, nutch.requests) >= ours.requests
        gains["fixed"].append(ours.caught / fixed.caught - 1)
        gains["nutch"].append(ours.caught / nutch.caught - 1)
    assert {name: fmean(values) >= LEAST_GAIN for name, values in gains.items()} == {"fixed": True, "nutch": True}, (
        gains
    )


def test_a_publisher_that_edits_nothing_is_left_alone() -> None:
    stories = edit_log("never", SEED)
    allowed = BUDGETS["usual"] * ARTICLES_PER_DAY * 30
    assert simulate(stories, Learned(BUDGETS["usual"] * ARTICLES_PER_DAY)).requests < allowed / 4
