"""Which words of a description are set aside on a large index."""

from __future__ import annotations

import typing
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from indexer.engines.crowds import MANY
from indexer.engines.foreign import Spelling, Spread
from indexer.engines.plan import Conjunction, Disjunction, Plan, Words
from indexer.engines.readings import readings_of
from news.index import SearchRequest, Sort
from news.query.parser import parse_query
from news.query.tree import TEXT_FIELDS

MILLION = 1_000_000
COUNTS = {
    "said": 800_000,
    "year": 350_000,
    "market": 200_000,
    "wheat": 30_000,
    "flood": 20_000,
    "lodge": 500,
    "diem": 40,
}


@dataclass(frozen=True)
class _Index:
    article_count: int = MILLION

    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        raise AssertionError("an index of one language is not asked in which its words stand")

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        assert self.article_count > MANY, "a small index is not asked how often words stand in it"
        return {word: COUNTS.get(word.terms[0], 0) for word in words}


def read(text: str, index: _Index | None = None, **options: typing.Any) -> Plan | None:
    request = SearchRequest(query=parse_query(text), **options)
    (planned,) = readings_of(request, ["und"], index or _Index()).plans
    return planned


def described(text: str, **options: typing.Any) -> Disjunction:
    planned = read(text, **options)
    assert isinstance(planned, Disjunction)
    return planned


def terms(words: Collection[Plan]) -> list[str]:
    return [word.terms[0] for word in words if isinstance(word, Words)]


def test_common_words_are_set_aside_while_the_rarer_ones_bring_many_articles() -> None:
    found = described("wheat said flood market")
    assert (terms(found.children), found.at_least) == (["flood", "wheat", "market"], 2)
    assert terms(found.aside) == ["said"]
    assert found.aside[0].fields == ("text",)


def test_a_rare_word_and_a_common_one_are_enough() -> None:
    found = described("lodge said wheat market flood")
    assert terms(found.children) == ["lodge", "flood", "wheat", "market"]
    assert (terms(found.rare), terms(found.aside)) == (["lodge"], ["said"])


def test_where_the_telling_words_are_rare_a_common_one_counts_beside_any_of_them() -> None:
    found = described("diem lodge said year")
    assert terms(found.children) == terms(found.rare) == ["diem", "lodge"]
    assert sorted(terms(found.aside)) == ["said", "year"]


def test_words_that_are_all_common_are_asked_for_together() -> None:
    found = described("said year said year")
    assert (sorted(terms(found.children)), found.at_least, found.aside) == (["said", "year"], 2, ())


def test_of_two_words_either_is_enough_unless_both_leave_many() -> None:
    assert described("wheat market wheat market").at_least == 2
    assert described("diem lodge diem lodge").at_least == 1
    found = described("diem said diem said")
    assert (terms(found.children), terms(found.aside), found.at_least) == (["diem"], ["said"], 1)


def test_a_slip_beside_common_words_does_not_take_their_articles_away() -> None:
    found = described("lodgee said lodgee said")
    assert (sorted(terms(found.children)), found.at_least) == (["lodgee", "said"], 1)
    assert sorted(terms(described("lodgee lodgee year said").children)) == ["lodgee", "said", "year"]


def test_a_description_in_a_group_and_behind_a_minus_is_read_alike() -> None:
    planned = read("wheat said flood market -diem")
    assert isinstance(planned, Conjunction)
    assert planned.children[0] == described("wheat said flood market")
    either = described("(wheat said flood market) OR diem")
    assert either.children[0] == described("wheat said flood market")


def test_what_is_no_description_stays_whole() -> None:
    for text in ("said", "said -market", '"said year market wheat"', "said OR year OR market OR wheat"):
        assert read(text) == read(text, _Index(0))


def test_a_small_index_an_order_of_date_and_the_past_ask_as_before() -> None:
    text = "wheat said flood market"
    before = read(text, _Index(MANY))
    assert isinstance(before, Disjunction)
    assert sorted(terms(before.children)) == ["flood", "market", "said", "wheat"]
    for options in ({"sort": Sort.NEWEST}, {"past": True}):
        assert read(text, _Index(), **options) == read(text, _Index(0), **options)


def test_fields_other_than_the_body_have_frequencies_of_their_own() -> None:
    found = described("title:(wheat said flood market)")
    assert terms(found.aside) == ["said"]
    assert found.aside[0].fields == ("title",)
    assert all(word.fields == ("title",) for word in found.children if isinstance(word, Words))


def test_long_descriptions_which_need_more_than_two_words_stay_whole() -> None:
    text = " ".join([*COUNTS, *(f"other{number}" for number in range(9))])
    found = described(text)
    assert (len(found.children), found.at_least, found.aside) == (16, 3, ())
    assert set(TEXT_FIELDS) == {name for word in found.children if isinstance(word, Words) for name in word.fields}
