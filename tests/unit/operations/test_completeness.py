"""The days that completeness is told for."""

from __future__ import annotations

from datetime import date

import pytest

from news.completeness import MOST_DAYS, Completeness, DayTally, every_day, span_of_days

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, (date(2026, 11, 15), TODAY)),
        (date(2026, 11, 1), None, (date(2026, 11, 1), TODAY)),
        (None, date(2026, 3, 31), (date(2026, 3, 18), date(2026, 3, 31))),
        (date(2026, 3, 1), date(2026, 3, 1), (date(2026, 3, 1), date(2026, 3, 1))),
        (date(2027, 1, 1), None, (date(2027, 1, 1), date(2027, 1, 1))),  # after today: that day alone
        (None, date.min, (date.min, date.min)),
        (date.max, None, (date.max, date.max)),
    ],
)
def test_the_days_that_are_not_named_end_today_and_are_two_weeks(
    first: date | None, last: date | None, expected: tuple[date, date]
) -> None:
    assert span_of_days(first, last, today=TODAY) == expected


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), "before the first"),
        (date(2025, 1, 1), date(2026, 3, 1), f"more than {MOST_DAYS} days"),
    ],
)
def test_days_out_of_order_or_too_many_are_refused(first: date, last: date, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        span_of_days(first, last, today=TODAY)


def test_every_day_of_the_span_is_told_even_if_nothing_was_named_for_it() -> None:
    busy = DayTally(day=date(2026, 2, 28), held=3, waiting=1, gone=2, no_article=7)
    days = every_day(date(2026, 2, 27), date(2026, 3, 1), [busy])
    assert [(each.day.day, each.held, each.missing) for each in days] == [(27, 0, 0), (28, 3, 3), (1, 0, 0)]
    found = Completeness(source_id="paper", days=days, missing_articles=())
    assert (found.held, found.missing, found.share) == (3, 3, 0.5)
    assert [each.share for each in days] == [None, 0.5, None]
