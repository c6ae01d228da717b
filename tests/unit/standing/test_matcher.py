"""Saved queries are found by what they need at the least, and then compared in full."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from indexer.engines.planner import plan
from indexer.matching.article import AnalysedArticle
from indexer.matching.evaluation import passes, satisfies
from indexer.matching.keys import keys_of_plan, like_key
from indexer.matching.matcher import Matcher, frequencies_of
from indexer.matching.spellings import Spellings
from news.index import Filters
from news.standing import StandingSearch, is_relative, standing_query
from tests.support.random_queries import random_document, random_query

NOW = datetime(2026, 11, 26, 15, 30, 20, tzinfo=UTC)


def saved(*queries: str, **fields: Any) -> list[StandingSearch]:
    return [StandingSearch(id=text, name=text, query=text, created_at=NOW, **fields) for text in queries]


def matching(document: dict[str, Any], *queries: str, now: datetime = NOW, **fields: Any) -> list[str]:
    return Matcher(saved(*queries, **fields), now=NOW).matching(document, now=now)


def story(title: str = "", text: str = "", **fields: Any) -> dict[str, Any]:
    return {"id": "a1", "title": title, "text": text, "language": "en", "source": "paper", **fields}


def test_each_query_is_found_whose_words_are_there() -> None:
    queries = ("bridge", "bridges toll", '"new bridge"', "tunnel", "-bridge", '"bridge new"', "brid*", "brigde~")
    found = matching(story("The new bridge", "A toll of 3 euros"), *queries)
    assert found == ["bridge", "bridges toll", '"new bridge"', "brid*", "brigde~"]


def test_words_side_by_side_are_told_from_words_of_two_texts() -> None:
    queries = (
        '"new bridge"',
        '"new bridge toll"',
        '-"new bridge"',
        "opens -brigde~",
        "tunnel OR toll",
        "-(tunnel OR toll)",
    )
    assert matching(story("Something new", "Bridge opens, toll to come"), *queries) == [
        '-"new bridge"',
        "tunnel OR toll",
    ]


def test_every_word_of_a_long_query_is_required() -> None:
    long = "council bridge toll harbour parliament"
    assert matching(story("Council and bridge and toll and harbour"), long) == []
    assert matching(story("Council and bridge and toll and harbour", "In parliament"), long) == [long]


def test_an_article_is_read_in_its_own_language() -> None:
    document = story("Köprüler kapandı", language="tr")
    assert matching(document, "köprü", "kapand*") == ["köprü", "kapand*"]


def test_words_of_a_keyword_and_near_words_are_told_by_what_all_alternatives_need() -> None:
    queries = ("section:earn", 'section:"reports earn"', "-bridge section:earn", '"bridge toll"~3', '"bridge opens"~3')
    document = story("A bridge that opens", section="earn reports")
    assert matching(document, *queries) == ["section:earn", '"bridge opens"~3']


def test_filters_must_hold_besides() -> None:
    filters = Filters(sources=("Paper",), sections=("world",))
    assert matching(story("Bridge", section="World"), "bridge", filters=filters) == ["bridge"]
    assert matching(story("Bridge", section="Sport"), "bridge", filters=filters) == []


def test_a_query_of_no_words_is_asked_of_every_article() -> None:
    assert matching(story("Bridge"), "-tunnel", "source:paper", "source:other") == ["-tunnel", "source:paper"]


def test_relative_dates_are_those_of_the_moment_of_matching() -> None:
    document = story("Bridge", published_at="2026-11-26T12:00:00Z")
    assert matching(document, "bridge last:7d", now=NOW + timedelta(days=6)) == ["bridge last:7d"]
    assert matching(document, "bridge last:7d", now=NOW + timedelta(days=8)) == []
    assert matching(story("Bridge"), "bridge last:7d") == []  # undated


def test_an_edit_counts_by_the_moment_it_was_met() -> None:
    edited = story("Bridge", changed=["text"], fetched_at="2026-11-26T12:00:00Z", published_at="2026-01-01T12:00:00Z")
    assert matching(edited, "bridge edited:1d", now=NOW) == ["bridge edited:1d"]
    assert matching(edited, "bridge edited:1d", now=NOW + timedelta(days=2)) == []
    assert matching(story("Bridge", fetched_at="2026-11-26T12:00:00Z"), "bridge edited:1d", now=NOW) == []


@pytest.mark.parametrize(
    ("text", "relative"),
    [("last:7d", True), ("bridge after:yesterday", True), ("after:2026-01-01", False), ("title:last", False)],
)
def test_it_is_known_which_queries_change_with_time(text: str, relative: bool) -> None:
    assert is_relative(text, NOW) is relative


def test_a_paused_search_is_not_asked() -> None:
    assert matching(story("Bridge"), "bridge", paused_at=NOW) == []


def test_the_word_that_is_met_least_is_the_one_that_is_looked_up() -> None:
    frequencies = frequencies_of([story("Bridge opens"), story("Bridge closes"), story("Toll")])
    planned = plan(standing_query("bridge toll", NOW), "en")
    assert planned is not None
    assert keys_of_plan(planned, frequencies) == ("toll",)


def test_nothing_that_matches_is_passed_over() -> None:
    """Against the plain way: every query compared with every article."""
    random = Random(7)
    documents = [random_document(random, number) for number in range(30)]
    searches = saved(*{random_query(random) for _ in range(300)})
    matcher = Matcher(searches, now=NOW, frequencies=frequencies_of(documents))
    for document in documents:
        article = AnalysedArticle.of(document)
        plans = {each.id: plan(standing_query(each.query, NOW), article.analysis) for each in searches}
        expected = [each.id for each in searches if passes(article, each.filters)]
        expected = [id for id in expected if (planned := plans[id]) and satisfies(article, planned)]
        assert matcher.matching(document, now=NOW) == expected


def test_searches_that_came_and_went_match_as_if_planned_at_once() -> None:
    random = Random(11)
    documents = [random_document(random, number) for number in range(6)]
    searches = saved(*{random_query(random) for _ in range(100)}, "brigde~", "hrbour~2")
    matcher = Matcher(searches[:50], now=NOW)
    standing = {each.id: each for each in searches[:50]}
    for document in documents:
        for search in random.sample(searches, 40):
            if search.id in standing and random.random() < 0.5:
                matcher.drop(search.id)
                del standing[search.id]
            else:
                matcher.put(search, now=NOW)
                standing.pop(search.id, None)
                standing[search.id] = search
        assert matcher.matching(document, now=NOW) == Matcher(standing.values(), now=NOW).matching(document, now=NOW)
    assert len(matcher) == len(standing)


def test_a_change_plans_what_changed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[str] = []

    def noting(query: Any, analysis: str) -> Any:
        planned.append(analysis)
        return plan(query, analysis)

    monkeypatch.setattr("indexer.matching.matcher.plan", noting)
    matcher = Matcher(saved("bridge", "toll", "harbour~"), now=NOW)
    assert matcher.matching(story("Bridge"), now=NOW) == ["bridge"]
    assert matcher.matching(story("Bridge", language="de"), now=NOW) == ["bridge"]
    assert len(planned) == 6
    matcher.put(*saved("brigde~"), now=NOW)
    matcher.drop("bridge")
    assert matcher.matching(story("Bridge"), now=NOW) == ["brigde~"]
    assert planned[6:] == ["en", "de"]


def test_words_are_compared_with_new_wanted_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def is_within(_word: str, wanted: str, _edits: int) -> bool:
        compared.append(wanted)
        return True

    monkeypatch.setattr("indexer.matching.spellings.is_within", is_within)
    spellings = Spellings()
    spellings.want([("bridge", 1), ("bridge", 1)])
    assert spellings.keys_of("brigde") == (like_key("bridge", 1),)
    spellings.unwant([("bridge", 1)])
    spellings.want([("brigade", 2)])
    assert spellings.keys_of("brigde") == (like_key("bridge", 1), like_key("brigade", 2))
    assert compared == ["bridge", "brigade"]
    for number in range(500):
        spellings.want([(f"word{number}", 1)])
        spellings.unwant([(f"word{number}", 1)])
    spellings.unwant([("bridge", 1)])
    assert len(spellings) < 300
