"""A count of many rows serves for a while, one of few is always that of now."""

from __future__ import annotations

from store.sql.large_counts import MANY, SERVES_SECONDS, LargeCount


def test_a_count_of_few_rows_is_made_each_time() -> None:
    rows = iter([1, 2, MANY - 1, 3])
    counted: LargeCount[int] = LargeCount(int, monotonic=lambda: 5.0)
    assert [counted.get(lambda: next(rows)) for _ in range(4)] == [1, 2, MANY - 1, 3]


def test_a_count_of_many_rows_serves_until_it_is_old() -> None:
    now = 5.0
    rows = iter([MANY, MANY + 7, 1, 2])
    counted: LargeCount[int] = LargeCount(int, monotonic=lambda: now)
    assert [counted.get(lambda: next(rows)) for _ in range(3)] == [MANY] * 3
    now += SERVES_SECONDS
    assert counted.get(lambda: next(rows)) == MANY + 7
    now += SERVES_SECONDS
    assert [counted.get(lambda: next(rows)) for _ in range(2)] == [1, 2]


def test_a_count_that_fails_is_made_again() -> None:
    counted: LargeCount[int] = LargeCount(int)

    def fail() -> int:
        raise OSError("no answer")

    for count, expected in ((fail, None), (lambda: 4, 4)):
        try:
            found: int | None = counted.get(count)
        except OSError:
            found = None
        assert found == expected
