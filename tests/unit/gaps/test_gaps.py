"""When a feed's next reading shows that entries came and went in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from news.gaps import FeedEntry, Span, gap_between

START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def entries(first: int, last: int, *, dated: bool = True) -> list[FeedEntry]:
    """Entries of these numbers, one a minute, the newest first as feeds list them."""
    numbers = range(last, first - 1, -1)
    return [FeedEntry(f"key{n}", START + timedelta(minutes=n) if dated else None) for n in numbers]


def gap(last: list[FeedEntry], now: list[FeedEntry]) -> Span | None:
    return gap_between(last, START + timedelta(minutes=10), now, START + timedelta(minutes=40))


def test_entries_beyond_what_the_feed_holds_are_a_gap() -> None:
    assert gap(entries(1, 5), entries(21, 25)) == Span(START + timedelta(minutes=5), START + timedelta(minutes=21))


def test_an_entry_that_both_readings_hold_leaves_no_gap() -> None:
    assert gap(entries(1, 5), entries(5, 9)) is None
    assert gap(entries(1, 5), entries(1, 5)) is None


def test_a_feed_that_was_emptied_or_filled_again_has_none() -> None:
    assert gap([], entries(1, 5)) is None
    assert gap(entries(1, 5), []) is None


def test_entries_that_are_newer_only_in_part_are_no_gap() -> None:
    older = [*entries(21, 24), FeedEntry("another", START)]
    assert gap(entries(1, 5), older) is None


def test_a_pinned_entry_hides_no_gap() -> None:
    pinned = FeedEntry("pinned", START - timedelta(days=3))
    assert gap([*entries(1, 5), pinned], [pinned, *entries(21, 25)]) is not None
    assert gap([*entries(1, 5), pinned], [pinned, *entries(5, 9)]) is None


def test_a_story_that_was_withdrawn_is_no_gap() -> None:
    assert gap(entries(1, 5), entries(1, 4)) is None


def test_without_times_the_gap_lies_between_the_readings() -> None:
    found = gap(entries(1, 5, dated=False), entries(21, 25, dated=False))
    assert found == Span(START + timedelta(minutes=10), START + timedelta(minutes=40))
