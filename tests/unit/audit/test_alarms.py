"""A source whose template breaks is noticed within twenty pages, and one that goes on as usual is left in peace."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.alarms import Alarm
from news.audit import audit
from news.audit_record import usual_from_record, usual_record
from news.chart import ALARM_AT, Chart
from news.parts import LEARNING_PAGES
from news.signs import MEANINGS, Figures, Sign
from news.usual import Usual

START = datetime(2026, 11, 1, tzinfo=UTC)
WITHIN = 20  # pages; issue 5


def usual_page(number: int, *, seed: int = 0) -> Figures:
    """A page of a source that is no more even than sources are."""
    dice = random.Random(f"{seed} {number}")
    if dice.random() < 0.05:
        return Figures(reason="video")
    is_background = dice.random() < 0.1  # a sentence that follow-ups share
    return Figures(
        title=number,
        title_share=dice.betavariate(9, 1) if dice.random() < 0.7 else None,
        topic_share=dice.betavariate(8, 2) if dice.random() < 0.9 else None,
        moment=29_000_000 + number * 48 + dice.randrange(48),
        is_day_only=dice.random() < 0.05,
        days_off=0 if dice.random() > 0.03 else 40,
        is_own_author=dice.random() < 0.05,
        language="en" if dice.random() > 0.03 else "fr",
        sentences=(*((number * 10 + each, 90) for each in range(6)), (1 if is_background else number * 10 + 9, 90)),
        left_share=dice.betavariate(1, 9),
        line_share=dice.betavariate(1, 12),
        has_date=dice.random() > 0.02,
        has_author=dice.random() > 0.3,
        body_characters=int(dice.lognormvariate(8, 0.7)),
        teaser_share=dice.betavariate(1, 9),
        stated_share=dice.betavariate(20, 1) if dice.random() < 0.5 else None,
        link_share=dice.betavariate(1, 30),
        boilerplate_share=dice.betavariate(1, 30),
        broken_share=0.0,
        template=dice.choice(("/article/div.text/p", "/article/div.text/p", "/main/div.live/p")),
    )


BREAKS = {
    Sign.NO_ARTICLE: {"reason": "no_body"},
    Sign.NO_TITLE: {"title": 7},
    Sign.OTHER_TITLE: {"title_share": 0.1},
    Sign.OFF_TOPIC: {"topic_share": 0.1},
    Sign.NO_DATE: {"has_date": False},
    Sign.NO_TIME: {"is_day_only": True},
    Sign.OTHER_DATE: {"days_off": 40},
    Sign.ONE_DATE: {"moment": 28_000_000, "days_off": None},
    Sign.NO_AUTHOR: {"has_author": False},
    Sign.OWN_AUTHOR: {"is_own_author": True},
    Sign.OTHER_LANGUAGE: {"language": "de"},
    Sign.REPEATED_BODY: {"sentences": ((7, 90), (8, 80))},
    Sign.DOUBLED_BODY: {"doubled_share": 0.5},
    Sign.PARTIAL_BODY: {"left_share": 0.7},
    Sign.LISTED_BODY: {"line_share": 0.6},
    Sign.SHORT_BODY: {"body_characters": 110},
    Sign.TEASER_BODY: {"teaser_share": 0.9},
    Sign.OTHER_BODY: {"stated_share": 0.1},
    Sign.LINKED_BODY: {"link_share": 0.4},
    Sign.BOILERPLATE_BODY: {"boilerplate_share": 0.6},
    Sign.BROKEN_TEXT: {"broken_share": 0.05},
    Sign.NEW_TEMPLATE: {"template": "/section.prose/p"},
}
FIRST_WITH = {Sign.ONE_DATE: 8}  # pages that tell that a sign is there


def followed(
    pages: list[Figures], usual: Usual | None = None, *, first: int = 0
) -> tuple[Usual, list[tuple[int, Alarm]]]:
    """The source after these pages, and the alarms with the number of the page that raised each."""
    usual = usual or Usual()
    alarms: list[tuple[int, Alarm]] = []
    for number, figures in enumerate(pages, first):
        now = START + timedelta(minutes=number)
        found = audit(usual, figures, page=number, url=f"https://paper.example/{number}", now=now)
        alarms += [(number, alarm) for alarm in found.raised]
        usual = found.usual
    return usual, alarms


@pytest.mark.parametrize("sign", BREAKS)
@pytest.mark.parametrize("before", [LEARNING_PAGES + 10, 400])
def test_each_break_is_found_within_twenty_pages(sign: Sign, before: int) -> None:
    usual, alarms = followed([usual_page(number) for number in range(before)])
    assert alarms == []
    numbers = range(before, before + WITHIN)
    broken = [replace(usual_page(number), **BREAKS[sign]) for number in numbers]  # type: ignore[arg-type]  # Figures' own
    usual, alarms = followed(broken, usual, first=before)
    raised = {alarm.sign: alarm for _, alarm in alarms}
    assert sign in raised
    first = before + FIRST_WITH.get(sign, 0)
    assert START + timedelta(minutes=first - 5) <= raised[sign].since_at <= START + timedelta(minutes=first + 5)
    assert MEANINGS[sign] in raised[sign].evidence
    assert "https://paper.example/" in raised[sign].evidence
    assert sign in usual.standing


@pytest.mark.parametrize("seed", range(5))
def test_two_thousand_usual_pages_raise_no_alarm(seed: int) -> None:
    usual, alarms = followed([usual_page(number, seed=seed) for number in range(2000)])
    assert alarms == []
    assert usual.page_count == 2000


def test_an_alarm_ends_when_the_pages_read_as_before() -> None:
    pages = [usual_page(number) for number in range(200)]
    pages += [replace(usual_page(number), has_date=False, reason=None) for number in range(200, 230)]
    usual, _ = followed(pages)
    assert Sign.NO_DATE in usual.standing
    usual, alarms = followed([usual_page(number) for number in range(230, 260)], usual, first=230)
    assert Sign.NO_DATE not in usual.standing
    assert alarms == []


def test_what_a_source_keeps_up_becomes_usual() -> None:
    pages = [usual_page(number) for number in range(200)]
    pages += [replace(usual_page(number), has_author=False, reason=None) for number in range(200, 4000)]
    usual, _ = followed(pages)
    assert Sign.NO_AUTHOR not in usual.standing


def test_one_page_read_again_and_again_is_one_page() -> None:
    usual, _ = followed([usual_page(number) for number in range(100)])
    bad = replace(usual_page(100), reason=None, has_date=False, broken_share=0.5)
    for minute in range(50):
        found = audit(usual, bad, page=100, url="https://paper.example/live", now=START + timedelta(minutes=minute))
        assert found.raised == ()
        usual = found.usual
    assert usual.page_count == 101
    assert max(usual.suspicion.values()) < ALARM_AT


def test_nothing_is_said_before_a_source_is_known() -> None:
    _, alarms = followed([Figures(reason="no_body")] * LEARNING_PAGES)
    assert alarms == []


def test_the_score_falls_with_each_sign_and_not_for_what_the_source_never_has() -> None:
    usual, _ = followed([replace(usual_page(number), reason=None, has_date=True) for number in range(200)])
    good = Figures(title=999, body_characters=3000, template="/article/div.text/p")

    def score(figures: Figures, of: Usual = usual) -> float:
        return audit(of, figures, page=999, url="https://paper.example/999", now=START).score

    assert score(good) == 1.0
    assert score(replace(good, has_date=False)) == pytest.approx(0.81, abs=0.02)
    assert score(replace(good, has_date=False, broken_share=0.5)) < score(replace(good, has_date=False))
    assert score(Figures(reason="no_body")) == 0.0
    undated, _ = followed([replace(usual_page(n), reason=None, has_date=False) for n in range(200)])
    assert score(replace(good, has_date=False), undated) > 0.99


def test_a_record_gives_the_statistics_back() -> None:
    pages = [usual_page(number) for number in range(100)]
    pages += [replace(usual_page(number), reason=None, has_date=False) for number in range(100, 120)]
    usual, _ = followed(pages)
    assert usual.standing
    assert usual_from_record(usual_record(usual)) == usual
    later = {**usual_record(usual)}
    later["rates"] = {**later["rates"], "sign_of_a_later_release": [1, 2]}
    assert usual_from_record(later) == usual


def test_a_record_of_the_first_release_is_read() -> None:
    old = {
        "pages": 40, "rates": {"no_author": [4, 40]}, "spreads": [[7.0, 0.4], [0.02, 0.001], [0.1, 0.01]],
        "titles": [1, 2], "recent": [3], "templates": {"/article/p": [0, 39, 40]}, "suspicion": {}, "since": {},
        "standing": {"no_author": "2026-11-01T00:00:00+00:00"}, "scores": {"2026-11-01": [40, 39.0]},
    }  # fmt: skip
    usual = usual_from_record(old)
    assert usual_from_record(usual_record(usual)) == usual
    assert [story.title for story in usual.stories] == [1, 2]
    assert (usual.length.mean, usual.length.count) == (7.0, 40)
    assert set(usual.shares) == {Sign.LINKED_BODY, Sign.BOILERPLATE_BODY}
    assert set(usual.standing) == {Sign.NO_AUTHOR}


@pytest.mark.parametrize("sign", [Sign.OWN_AUTHOR, Sign.NO_TIME, Sign.DOUBLED_BODY, Sign.LISTED_BODY])
def test_what_was_not_measured_before_is_learned_first(sign: Sign) -> None:
    """A release that measures more must not take what a source always did for a break."""
    usual, _ = followed([usual_page(number) for number in range(200)])
    rates = {each: rate for each, rate in usual.rates.items() if each is not sign}
    known = replace(usual, rates=rates, shares={}, parts={}, scattered=Chart())
    pages = [replace(usual_page(number), **BREAKS[sign]) for number in range(200, 400)]  # type: ignore[arg-type]  # Figures' own
    _, alarms = followed(pages, known, first=200)
    assert sign not in {alarm.sign for _, alarm in alarms}


def test_scores_are_kept_by_day() -> None:
    usual, _ = followed([usual_page(number) for number in range(2 * 1440)])
    assert list(usual.scores) == ["2026-11-01", "2026-11-02"]
    count, total = usual.scores["2026-11-02"]
    assert count == 1440
    assert 0.8 < total / count < 1.0
