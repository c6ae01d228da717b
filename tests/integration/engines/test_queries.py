"""What a query finds, on every engine."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest

from indexer.engine import Engine
from news.index import MARK_END, MARK_START, SearchRequest
from news.query.parser import parse_query
from tests.support.engine_contract import HOSTILE, entry, fill, found


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("talks", {"a1", "a2"}),
        ("talking", {"a1", "a2"}),
        ('"peace talks"', {"a1"}),
        ('"talks peace"', set()),
        ("talks -peace", {"a2"}),
        ("peace OR harbour", {"a1", "a3"}),
        ("harb*", {"a3"}),
        ("harbuor~", {"a3"}),
        ("harbuor~1", {"a3"}),
        ('"delegates talks"~3', {"a1"}),
        ('"talks delegates"~3', {"a1"}),
        ('"delegates talks"~2', set()),
        ('"talks met delegates"~3', {"a1"}),
        ("storm OR peace AND talks", {"a1", "a3"}),
        ("(storm OR peace) talks", {"a1"}),
        ("talks -trade", {"a1"}),
        ("title:storm", {"a3"}),
        ("source:other", {"a3"}),
        ("", {"a1", "a2", "a3"}),
        ("nothing-of-the-kind", set()),
    ],
)
def test_a_query_finds_exactly_what_it_says(engine: Engine, query: str, ids: set[str]) -> None:
    fill(
        engine,
        entry(1, "Peace talks begin", "Delegates met for peace talks."),
        entry(2, "Trade talks end"),
        entry(3, "Storm nears", "The harbour is closed.", source="other"),
    )
    assert set(found(engine, query)) == ids


def test_two_words_with_a_hyphen_may_be_written_as_one(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "Anti-war march", "An anti-war march."),
        entry(2, "Antiwar songs", "Antiwar songs of the march."),
        entry(3, "War on anti-march laws"),
    )
    assert set(found(engine, "anti-war")) == {"a1", "a2"}
    assert set(found(engine, "anti-war march")) == {"a1", "a2"}
    assert found(engine, "march -anti-war") == ["a3"]
    assert set(found(engine, "antiwar")) == {"a1", "a2"}
    assert found(engine, '"anti-war"') == ["a1"]
    result = engine.search(SearchRequest(query=parse_query("anti-war"), highlight=True))
    assert {hit.id: hit.highlights["title"][0] for hit in result.hits} == {
        "a1": f"{MARK_START}Anti{MARK_END}-{MARK_START}war{MARK_END} march",
        "a2": f"{MARK_START}Antiwar{MARK_END} songs",
    }


def test_a_phrase_stays_within_one_value(engine: Engine) -> None:
    fill(engine, entry(1, "one", authors=["Ayşe Kaya", "Science Desk"]))
    assert found(engine, 'author:"ayşe kaya"') == ["a1"]
    assert found(engine, 'author:"kaya science"') == []
    assert found(engine, "author:(kaya science)") == ["a1"]


def test_what_says_just_that_comes_first(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "A rule", "Whoever heard the rule heard it twice, and the rule was heard."),
        entry(2, "Minutes", "Nobody spoke. They had not heard of the rule before. It was late."),
    )
    for asked in ("heard rule harbour ferry", "they had not heard of the rule"):
        assert set(found(engine, asked)) == {"a1", "a2"}
    assert found(engine, "they had not heard of the rule")[0] == "a2"


def test_dates_in_the_query(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "old", published_at="2021-12-31T23:00:00Z"),
        entry(2, "new", published_at="2022-01-01T00:00:00Z"),
    )
    fill(engine, entry(3, "undated"))
    now = datetime(2022, 1, 2, tzinfo=UTC)
    for query, ids in (
        ("after:2022", ["a2"]),
        ("before:2022", ["a1"]),
        ("last:1d", ["a2"]),
        ("-after:2022", ["a1", "a3"]),
    ):
        asked = SearchRequest(query=parse_query(query, now=now), limit=10)
        assert sorted(hit.id for hit in engine.search(asked).hits) == ids, query


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(engine: Engine, text: str) -> None:
    fill(engine, entry(1, "clause and foo", published_at="2022-01-01T00:00:00Z"))
    request = SearchRequest(query=parse_query(text, now=datetime(2022, 1, 2, tzinfo=UTC)), highlight=True)
    started = process_time()
    engine.search(request)
    assert process_time() - started < 1  # CPU of this process, far above what any of them needs


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("tr", "İSTANBUL'da toplantı", "istanbul"),
        ("de", "Die Häuser am Hafen", "haus"),
        ("fr", "L'homme de l'année", "homme"),
        ("ja", "東京都知事選挙", "都知事"),
        ("ar", "المفاوضات في طهران", "المفاوضات"),
    ],
)
def test_a_word_is_found_in_the_forms_of_its_language(engine: Engine, language: str, text: str, query: str) -> None:
    fill(engine, entry(1, text, language=language), entry(2, "something else"))
    assert found(engine, query) == ["a1"]


def test_a_word_whose_stem_is_a_stop_word_elsewhere_finds_no_stop_words(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "The sea rises"),
        entry(2, "Elle se compose", language="fr"),
        entry(3, "Sea, sex", language="fr"),
    )
    assert sorted(found(engine, "sea")) == ["a1", "a3"]


def test_things_are_found_by_their_names_elsewhere(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "Talks in Peking"),
        entry(2, "Talks in Beijing"),
        entry(3, "Gespräche in Peking", language="de"),
        entry(4, "Discussions à Pékin", language="fr"),
        entry(5, "Las madres de Lima", language="es"),
        entry(6, "The International Monetary Fund lends"),
        entry(7, "Der IWF gibt Kredit", language="de"),
    )
    assert set(found(engine, "beijing")) == set(found(engine, "Pékin")) == {"a1", "a2", "a3", "a4"}
    assert set(found(engine, '"Peking"')) == {"a1", "a3"}
    assert set(found(engine, "talks -peking")) == set()
    assert set(found(engine, "IMF")) == set(found(engine, "international monetary fund")) == {"a6", "a7"}
    assert found(engine, "Chennai") == []
