"""A source whose template breaks is noticed within twenty pages, and one that goes on as usual is left in peace."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.audit import ALARM_AT, Alarm, audit
from news.audit_record import usual_from_record, usual_record
from news.usual import LEARNING_PAGES, Figures, Sign, Usual

START = datetime(2026, 11, 1, tzinfo=UTC)
WITHIN = 20  # pages; issue 5


def usual_page(number: int, *, seed: int = 0) -> Figures:
    """A page of a source that is no more even than sources are."""
    dice = random.Random(f"{seed} {number}")
    if dice.random() < 0.05:
        return Figures(reason="video")
    return Figures(
        title=number,
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
    Sign.NO_DATE: {"has_date": False},
    Sign.NO_AUTHOR: {"has_author": False},
    Sign.SHORT_BODY: {"body_characters": 110},
    Sign.TEASER_BODY: {"teaser_share": 0.9},
    Sign.OTHER_BODY: {"stated_share": 0.1},
    Sign.LINKED_BODY: {"link_share": 0.4},
    Sign.BOILERPLATE_BODY: {"boilerplate_share": 0.6},
    Sign.BROKEN_TEXT: {"broken_share": 0.05},
    Sign.NEW_TEMPLATE: {"template": "/section.prose/p"},
}


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
    assert START + timedelta(minutes=before - 5) <= raised[sign].since_at <= START + timedelta(minutes=before + 5)
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


def test_scores_are_kept_by_day() -> None:
    usual, _ = followed([usual_page(number) for number in range(2 * 1440)])
    assert list(usual.scores) == ["2026-11-01", "2026-11-02"]
    count, total = usual.scores["2026-11-02"]
    assert count == 1440
    assert 0.8 < total / count < 1.0
