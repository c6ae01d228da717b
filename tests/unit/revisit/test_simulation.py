"""How the benchmark of revisits counts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.edit_logs import DAY, END, HOUR, REGIMES, Story, edit_log
from benchmarks.plots import grouped_bars
from benchmarks.revisit_bounds import best_plan, caught_knowing_edits
from benchmarks.revisit_rules import FixedInterval, Learned, Nutch, QuietTime
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


def test_who_knows_the_edits_catches_one_with_each_request() -> None:
    stories = [Story(published=0, fetched=0, edits=(HOUR, 2 * HOUR)), Story(published=0, fetched=0, edits=(HOUR,))]
    assert [caught_knowing_edits(stories, requests) for requests in (0, 2, 9)] == [0, 2, 3]


def test_a_plan_looks_where_that_pays_its_price() -> None:
    seen = np.array([0, 0, 1, 1, 2])  # edits by each age
    gains = (seen[None, :] > seen[:, None]).astype(float)
    assert sorted(best_plan(gains, 0.9)) == [(0, 2), (2, 4)]
    assert len(best_plan(gains / 2, 0.4)) == 2
    assert best_plan(gains, 1.1) == []


def test_newsdex_holds_back_what_goes_beyond_its_budget() -> None:
    busy = tuple(hour * HOUR / 6 for hour in range(1, 6 * 24 * 4))
    stories = [Story(published=number * HOUR, fetched=number * HOUR, edits=busy) for number in range(50)]
    found = simulate(stories, Learned(100))
    assert found.most_a_day <= 1.5 * 100
    assert found.requests <= 1.1 * 100 * END / DAY


def test_the_plot_draws_every_value() -> None:
    svg = grouped_bars("Caught <all>", ["a", "b"], {"ours": [50, 100], "theirs": [0, 25]}, most=100)
    assert svg.count("<rect") == 1 + 4 + 2  # ground, bars, legend
    assert "Caught &lt;all&gt;" in svg
