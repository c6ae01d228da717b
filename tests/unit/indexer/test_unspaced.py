"""Queries in scripts that do not space their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.analysis.languages import UNDETERMINED
from indexer.engines.needed_words import needed_pairs
from indexer.engines.plan import FORMER, Begins, Conjunction, Disjunction, Exclude, Plan, Words
from indexer.engines.planner import MAX_LONE_CHARACTERS, plan
from news.query.parser import parse_query
from news.query.tree import TEXT_FIELDS


def planned(query: str) -> Plan | None:
    return plan(parse_query(query), UNDETERMINED)


def pairs(query: str) -> tuple[tuple[str, ...], int]:
    found = planned(query)
    assert isinstance(found, Disjunction)
    assert all(isinstance(child, Words) and len(child.terms) == 1 for child in found.children)
    return tuple(child.terms[0] for child in found.children if isinstance(child, Words)), found.at_least


def test_a_question_without_spaces_asks_for_a_share_of_its_pairs() -> None:
    assert pairs("美国第一任总统是谁") == (("美国", "国第", "第一", "一任", "任总", "总统", "统是", "是谁"), 3)


def test_words_between_commas_are_words_and_a_sentence_is_none_of_them() -> None:
    listed, apart = planned("地震、選挙"), planned("地震 選挙")
    assert isinstance(listed, Conjunction)
    assert isinstance(apart, Conjunction)
    assert listed.children == apart.children
    assert isinstance(planned("总统今天访问北京，会见外国领导人"), Disjunction)


def test_of_a_word_in_thai_three_quarters_of_its_pairs_must_be_there() -> None:
    assert [pairs(word)[1] for word in ("โรงพยาบาล", "ราคาน้ำมัน")] == [6, 7]
    assert pairs("อุบัติเหตุทางรถไฟในญี่ปุ่น")[1] == 12  # more is a description, of which half must


def test_endings_alone_tell_nothing() -> None:
    found, _ = pairs("日本で一番高い山はどこですか")
    assert "です" not in found
    assert {"日本", "一番", "高い"} < set(found)


def test_of_three_words_typed_as_one_every_one_must_be_there() -> None:
    assert pairs("北京天气预报") == (("北京", "京天", "天气", "气预", "预报"), 3)


@pytest.mark.parametrize("query", ["地震", "大統領", "東京大学", "スターバックス", '"美国第一任总统是谁"'])
def test_a_word_a_name_in_katakana_and_a_phrase_stay_whole(query: str) -> None:
    found = planned(query)
    assert isinstance(found, Words)
    assert found.terms[0] == query.strip('"')[:2]


def test_a_lone_character_begins_a_pair() -> None:
    assert planned("雪") == Begins("雪", TEXT_FIELDS)
    many = planned(" OR ".join("雪雨風雲雷霧霜雹虹"))
    assert isinstance(many, Disjunction)
    assert [type(child) for child in many.children] == [*[Begins] * MAX_LONE_CHARACTERS, Words]


def test_what_an_edit_took_away_is_looked_for_as_it_stood() -> None:
    taken_away = Words(("美国", "国第", "第一", "一任", "任总", "总统"), (FORMER,))
    assert planned("removed:美国第一任总统") == Conjunction(
        (taken_away, Exclude(replace(taken_away, fields=TEXT_FIELDS)))
    )


def test_among_spaced_words_its_pairs_count_like_words() -> None:
    found, needed = pairs("日本経済新聞社 GDP 中国 米国")
    assert found == ("日本", "本経", "経済", "済新", "新聞", "聞社", "gdp", "中国", "米国")
    assert needed == 2


def test_in_order_of_date_more_pairs_are_needed() -> None:
    assert [needed_pairs(count, by_relevance=True) for count in (1, 4, 5, 6, 30)] == [1, 3, 3, 3, 10]
    assert [needed_pairs(count, by_relevance=False) for count in (1, 4, 5, 6, 30)] == [1, 3, 3, 5, 23]
