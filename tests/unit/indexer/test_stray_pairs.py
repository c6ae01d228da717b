"""Marks in scripts without spaces, whose words are looked for by their pairs of characters."""

from __future__ import annotations

import pytest

from indexer.engines.highlighting import highlights
from indexer.engines.planner import plan
from news.index import MARK_END, MARK_START
from news.query.parser import parse_query


def marks(query: str, text: str, language: str) -> list[str]:
    """What is marked in a text."""
    planned = plan(parse_query(query), language)
    found = highlights({"title": text}, planned, language).get("title", ("",))[0]
    return [part.partition(MARK_END)[0] for part in found.split(MARK_START)[1:]]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        # "the cabinet approves a budget": of "meeting" only a syllable is the same
        ("คณะรัฐมนตรีอนุมัติงบประมาณ", "คณะรัฐมนตรีประชุม", ["คณะรัฐมนตรีประ"]),
        ("คณะรัฐมนตรีอนุมัติงบประมาณ", "ตลาดปร", []),  # a lone pair
        ("ปร", "ตลาดปร", ["ปร"]),  # as it was asked for
        ("โรงพยาบาล", "โรงงานของโรงพยาบาล", ["โรงพยาบาล"]),  # of "factory" the first syllable is the same
        ("ราคาน้ำมัน", "คนงานน้ำตาลและราคาน้ำมัน", ["ราคาน้ำมัน"]),
    ],
)
def test_a_lone_pair_of_a_longer_thai_word_is_no_match(query: str, text: str, marked: list[str]) -> None:
    assert marks(query, text, "und") == marked


def test_a_pair_of_chinese_is_a_word() -> None:
    assert marks("习近平会见外国领导人", "外国", "und") == ["外国"]
