"""The script that chooses which endings words lose, on a language of a few words; nothing need be installed for it."""

from __future__ import annotations

import sys

import pytest

from benchmarks import train_endings
from indexer.analysis.endings import Affixes

STEMS = ("haven", "poort", "schip", "markt", "kade", "golf", "storm", "kraan", "steen", "boord")
WORDS = {form: (stem, 1.0) for stem in STEMS for form in (stem, f"{stem}en", f"{stem}s")}


def test_endings_are_chosen_that_bring_a_lemmas_forms_together() -> None:
    affixes = train_endings.Learner(WORDS, has_prefixes=False).affixes()
    score = train_endings.Score(WORDS, affixes)
    assert {"en", "s"} <= set(affixes.suffixes)
    assert (score.recall, score.precision) == pytest.approx((1, 1))
    assert train_endings.Score(WORDS, Affixes()).recall == pytest.approx(0)


def test_words_are_taken_by_how_often_they_are_written_and_by_their_lemma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_endings, "GRAMMAR_WORDS", 1)
    often = {"het": 0.09, "schepen": 0.04, "schip": 0.01, "42": 0.2, "kade": 0.01}
    lemmas = {"het": "het", "schepen": "schip", "schip": "schip", "42": "42"}
    found = train_endings.words_of("nl", lemmas, often)
    assert {word: lemma for word, (lemma, _) in found.items()} == {"schepen": "schip", "schip": "schip"}
    assert found["schepen"][1] == pytest.approx(0.2)


def test_without_the_lists_of_words_the_script_says_what_installs_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "simplemma", None)
    monkeypatch.setattr(sys, "argv", ["train_endings", "nl"])
    with pytest.raises(SystemExit, match="2"):
        train_endings.main()
    assert capsys.readouterr().err.endswith("run: make training\n")
