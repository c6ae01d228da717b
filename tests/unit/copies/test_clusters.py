"""Who had a text first, and what belongs together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from news.clusters import Member, Standing, cluster_number, seniority_of, standings

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def seniority(
    article_id: str = "a", *, published: datetime | None = None, day_only: bool = False, seen: int = 12
) -> int:
    return seniority_of(
        "a", published_at=published, published_day_only=day_only, first_seen_at=DAY + timedelta(hours=seen)
    )


def test_the_earlier_publication_is_first_and_the_first_sight_stands_in_for_none() -> None:
    assert seniority(published=DAY) < seniority(published=DAY + timedelta(seconds=1), seen=1)
    assert seniority(seen=3) < seniority(published=DAY + timedelta(hours=4), seen=1)


def test_a_day_without_a_time_does_not_beat_a_time_on_that_day() -> None:
    nine = DAY + timedelta(hours=9)
    assert seniority(published=DAY, day_only=True, seen=10) > seniority(published=nine, seen=10)
    assert seniority(published=DAY, day_only=True, seen=48) < seniority(published=DAY + timedelta(days=1))


@given(st.datetimes(timezones=st.just(UTC)), st.text(max_size=8))
def test_seniority_is_exact_as_floating_point(moment: datetime, article_id: str) -> None:
    found = seniority_of(article_id, published_at=moment, published_day_only=False, first_seen_at=DAY)
    assert int(float(found)) == found >= 0


def test_the_earliest_copy_stands_first_then_the_first_of_each_source() -> None:
    places = [("wire", 3), ("daily", 1), ("daily", 2), ("post", 4), ("wire", 5)]
    members = [Member(number=number, source_id=source, seniority=number) for source, number in places]
    assert standings(members) == {
        1: Standing.EARLIEST,
        2: Standing.REPEATED,
        3: Standing.FIRST_OF_SOURCE,
        4: Standing.FIRST_OF_SOURCE,
        5: Standing.REPEATED,
    }


def test_a_cluster_s_number_is_its_own_and_exact_as_floating_point() -> None:
    numbers = {cluster_number(f"a{n}") for n in range(1000)}
    assert len(numbers) == 1000
    assert all(int(float(number)) == number for number in numbers)
