"""The hazard of being edited, learned from visits."""

from __future__ import annotations

import random

import pytest

from news.revisits.hazard import (
    AGE_CLASS_COUNT,
    DAY,
    HOUR,
    NOTHING_WATCHED,
    Hazard,
    Watched,
    edits_behind,
    spans,
    watch,
)


def test_before_anything_was_watched_young_articles_are_the_likeliest_to_be_edited() -> None:
    prior = Hazard.learned(NOTHING_WATCHED)
    assert list(prior.rates) == sorted(prior.rates, reverse=True)
    assert prior.expected(0, DAY) == pytest.approx(0.96, abs=0.05)
    assert prior.expected(0, 30 * DAY) == pytest.approx(2.0, abs=0.1)


def test_the_spans_between_two_ages_add_up_and_lie_in_their_classes() -> None:
    parts = list(spans(0.5 * HOUR, 200 * DAY))
    assert sum(seconds for _, seconds in parts) == pytest.approx(200 * DAY - 0.5 * HOUR)
    assert [age_class for age_class, _ in parts] == list(range(AGE_CLASS_COUNT))
    assert list(spans(5 * HOUR, 5 * HOUR)) == []


@pytest.mark.parametrize("start", [0.0, HOUR, 7 * DAY, 300 * DAY])
@pytest.mark.parametrize("edits", [0.001, 0.3, 4.0])
def test_the_age_by_which_edits_are_expected_inverts_the_expectation(start: float, edits: float) -> None:
    hazard = Hazard.learned(NOTHING_WATCHED)
    assert hazard.expected(start, hazard.age_when(start, edits)) == pytest.approx(edits)


def test_a_change_stands_for_more_edits_the_more_were_to_be_expected() -> None:
    assert edits_behind(0) == 1
    assert edits_behind(1e-9) == pytest.approx(1)
    assert edits_behind(10) == pytest.approx(10, rel=1e-3)


@pytest.mark.parametrize("per_day", [0.05, 1.0, 20.0])
def test_a_steady_pace_is_learned_from_changed_or_not(per_day: float) -> None:
    rng = random.Random(7)
    watched, gap = NOTHING_WATCHED, 0.1 * DAY
    for _ in range(4000):
        hazard = Hazard.learned(watched)
        age = rng.uniform(2 * DAY, 4 * DAY - gap)
        changed = rng.expovariate(per_day / DAY) < gap
        edits = edits_behind(hazard.expected(age, age + gap)) if changed else 0.0
        watched = watch(watched, hazard, from_seconds=age, to_seconds=age + gap, edits=edits)
    assert Hazard.learned(watched).expected(2 * DAY, 3 * DAY) == pytest.approx(per_day, rel=0.2)


def test_a_source_that_edits_nothing_is_soon_expected_to_edit_nothing() -> None:
    watched = NOTHING_WATCHED
    for _ in range(50):  # articles seen through their first day
        watched = watch(watched, Hazard.learned(watched), from_seconds=0, to_seconds=DAY, edits=0)
    learned = Hazard.learned(watched)
    assert learned.expected(0, DAY) < 0.1
    assert learned.expected(DAY, 2 * DAY) < Hazard.learned(NOTHING_WATCHED).expected(DAY, 2 * DAY) / 3


def test_new_habits_outweigh_a_long_past() -> None:
    watched = (Watched(seconds=1e9, edits=0.0),) * AGE_CLASS_COUNT  # thirty years of article time without an edit
    silent = Hazard.learned(watched).expected(0, HOUR)
    for _ in range(300):
        watched = watch(watched, Hazard.learned(watched), from_seconds=0, to_seconds=HOUR, edits=1)
    assert Hazard.learned(watched).expected(0, HOUR) > 0.1 > 1000 * silent


def test_edits_of_a_long_gap_fall_where_they_are_likeliest() -> None:
    watched = watch(NOTHING_WATCHED, Hazard.learned(NOTHING_WATCHED), from_seconds=0, to_seconds=6 * HOUR, edits=2)
    assert sum(seen.edits for seen in watched) == pytest.approx(2)
    per_hour = [seen.edits / (seen.seconds / HOUR) for seen in watched if seen.seconds]
    assert per_hour == sorted(per_hour, reverse=True)
