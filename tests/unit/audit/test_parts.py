"""A part of a source that breaks is noticed although most of the source's pages read as before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.alarms import Alarm
from news.audit import audit
from news.audit_record import usual_from_record, usual_record
from news.parts import FORGOTTEN_PAGES, MAX_PARTS, Part, folders, with_parts
from news.signs import Figures, Sign
from news.usual import Usual
from tests.unit.audit.test_alarms import usual_page

START = datetime(2026, 11, 1, tzinfo=UTC)
SECTIONS = ("world", "sport", "culture")
BEFORE = 90
Show = Callable[[int], tuple[str, Figures]]


def good(number: int) -> tuple[str, Figures]:
    """A page of one of three sections in turn; its address and figures."""
    section = SECTIONS[number % 3]
    return f"https://paper.example/{section}/{number}", replace(
        usual_page(number), template=f"/article/div.{section}/p"
    )


def flat(number: int) -> tuple[str, Figures]:
    """The same on a site whose addresses tell nothing."""
    return f"https://paper.example/{number}", good(number)[1]


def broken(number: int, section: str, **figures: object) -> tuple[str, Figures]:
    url, usual = good(number)
    is_broken = section in url
    return url, replace(usual, reason=None, **figures) if is_broken else usual  # type: ignore[arg-type]  # Figures' own


def followed(show: Show, numbers: range, usual: Usual | None = None) -> tuple[Usual, list[tuple[int, Alarm]]]:
    usual, alarms = usual or Usual(), []
    for number in numbers:
        url, figures = show(number)
        found = audit(usual, figures, page=number, url=url, now=START + timedelta(minutes=number))
        alarms += [(number, alarm) for alarm in found.raised]
        usual = found.usual
    return usual, alarms


@pytest.fixture(scope="module")
def usual() -> Usual:
    known, alarms = followed(good, range(BEFORE))
    assert alarms == []
    return known


@pytest.mark.parametrize(
    ("sign", "figures"),
    [
        (Sign.SHORT_BODY, {"body_characters": 100}),
        (Sign.OTHER_DATE, {"days_off": 40}),
        (Sign.REPEATED_BODY, {"sentences": ((7, 90),)}),
        (Sign.BROKEN_TEXT, {"broken_share": 0.1}),
        (Sign.OFF_TOPIC, {"topic_share": 0.0}),
    ],
)
def test_a_section_that_breaks_is_found_within_twenty_of_its_pages(
    usual: Usual, sign: Sign, figures: dict[str, object]
) -> None:
    known, alarms = followed(lambda number: broken(number, "/sport/", **figures), range(BEFORE, BEFORE + 60), usual)
    ((_, alarm),) = [each for each in alarms if each[1].sign is sign]
    assert "under paper.example/sport" in alarm.evidence
    assert START + timedelta(minutes=BEFORE) <= alarm.since_at <= START + timedelta(minutes=BEFORE + 9)
    assert sign not in known.standing
    assert usual_from_record(usual_record(known)) == known


def test_a_section_whose_pages_lose_their_text_is_found_whatever_is_taken_for_it(usual: Usual) -> None:
    """Some of them yield no article, and some a few lines of something else."""

    def show(number: int) -> tuple[str, Figures]:
        url, figures = good(number)
        if "/sport/" not in url:
            return url, figures
        return url, Figures(reason="no_body") if number % 2 else replace(figures, reason=None, body_characters=90)

    _, alarms = followed(show, range(BEFORE, BEFORE + 24), usual)
    assert Sign.SHORT_BODY in {alarm.sign for _, alarm in alarms}


def test_a_template_that_breaks_is_found_where_addresses_tell_no_section() -> None:
    known, alarms = followed(flat, range(BEFORE))
    assert alarms == []

    def show(number: int) -> tuple[str, Figures]:
        url, figures = flat(number)
        return url, replace(figures, days_off=40, reason=None) if "sport" in figures.template else figures

    _, alarms = followed(show, range(BEFORE, BEFORE + 60), known)
    (found,) = [alarm for _, alarm in alarms]
    assert (found.sign, "with the text in /article/div.sport/p" in found.evidence) == (Sign.OTHER_DATE, True)


@pytest.mark.parametrize(
    ("sign", "broken_page"),
    [
        (Sign.NO_ARTICLE, Figures(reason="consent_wall")),
        (Sign.SHORT_BODY, Figures(reason="no_body")),
        (Sign.LINKED_BODY, replace(usual_page(9_999), reason=None, link_share=0.5)),
    ],
)
def test_a_third_of_the_pages_that_breaks_is_found_whatever_they_have_in_common(
    sign: Sign, broken_page: Figures
) -> None:
    """Neither their addresses nor a section tells them from the others, and without their text not its place."""
    known, _ = followed(flat, range(BEFORE))

    def show(number: int) -> tuple[str, Figures]:
        url, figures = flat(number)
        return url, replace(broken_page, title=number) if number % 3 == 1 else figures

    known, alarms = followed(show, range(BEFORE, BEFORE + 60), known)
    (alarm,) = [alarm for _, alarm in alarms if alarm.sign is sign]
    assert "now on many more of them" in alarm.evidence
    assert usual_from_record(usual_record(known)) == known
    ended: list[Sign] = []
    for number in range(1000, 1090):
        url, figures = flat(number)
        found = audit(known, figures, page=number, url=url, now=START + timedelta(minutes=number))
        known, ended = found.usual, [*ended, *found.ended]
    assert sign in ended


def test_films_and_dead_addresses_on_a_third_of_the_pages_are_no_break() -> None:
    known, _ = followed(flat, range(BEFORE))

    def show(number: int) -> tuple[str, Figures]:
        url, figures = flat(number)
        return url, Figures(reason=("video", "soft_404", "hub")[number % 9 // 3]) if number % 3 == 1 else figures

    _, alarms = followed(show, range(BEFORE, BEFORE + 90), known)
    assert alarms == []


def test_a_source_that_breaks_as_a_whole_is_told_once(usual: Usual) -> None:
    def show(number: int) -> tuple[str, Figures]:
        url, figures = good(number)
        return url, replace(figures, reason=None, broken_share=0.5)

    known, alarms = followed(show, range(BEFORE, BEFORE + 60), usual)
    (alarm,) = [alarm for _, alarm in alarms]
    assert " under " not in alarm.evidence
    _, alarms = followed(good, range(BEFORE + 60, BEFORE + 160), known)
    assert alarms == []


def test_a_small_section_is_not_told_when_the_source_has_recovered() -> None:
    def show(number: int) -> tuple[str, Figures]:
        section = "travel" if number % 10 == 0 else "world"
        return f"https://paper.example/{section}/{number}", usual_page(number)

    def show_broken(number: int) -> tuple[str, Figures]:
        url, figures = show(number)
        return url, replace(figures, reason=None, broken_share=0.5)

    known, _ = followed(show, range(200))
    known, alarms = followed(show_broken, range(200, 290), known)
    assert len(alarms) == 1
    _, alarms = followed(show, range(290, 400), known)
    assert alarms == []


def test_an_alarm_of_a_section_widens_to_the_source_and_ends_when_both_read_as_before(usual: Usual) -> None:
    known, alarms = followed(lambda number: broken(number, "/sport/", broken_share=0.5), range(90, 120), usual)
    assert len(alarms) == 1
    known, alarms = followed(lambda number: broken(number, "/", broken_share=0.5), range(120, 140), known)
    (wider,) = [alarm for _, alarm in alarms]
    assert " under " not in wider.evidence
    ended: list[Sign] = []
    for number in range(140, 200):
        url, figures = good(number)
        found = audit(known, figures, page=number, url=url, now=START + timedelta(minutes=number))
        known, ended = found.usual, [*ended, *found.ended]
        assert found.raised == ()
    assert ended == [Sign.BROKEN_TEXT]


def test_a_second_section_is_told_beside_the_first() -> None:
    def show(number: int, *names: str) -> tuple[str, Figures]:
        section = ("world", "sport", "culture", "science", "travel")[number % 5]
        figures = usual_page(number)
        figures = replace(figures, reason=None, broken_share=0.5) if section in names else figures
        return f"https://paper.example/{section}/{number}", figures

    known, alarms = followed(show, range(200))
    known, more = followed(lambda number: show(number, "sport"), range(200, 240), known)
    _, last = followed(lambda number: show(number, "sport", "culture"), range(240, 280), known)
    (first,), (second,) = [[alarm.evidence for _, alarm in each] for each in (alarms + more, last)]
    assert ("under paper.example/sport" in first, "culture" in first) == (True, False)
    assert "of the pages under paper.example/culture" in second
    assert "also under paper.example/sport" in second


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7])
def test_a_new_section_of_another_kind_is_no_break(usual: Usual, share: float) -> None:
    def show(number: int) -> tuple[str, Figures]:
        url, figures = good(number)
        if number % 10 >= share * 10:
            return url, figures
        new = replace(figures, reason=None, has_author=False, is_day_only=True, body_characters=300, template="/main/p")
        return f"https://paper.example/podcasts/{number}", new

    _, alarms = followed(show, range(BEFORE, BEFORE + 400), usual)
    assert alarms == []


def test_a_break_that_comes_with_new_addresses_is_found_within_twenty_pages(usual: Usual) -> None:
    def show(number: int) -> tuple[str, Figures]:
        return f"https://paper.example/stories/{number}", replace(good(number)[1], reason=None, broken_share=0.5)

    _, alarms = followed(show, range(BEFORE, BEFORE + 20), usual)
    assert Sign.BROKEN_TEXT in {alarm.sign for _, alarm in alarms}


def in_one_go(section: str, numbers: range, show: Show) -> Show:
    """The pages of one section only, each once."""
    ours = [number for number in range(20_000, 23_000) if f"/{section}/" in show(number)[0]]
    return lambda number: show(ours[number - numbers.start])


def test_a_section_of_films_may_be_read_in_one_go() -> None:
    def show(number: int) -> tuple[str, Figures]:
        url, figures = good(number)
        return url, Figures(reason="video") if "/culture/" in url else figures

    known, alarms = followed(show, range(300))
    later = range(1000, 1060)
    _, more = followed(in_one_go("culture", later, show), later, known)
    assert [*alarms, *more] == []


def test_a_run_of_films_in_one_section_is_no_break(usual: Usual) -> None:
    def show(number: int) -> tuple[str, Figures]:
        url, figures = good(number)
        return url, Figures(reason="video") if "/sport/" in url else figures

    _, alarms = followed(show, range(BEFORE, BEFORE + 45), usual)
    assert alarms == []


def test_sections_read_one_after_the_other_raise_nothing() -> None:
    def show(number: int) -> tuple[str, Figures]:
        url, figures = good(number)
        return url, replace(figures, has_author=False, reason=None) if "/culture/" in url else figures

    known, alarms = followed(show, range(300))
    for count, section in enumerate(SECTIONS, 10):
        later = range(count * 100, count * 100 + 60)
        known, more = followed(in_one_go(section, later, show), later, known)
        alarms += more
    assert alarms == []


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://www.paper.example/sport/a", ("under paper.example/sport",)),
        ("https://paper.example/en/sport/rowing/a/", ("under paper.example/en", "under paper.example/en/sport")),
        ("https://sport.paper.example/stories/3301", ("under sport.paper.example/stories",)),
        ("https://paper.example/2026/11/29/world/a", ("under paper.example/world",)),
        ("https://paper.example/eight-rowers-win-the-cup/a123", ()),
        ("https://paper.example/", ()),
        ("https://[paper.example/sport/a", ()),  # which urllib refuses
        (f"https://paper.example/{'x' * 1_000}/a", ()),
        ("https://paper.example/world/2026/nov/29/a", ("under paper.example/world",)),
    ],
)
def test_the_folders_that_tell_a_section(url: str, names: tuple[str, ...]) -> None:
    assert folders(url) == names


def test_the_forgotten_and_the_smallest_parts_are_dropped() -> None:
    parts: dict[str, Part] = {}
    for number in range(MAX_PARTS + 20):
        parts = with_parts(parts, {f"of {number}": Part(first=number, last=number, page_count=number + 1)}, number)
    assert len(parts) == MAX_PARTS
    assert "of 0" not in parts
    later = FORGOTTEN_PAGES + 100
    assert set(with_parts(parts, {"new": Part(first=later, last=later)}, later)) == {"new"}
