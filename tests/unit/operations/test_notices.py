"""When operators are told of troubles: each once it lasts, again every day, and once when it is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from news.notices import HOUR, REPEAT, Noted, Notice, Terms, is_held, step, take
from news.troubles import Severity, Trouble, TroubleKind

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TERMS = Terms(urgent_after=5 * MINUTE, warning_after=30 * MINUTE, most_per_hour=60)
ENGINE = Trouble(kind=TroubleKind.ENGINE, severity=Severity.URGENT, what="the search engine does not answer")
FEED, SILENT, OTHER = (
    Trouble(kind=kind, severity=Severity.WARNING, source_id=source_id, what="something")
    for kind, source_id in (
        (TroubleKind.DOCUMENTS, "gazette"),
        (TroubleKind.SILENT, "gazette"),
        (TroubleKind.SILENT, "kurye"),
    )
)
ALL = (ENGINE, FEED, SILENT, OTHER)
WATCHED = ("gazette", "kurye")
Seen = Mapping[int, Collection[Trouble]]  # what is present from this minute on


def followed(
    seen: Seen,
    *,
    minutes: int,
    every: int = 1,
    terms: Terms = TERMS,
    tells_from: int = 0,
    watched: Collection[str] = WATCHED,
) -> list[Notice]:
    """The notices of so many minutes."""
    noted: Sequence[Noted] = ()
    notices: list[Notice] = []
    for minute in range(0, minutes, every):
        present = seen[max(begin for begin in seen if begin <= minute)]
        now = START + minute * MINUTE
        taken = take(present, noted, watched=watched, now=now)
        made_at = [each.made_at for each in notices]
        after = step(taken, terms, made_at=made_at, now=now, tells=minute >= tells_from)
        noted = after.noted
        if after.notice is not None:
            notices.append(after.notice)
    return notices


def kinds_of(part: Iterable[Noted]) -> list[str]:
    return [one.trouble.kind.value for one in part]


def told(notices: Sequence[Notice]) -> list[tuple[int, list[str], list[str], list[str]]]:
    """Each notice as (minute, kinds that began, last, ended)."""
    return [
        (
            (each.made_at - START) // MINUTE,
            kinds_of(each.began),
            kinds_of(each.lasts),
            kinds_of(each.ended),
        )
        for each in notices
    ]


def test_a_trouble_is_told_when_it_lasts_and_once_more_when_it_is_over() -> None:
    for trouble, patience in ((ENGINE, 5), (FEED, 30)):
        kind = trouble.kind.value
        assert told(followed({0: [], 10: [trouble], 100: []}, minutes=500)) == [
            (10 + patience, [kind], [], []),
            (100 + patience, [], [], [kind]),
        ]
        assert followed({0: [], 10: [trouble], 10 + patience: []}, minutes=500) == [], "it passed by itself"


def test_what_comes_and_goes_is_one_trouble() -> None:
    flapping = {minute: [ENGINE] if minute % 8 < 4 else [] for minute in range(0, 400, 4)}
    assert told(followed(flapping | {400: []}, minutes=500)) == [(8, ["engine"], [], []), (401, [], [], ["engine"])]


def test_what_lasts_is_told_again_every_day_with_all_that_lasts() -> None:
    day = REPEAT // MINUTE
    found = told(followed({0: [ENGINE], 600: [ENGINE, FEED]}, minutes=2 * day + 100))
    assert found == [
        (5, ["engine"], [], []),
        (630, ["documents"], ["engine"], []),
        (5 + day, [], ["engine", "documents"], []),
        (5 + 2 * day, [], ["engine", "documents"], []),
    ]


def test_what_is_away_for_a_moment_when_the_rest_is_repeated_does_not_have_it_repeated_again() -> None:
    again = 30 + REPEAT // MINUTE
    found = told(followed({0: [FEED, SILENT], again: [FEED], again + 1: [FEED, SILENT]}, minutes=again + 200))
    assert found == [(30, ["documents", "silent"], [], []), (again, [], ["documents"], [])]


def test_all_that_is_due_at_a_time_is_one_notice_with_the_worst_first() -> None:
    (notice,) = followed({0: [OTHER, SILENT, FEED], 25: [OTHER, SILENT, FEED, ENGINE]}, minutes=31)
    assert [each.trouble for each in notice.began] == [ENGINE, FEED, SILENT, OTHER]


def test_there_are_so_many_in_an_hour_and_the_last_is_kept_for_what_is_urgent() -> None:
    impatient = Terms(urgent_after=timedelta(), warning_after=timedelta(), most_per_hour=3)
    seen = {0: [FEED], 1: [FEED, SILENT], 2: [FEED, SILENT, OTHER], 3: ALL, 70: ALL}
    notices = followed(seen, minutes=70, terms=impatient)
    assert told(notices)[:3] == [
        (0, ["documents"], [], []),
        (1, ["silent"], ["documents"], []),
        (3, ["engine", "silent"], ["documents", "silent"], []),
    ]
    assert [each.next_at for each in notices[:2]] == [None, START + HOUR]
    late = followed({0: [FEED], 1: [FEED, SILENT], 2: [FEED, SILENT, OTHER]}, minutes=70, terms=impatient)
    assert told(late)[2:] == [(60, ["silent"], ["documents", "silent"], [])]


def test_what_is_over_meanwhile_is_told_when_there_is_room_again() -> None:
    rare = Terms(urgent_after=timedelta(), warning_after=timedelta(), most_per_hour=1)
    assert told(followed({0: [ENGINE], 2: []}, minutes=90, terms=rare)) == [
        (0, ["engine"], [], []),
        (60, [], [], ["engine"]),
    ]


def test_with_nobody_to_tell_nothing_counts_as_told() -> None:
    assert told(followed({0: [ENGINE], 200: []}, minutes=500, tells_from=100)) == [
        (100, ["engine"], [], []),
        (205, [], [], ["engine"]),
    ]
    assert followed({0: [ENGINE], 50: []}, minutes=500, tells_from=100) == []


def test_what_nobody_follows_any_more_is_dropped_without_a_word() -> None:
    noted = [Noted(trouble=each, first_seen_at=START, told_at=START) for each in (FEED, OTHER, ENGINE)]
    taken = take([], noted, watched=["kurye"], now=START + HOUR)
    assert [each.trouble for each in taken] == [OTHER, ENGINE]
    assert {each.gone_at for each in taken} == {START + HOUR}


def test_a_trouble_is_noted_as_it_was_seen_last() -> None:
    more = replace(FEED, what="something else", evidence="more")
    (noted,) = take([more], [Noted(trouble=FEED, first_seen_at=START)], watched=WATCHED, now=START + HOUR)
    assert (noted.trouble, noted.first_seen_at) == (more, START)


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    noted = [Noted(trouble=ENGINE, first_seen_at=START)]
    future = [START + n * MINUTE for n in range(100, 200)]
    assert step(noted, TERMS, made_at=future, now=START + HOUR, tells=True).notice is not None
    ahead = START + 30 * HOUR
    (stands,) = take([ENGINE], [Noted(trouble=ENGINE, first_seen_at=ahead, told_at=ahead)], watched=(), now=START)
    assert (stands.first_seen_at, stands.told_at) == (START, START)
    (gone,) = take([], [Noted(trouble=ENGINE, first_seen_at=START, gone_at=ahead)], watched=(), now=START)
    assert gone.gone_at == START


def test_what_is_held_stands_and_lasted() -> None:
    noted = Noted(trouble=ENGINE, first_seen_at=START)
    assert not is_held(noted, TERMS, START + 4 * MINUTE)
    assert is_held(noted, TERMS, START + 5 * MINUTE)
    assert is_held(replace(noted, told_at=START), TERMS, START + MINUTE)
    assert not is_held(replace(noted, gone_at=START), TERMS, START + HOUR)


_TIMELINES = st.dictionaries(st.integers(0, 4000), st.sets(st.sampled_from(ALL)), max_size=25)
_TERMS = st.builds(
    Terms,
    urgent_after=st.integers(0, 60).map(lambda n: n * MINUTE),
    warning_after=st.integers(0, 300).map(lambda n: n * MINUTE),
    most_per_hour=st.integers(1, 6),
)


@given(seen=_TIMELINES, terms=_TERMS, every=st.integers(1, 20))
def test_whatever_happens_each_trouble_begins_and_ends_in_turn_and_no_hour_has_too_many(
    seen: Seen, terms: Terms, every: int
) -> None:
    notices = followed({0: [], **seen}, minutes=4400, every=every, terms=terms)
    standing: set[Trouble] = set()
    for notice in notices:
        assert notice.began or notice.ended or notice.lasts
        for each in notice.began:
            assert each.trouble not in standing
            assert notice.made_at - each.first_seen_at >= terms.patience(each.trouble)
            standing.add(each.trouble)
        assert {each.trouble for each in notice.lasts} <= standing
        for each in notice.ended:
            assert each.gone_at is not None
            assert notice.made_at - each.gone_at >= terms.patience(each.trouble)
            standing.remove(each.trouble)
    for place, notice in enumerate(notices):
        within = [each for each in notices[: place + 1] if each.made_at > notice.made_at - HOUR]
        assert len(within) <= terms.most_per_hour
    times = [each.made_at for each in notices if not each.began and not each.ended]
    assert all(later - earlier >= REPEAT for earlier, later in pairwise(times)), "what lasts is told once a day"


@given(seen=_TIMELINES, terms=_TERMS, every=st.integers(5, 20))
def test_what_stays_to_the_end_is_told_and_what_is_away_to_the_end_is_told_to_be_over(
    seen: Seen, terms: Terms, every: int
) -> None:
    last = seen[max(seen)] if seen else set()
    notices = followed({0: [], **seen}, minutes=4000 + 2 * 300 + 60 + 3 * every, every=every, terms=terms)
    standing: set[Trouble] = set()
    for notice in notices:
        standing |= {each.trouble for each in notice.began}
        standing -= {each.trouble for each in notice.ended}
    assert standing == set(last)
