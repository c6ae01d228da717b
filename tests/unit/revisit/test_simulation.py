"""How the benchmark of revisits counts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.edit_logs import END, HOUR, REGIMES, Story, edit_log
from benchmarks.plots import grouped_bars
from benchmarks.revisit_rules import FixedInterval, Nutch, QuietTime
from benchmarks.revisits import calibrated, simulate


def test_an_edit_counts_when_a_visit_sees_it_before_the_next_one_replaces_it() -> None:
    story = Story(published=0, fetched=0, edits=(1.2 * HOUR, 1.5 * HOUR, 4.9 * HOUR))
    found = simulate([story], FixedInterval(HOUR), most_requests=6)
    assert (found.edits, found.caught) == (3, 2)  # the first was replaced within the hour
    assert found.delay_hours == pytest.approx((0.5 + 0.1) / 2)


def test_nutch_waits_longer_after_sameness_and_less_after_a_change() -> None:
    rule = Nutch(HOUR, sync=False)
    assert rule.met(0, 0) == HOUR
    assert rule.visited(0, HOUR, False) == pytest.approx(HOUR + 1.4 * HOUR)
    assert rule.visited(0, 2.4 * HOUR, True) == pytest.approx(2.4 * HOUR + 1.4 * 0.8 * HOUR)


def test_quiet_time_waits_for_half_of_it() -> None:
    rule = QuietTime(0.5)
    assert rule.met(0, 0) == 900
    assert rule.visited(0, 10 * HOUR, False) == 15 * HOUR
    assert rule.visited(0, 15 * HOUR, True) == 15 * HOUR + 900


def test_a_rule_is_given_at_least_the_requests_it_is_compared_at() -> None:
    stories = edit_log("newsroom", 3)
    found = calibrated(stories, FixedInterval, 2000)
    assert 2000 <= found.requests <= 2020


@pytest.mark.parametrize("regime", REGIMES)
def test_logs_are_the_same_for_a_seed_and_in_order(regime: str) -> None:
    stories = edit_log(regime, 1)
    assert stories == edit_log(regime, 1) != edit_log(regime, 2)
    for story in stories:
        times = [story.published, story.fetched, *story.edits, END]
        assert all(earlier <= later for earlier, later in pairwise(times))


def test_the_plot_draws_every_value() -> None:
    svg = grouped_bars("Caught <all>", ["a", "b"], {"ours": [50, 100], "theirs": [0, 25]}, most=100)
    assert svg.count("<rect") == 1 + 4 + 2  # ground, bars, legend
    assert "Caught &lt;all&gt;" in svg
