"""When articles and feeds are asked again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.fetch import UrlKind
from news.revisits.budget import LEAST_EDITS, Spending
from news.revisits.due import LEAST_INTERVAL, MOST_INTERVAL, MOST_STRETCH, article_due_at, born_at, discovery_due_at
from news.revisits.habits import (
    Arrivals,
    ArticleHistory,
    Habits,
    after_poll,
    after_visit,
    habits_from_record,
    habits_record,
)
from news.revisits.hazard import Hazard

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
POLL = timedelta(minutes=10)


def history(age: timedelta, *, changed_ago: timedelta | None = None, change_count: int = 0) -> ArticleHistory:
    met = NOW - age
    changed = NOW - changed_ago if changed_ago is not None else met
    return ArticleHistory(born_at=met, met_at=met, changed_at=changed, change_count=change_count)


def wait(article: ArticleHistory, habits: Habits | None = None, *, revisits_per_day: int = 1000) -> timedelta:
    known = habits or busy_day()
    hazard = Hazard.learned(known.watched)
    return article_due_at(article, known, hazard=hazard, revisits_per_day=revisits_per_day, now=NOW) - NOW


def busy_day(*, revisits: float = 1000, edits: float = 100) -> Habits:
    """A source that has been followed for a while and spent what it may."""
    spending = Spending(revisits=revisits, edits=edits, started_at=NOW - timedelta(days=9), counted_at=NOW)
    return Habits(spending=spending)


def test_the_first_article_of_a_source_is_looked_at_within_the_hour_and_less_and_less_as_it_ages() -> None:
    ages = [timedelta(0), timedelta(hours=6), timedelta(days=2), timedelta(days=20)]
    waits = [wait(history(age), Habits()) for age in ages]
    assert waits[0] <= timedelta(hours=1)
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(hours=12)


def test_no_article_is_asked_for_too_often_or_never_again() -> None:
    hot = history(timedelta(hours=1), changed_ago=timedelta(0), change_count=500)
    assert wait(hot) == LEAST_INTERVAL
    assert wait(history(timedelta(days=3000)), busy_day(edits=1e9)) == MOST_INTERVAL


def test_an_article_edited_more_than_usual_is_looked_at_sooner_until_it_rests() -> None:
    age = timedelta(hours=5)
    usual, live = history(age), history(age, changed_ago=timedelta(minutes=5), change_count=30)
    rested = history(timedelta(days=3), changed_ago=timedelta(days=3) - age, change_count=30)
    assert wait(live) < wait(usual) / 5
    assert wait(rested) > wait(live) * 20


def test_a_smaller_budget_makes_every_article_wait_longer() -> None:
    article = history(timedelta(days=1))
    assert wait(article, revisits_per_day=100) > wait(article, revisits_per_day=1000)


def test_overspending_makes_articles_wait_and_passes_with_time() -> None:
    article = history(timedelta(days=1))
    overspent = busy_day(revisits=2000)
    assert wait(article, overspent) > 2 * wait(article)
    later = replace(overspent, spending=replace(overspent.spending, counted_at=NOW - timedelta(days=3)))
    assert wait(article, later) <= wait(article)


def test_a_visit_unlikely_to_find_anything_is_not_made_although_requests_are_left() -> None:
    idle = Spending(revisits=1, edits=0.01, started_at=NOW - timedelta(days=9), counted_at=NOW)
    assert idle.worthwhile_edits(NOW, revisits_per_day=1000) == LEAST_EDITS


def test_a_tenth_too_much_spent_asks_for_a_third_more_of_a_revisit() -> None:
    usual, overspent = (busy_day(revisits=spent).spending for spent in (1000, 1100))
    asked = [spending.worthwhile_edits(NOW, revisits_per_day=1000) for spending in (usual, overspent)]
    assert asked[1] / asked[0] == pytest.approx(4 / 3, rel=0.01)


def test_what_a_source_brings_in_a_day_is_a_mean_from_its_first_day_on() -> None:
    for days in (1, 3, 20):
        spending = Spending()
        for hour in range(1, 24 * days + 1):
            spending = spending.spend(NOW + timedelta(hours=hour), edits=0.5)
        assert spending.edits == pytest.approx(12, rel=0.2)


def test_a_record_from_before_the_mean_of_a_week_says_the_same() -> None:
    """It held what a day's revisits covered, which is that mean where days are alike."""
    written = habits_record(busy_day(revisits=500, edits=100))
    spending = habits_from_record(written).spending
    assert spending.worthwhile_edits(NOW, revisits_per_day=1000) == pytest.approx(0.1, rel=0.01)


@pytest.mark.parametrize("seed", range(20))
def test_a_smaller_budget_asks_for_as_much_or_more_of_a_revisit_whatever_was_spent(seed: int) -> None:
    rng, now, spending = random.Random(seed), NOW, Spending()
    for _ in range(200):
        now += timedelta(seconds=rng.expovariate(1 / 3600))
        spending = spending.spend(now, edits=rng.expovariate(10))
    asked = [spending.worthwhile_edits(now, revisits_per_day=budget) for budget in (1000, 100, 30, 10, 1)]
    left = [spending.left(now, revisits_per_day=budget) for budget in (1000, 100, 30, 10, 1)]
    assert asked == sorted(asked)
    assert left == sorted(left, reverse=True)


@pytest.mark.parametrize("revisits_per_day", [10, 60, 1000])
def test_no_day_takes_much_more_than_its_budget_however_much_is_due(revisits_per_day: int) -> None:
    spending, days = Spending(), []
    for day in range(5):
        made = 0
        for hour in range(24):
            now = NOW + timedelta(days=day, hours=hour)
            left = spending.left(now, revisits_per_day=revisits_per_day)
            for _ in range(left):
                spending = spending.spend(now, edits=0.1)
            made += left
        days.append(made / revisits_per_day)
    assert 1.1 < days[0] < 1.5
    assert all(1.1 < made < 1.35 for made in days[1:])


def test_a_publisher_that_edits_nothing_is_soon_left_alone_and_one_that_starts_is_noticed() -> None:
    habits = busy_day()
    for day in range(30):
        habits = visited(habits, history(timedelta(days=1)), gap=timedelta(hours=20), changed=False, day=day)
    quiet = wait(history(timedelta(hours=4)), habits)
    for day in range(30, 40):
        habits = visited(habits, history(timedelta(days=1)), gap=timedelta(hours=20), changed=True, day=day)
    assert wait(history(timedelta(hours=4)), habits) < quiet / 2


def visited(habits: Habits, article: ArticleHistory, *, gap: timedelta, changed: bool, day: int) -> Habits:
    shift = timedelta(days=day)
    moved = replace(
        article, born_at=article.born_at + shift, met_at=article.met_at + shift, changed_at=article.changed_at + shift
    )
    now, hazard = NOW + shift, Hazard.learned(habits.watched)
    habits = after_visit(habits, moved, seen_at=now - gap, now=now, changed=changed, hazard=hazard)
    return replace(habits, spending=busy_day().spending)


def test_articles_are_taken_to_differ_more_when_the_edited_ones_are_edited_again() -> None:
    untouched = history(timedelta(hours=3))
    edited = history(timedelta(hours=3), changed_ago=timedelta(hours=1), change_count=5)
    few = all_alike = busy_day()
    for day in range(100):
        of_ten = day % 10 == 0
        few = visited(few, edited if of_ten else untouched, gap=timedelta(hours=1), changed=of_ten, day=day)
        all_alike = visited(all_alike, untouched, gap=timedelta(hours=1), changed=of_ten, day=day)
    assert few.shape() < 0.5
    assert all_alike.shape() > 1


@pytest.mark.parametrize(
    ("published", "born"),
    [
        (None, NOW),
        (NOW + timedelta(days=400), NOW),  # a date in the future
        (NOW - timedelta(hours=20), NOW),  # perhaps only the day was stated
        (NOW - timedelta(days=400), NOW - timedelta(days=400)),
    ],
)
def test_an_articles_age_counts_from_its_meeting_unless_it_was_published_long_before(
    published: datetime | None, born: datetime
) -> None:
    assert born_at(published_at=published, met_at=NOW) == born


def feed_wait(arrivals: Arrivals | None, *, kind: UrlKind = UrlKind.FEED) -> timedelta:
    due = discovery_due_at(now=NOW, poll_interval=POLL, depth=0, kind=kind, changed_at=NOW, arrivals=arrivals)
    assert due is not None
    return due - NOW


def test_a_feed_is_polled_at_its_interval_at_first_and_while_it_brings_news() -> None:
    assert feed_wait(None) == POLL
    assert feed_wait(Arrivals(count=40, seconds=6 * 3600)) == POLL


def test_a_feed_that_falls_silent_is_polled_less_often_within_bounds() -> None:
    habits, waits = Habits(), []
    for _ in range(40):
        habits = after_poll(habits, "7", seconds=600, new_count=0)
        waits.append(feed_wait(habits.arrivals["7"]))
    assert waits == sorted(waits)
    assert waits[-1] == MOST_STRETCH * POLL
    for _ in range(5):
        habits = after_poll(habits, "7", seconds=3600, new_count=8)
    assert feed_wait(habits.arrivals["7"]) == POLL


def test_the_statistics_survive_being_written_down() -> None:
    habits = visited(busy_day(), history(timedelta(days=1)), gap=timedelta(hours=2), changed=True, day=1)
    habits = after_poll(habits, "7", seconds=600, new_count=3)
    assert habits_from_record(habits_record(habits)) == habits
    other_classes = habits_record(habits) | {"watched": [[1.0, 1.0]]}
    assert habits_from_record(other_classes).watched == Habits().watched
