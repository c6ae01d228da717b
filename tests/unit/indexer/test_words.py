"""How texts become terms, and that places agree with terms whatever the text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.words import _MARKS, evened, readings, spans, terms, words
from indexer.analysis.words import places as at


@pytest.mark.parametrize(
    ("text", "analysis", "expected"),
    [
        ("The talks' end", "en", ("the", "talk", "end")),
        ("U.S. and U.S.-led troops", "en", ("us", "and", "us", "led", "troop")),
        ("Donald J. Trump, aged 3.5", "und", ("donald", "j", "trump", "aged", "3", "5")),
        ("foo_bar example.com", "und", ("foo", "bar", "example", "com")),
        (
            "T. S. Eliot of the U. S. I saw B. A man",
            "und",
            ("ts", "eliot", "of", "the", "us", "i", "saw", "b", "a", "man"),
        ),
        ("пам'ять об’єднує", "uk", ("памят", "обєдну")),
        ("d'Artagnan a’b", "und", ("d", "artagnan", "a", "b")),
        ("می\u200cگوید", "und", ("مي", "گويد")),
        ("İSTANBUL'DA ışık", "tr", ("istanbul", "da", "isik")),
        ("東京都 U.S.", "und", ("東京", "京都", "us")),
        ("東", "und", ("東",)),
        ("2024年", "und", ("2024", "年")),
        ("2024年に第3回", "und", ("2024", "年", "年に", "に第", "第", "3", "回")),
        ("合計3人が", "und", ("合計", "3", "人", "人が")),
        ("Élysée straße", "und", ("elysee", "strasse")),
        ("ﾃﾞﾓとﾄﾗﾝﾌﾟ", "und", ("デモ", "モと", "とト", "トラ", "ラン", "ンプ")),
        ("ﬁnance ＡＩ m²", "und", ("finance", "ai", "m2")),
        ("שָׁלוֹם ﻓﻠﺴﻄﻴﻦ ΟΔΟΣ", "und", ("שלומ", "فلسطين", "οδοσ")),
        ("ﷺ", "und", ("صلياللهعليهوسلم",)),
    ],
)
def test_a_text_becomes_these_terms_in_its_language(text: str, analysis: str, expected: tuple[str, ...]) -> None:
    assert terms(text, analysis) == expected


@given(st.text(alphabet=st.sampled_from("aB.1 Аб’\u200cی_ﾃﾞ'é \u0301東京ü\u200dİ-\n") | st.characters(), max_size=60))
def test_places_are_those_of_the_words(text: str) -> None:
    found, places = words(text), list(spans(text))
    assert len(found) == len(places)
    for word, (start, end) in zip(found, places, strict=True):
        assert evened(text)[start:end].replace(".", "").replace(" ", "") == word
    every = list(range(0, len(found), 2))
    assert not every or at(text, every) == [places[number] for number in every]
    assert readings(text, "tr") == (" ".join(terms(text, "tr")), " ".join(terms(text, "und")))


def test_a_word_of_any_length_is_cut() -> None:
    assert [len(word) for word in words("a" * 600)] == [255, 255, 90]
    assert len(words(".".join("a" * 300))) == len(list(spans(".".join("a" * 300))))


def test_every_mark_of_the_basic_plane_belongs_to_its_word() -> None:
    marks = {chr(point) for point in range(0x300, 0x10000) if unicodedata.category(chr(point)) in {"Mn", "Mc"}}
    pattern = re.compile(f"[{_MARKS}]")
    assert {chr(point) for point in range(0x110000) if pattern.fullmatch(chr(point))} == marks | set(
        "\u00ad\u200c\u200d"
    )
