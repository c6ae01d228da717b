"""Sketches of texts, and what they say of two texts."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.copies import Likeness, are_copies, likeness
from news.shingles import BAND_COUNT, MIN_UNITS, SKETCH_SIZE, Sketch, packed, sketch_of, units_of, unpacked
from tests.support.texts import paragraphs_of, text_of

JAPANESE = (
    "東京都の知事選挙が日曜日に行われ、現職の候補が三回目の当選を確実にした。投票率は前回より高く、若い世代の参加が目立った。"
    "選挙戦では物価や子育ての支援が主な争点となり、候補者は連日街頭に立って政策を訴えた。開票は深夜まで続いた。"
)
HARBOUR = (
    "大阪の港で新しい橋の建設が始まり、市長は来年の春に完成すると述べた。住民は渋滞の解消に期待を寄せている。"
    "工事の費用は国と市が半分ずつ負担し、夜間の通行止めは週に二回に限られるという。"
)


def alike(one: str, other: str) -> Likeness:
    return likeness(sketch_of(one), sketch_of(other))


def test_case_signs_and_space_do_not_count() -> None:
    text = text_of(paragraphs_of(1))
    assert sketch_of(text) == sketch_of(text.upper().replace(" ", "  ").replace(".", "!”"))


def test_a_text_of_too_few_words_has_no_sketch() -> None:
    words = " ".join(f"word{number}" for number in range(MIN_UNITS))
    assert sketch_of(words).hashes
    assert sketch_of(words.rsplit(" ", 1)[0]) == Sketch()
    assert alike("Too short.", "Too short.") == Likeness(0, 0, 0)


def test_a_script_without_spaces_is_compared_by_characters() -> None:
    shorter = JAPANESE[: len(JAPANESE) * 9 // 10]
    assert are_copies(alike(JAPANESE, shorter))
    assert not are_copies(
        alike(
            JAPANESE,
            "大阪の港で新しい橋の建設が始まり、市長は来年の春に完成すると述べた。住民は渋滞の解消に期待を寄せている。"
            * 2,
        )
    )


Change = Callable[[list[str]], list[str]]
COPIES: dict[str, Change] = {
    "cut": lambda parts: parts[:3],
    "re-ordered": lambda parts: [*parts[3:], *parts[:3]],
    "a paragraph added": lambda parts: [*parts[:2], *paragraphs_of(99, count=2), *parts[2:]],
    "another lede": lambda parts: [*paragraphs_of(98, count=1), *parts[1:]],
    "words changed": lambda parts: [" ".join(w if n % 11 else "other" for n, w in enumerate(p.split())) for p in parts],
}


@pytest.mark.parametrize("case", COPIES)
def test_a_changed_text_is_a_copy(case: str) -> None:
    parts = paragraphs_of(1)
    assert are_copies(alike(text_of(parts), text_of(COPIES[case](parts))))


OTHERS: dict[str, Change] = {
    "other words": lambda parts: paragraphs_of(2),
    "a paragraph taken over": lambda parts: [*paragraphs_of(2, count=5), parts[5]],
    "a round-up that holds it": lambda parts: [*paragraphs_of(2, count=30), *parts],
}


@pytest.mark.parametrize("case", OTHERS)
def test_other_stories_are_no_copies(case: str) -> None:
    parts = paragraphs_of(1)
    assert not are_copies(alike(text_of(parts), text_of(OTHERS[case](parts))))


REPORTS = {
    "results of companies": [
        (
            "{} on {} reported {} net income of {} million. On a per-share basis the company said it had profit of {}"
            " cents. Earnings adjusted for non-recurring gains came to {} cents per share. The results {} expectations:"
            " the average estimate of {} analysts was for earnings of {} cents per share. The company posted revenue of"
            " {} million in the period."
        ),
        ("Acme Steel", "Tuesday", "first-quarter", "212.4", "41", "44", "beat", "7", "39", "1,904"),
        ("Fjord Shipping", "Thursday", "third-quarter", "38.9", "17", "12", "missed", "5", "23", "411.6"),
    ],
    "earthquakes": [
        (
            "A magnitude {} earthquake struck {} kilometres off {} on {}, the geological survey said. The quake hit at"
            " {} local time at a depth of {} kilometres, the agency said. There were no immediate reports of casualties"
            " or damage. Authorities did not issue a tsunami warning. The region lies on an arc of intense seismic"
            " activity where tectonic plates meet, and is frequently hit by earthquakes."
        ),
        ("5.8", "43", "the coast of Chile", "Monday", "4:17", "35"),
        ("6.1", "120", "eastern Taiwan", "Friday", "11:52", "18"),
    ],
}


@pytest.mark.parametrize("kind", REPORTS)
def test_reports_filled_into_one_template_are_no_copies(kind: str) -> None:
    template, one, other = REPORTS[kind]
    found = alike(str(template).format(*one), str(template).format(*other))
    assert found.containment >= 0.5
    assert not are_copies(found)


def test_a_copy_keeps_its_figures_however_they_are_written() -> None:
    template, one, _ = REPORTS["results of companies"]
    text = str(template).format(*one)
    elsewhere = text.replace("1,904", "1.904").replace("212.4", "212,4").replace("on Tuesday ", "")
    assert alike(text, elsewhere).figures == 1.0
    assert are_copies(alike(text, " ".join([*paragraphs_of(1, count=2), elsewhere])))
    corrected = text.replace("41 cents", "40 cents").replace("44 cents", "43 cents")
    assert are_copies(alike(text, corrected)), "a correction of two figures"


def test_figures_of_a_long_table_are_compared_as_far_as_both_are_known() -> None:
    figures = [str(n * 7919) for n in range(1, 300)]
    assert alike(" ".join(figures), " ".join(figures[:120])).figures == 1.0
    others = [str(n * 7919 + 1) for n in range(1, 300)]
    assert alike(" ".join(figures), " ".join(others)).figures < 0.1


def test_one_or_two_other_figures_say_nothing() -> None:
    text = text_of(paragraphs_of(1))
    assert alike(f"{text} 12 and 13", f"{text} 14 and 15").figures == 1.0
    assert alike(f"{text} 12, 13, 16", f"{text} 14, 15, 17").figures == 0.0


def test_short_texts_are_compared_exactly() -> None:
    parts = paragraphs_of(1)
    found = alike(text_of(parts[:4]), text_of(parts[:3]))
    whole, part = 4 * 40 - 2, 3 * 40 - 2
    assert whole < SKETCH_SIZE
    assert found == Likeness(part / whole, 1.0, part / whole)


@given(st.integers(0, 10_000), st.floats(0.2, 1.0))
def test_the_estimate_for_long_texts_is_near_the_truth(seed: int, share: float) -> None:
    words = text_of(paragraphs_of(seed, count=40)).split()
    found = alike(" ".join(words), " ".join(words[: int(len(words) * share)]))
    assert abs(found.jaccard - share) < 0.2  # six standard errors
    assert abs(found.size - share) < 0.02


@given(st.text(max_size=600))
def test_whatever_the_text_a_sketch_comes_back_as_it_was_stored(text: str) -> None:
    sketch = sketch_of(text)
    assert unpacked(packed(sketch), sketch.shingle_count) == sketch
    assert list(sketch.hashes) == sorted(set(sketch.hashes))
    assert len(sketch.bands) <= BAND_COUNT


@given(st.integers(0, 1000))
def test_likeness_is_the_same_both_ways(seed: int) -> None:
    parts = paragraphs_of(seed, count=10)
    other = random.Random(seed).sample(parts, 6)
    assert alike(text_of(parts), text_of(other)) == alike(text_of(other), text_of(parts))


def test_words_are_the_same_whether_or_not_the_signs_between_them_are_of_ascii() -> None:
    assert units_of('"Ankara" - US$3.5m, finally_so') == units_of("“Ankara” – US$3.5m, finally_so")
