"""Descriptions whose common words are set aside, on both engines, against counting words in Python."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

import pytest

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines import crowds
from indexer.engines.factory import make_engine
from indexer.engines.foreign import Spelling, Spread
from indexer.engines.phrases import QueryTooCostly
from indexer.engines.plan import Disjunction, Plan, Words
from indexer.engines.readings import readings_of
from news.index import Filters, IndexEntry, SearchRequest
from news.query.parser import parse_query
from tests.support.shared_elasticsearch import engine_at

MOMENT = "2026-01-01T00:00:00Z"
MANY = 12  # in place of thousands
SHARES = {"said": 0.9, "year": 0.5, "market": 0.3, "wheat": 0.12, "flood": 0.08, "lodge": 0.03, "diem": 0.02}


@dataclass(frozen=True)
class _Articles:
    """What the articles say, by id."""

    words: Mapping[str, frozenset[str]]

    @property
    def article_count(self) -> int:
        return len(self.words)

    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        raise AssertionError("an index of one language is not asked in which its words stand")

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        return {word: sum(word.terms[0] in held for held in self.words.values()) for word in words}

    def matching(self, request: SearchRequest) -> set[str]:
        (planned,) = readings_of(request, ["und"], self).plans
        return {article for article, held in self.words.items() if planned and _holds(planned, held)}


def _holds(planned: Plan, held: frozenset[str]) -> bool:
    match planned:
        case Disjunction(children=children, at_least=at_least, rare=rare, aside=aside):
            beside = _number(rare, held) > 0 and _number(aside, held) > 0
            return beside or _number(children, held) >= at_least
        case Words(terms=(term,)):
            return term in held
        case _:
            raise AssertionError(f"{planned} is no description")


def _number(children: Collection[Plan], held: frozenset[str]) -> int:
    return sum(_holds(child, held) for child in children)


@pytest.fixture(scope="module")
def articles() -> _Articles:
    chance = random.Random(3)
    said = [frozenset(word for word, share in SHARES.items() if chance.random() < share) | {"news"} for _ in range(300)]
    return _Articles({f"a{number:03}": words for number, words in enumerate(said)})


@pytest.fixture(scope="module", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(
    request: pytest.FixtureRequest, articles: _Articles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    settings = EngineSettings(index_name=f"test-{uuid.uuid4().hex[:8]}")
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        settings = EngineSettings(**engine_at(url, settings.index_name))
    made = make_engine(settings, folder=tmp_path_factory.mktemp("crowds"))
    made.open()
    made.write([_entry(number, *each) for number, each in enumerate(articles.words.items())])
    made.refresh()
    yield made
    made.close()


def _entry(number: int, article_id: str, words: frozenset[str]) -> IndexEntry:
    document = {
        "id": article_id,
        "url": f"https://example.com/{article_id}",
        "title": "Story",
        "text": " ".join(sorted(words) * (1 + number % 3)),
        "source": ("daily", "post", "wire")[number % 3],
        "first_seen_at": MOMENT,
        "fetched_at": MOMENT,
        "version": 1,
        "revision": 1,
    }
    return IndexEntry(id=article_id, revision=1, document=document)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MANY", MANY)


def test_what_is_found_counted_and_ordered_is_what_the_words_say(engine: Engine, articles: _Articles) -> None:
    chance = random.Random(5)
    thinned = 0
    for _ in range(25):
        words = chance.sample(list(SHARES), chance.randint(4, len(SHARES)))
        whole = SearchRequest(query=parse_query(" ".join(words)), limit=300)
        expected = articles.matching(whole)
        thinned += len(expected) < sum(len(held & set(words)) > 1 for held in articles.words.values())
        ids = [hit.id for hit in engine.search(whole).hits]
        assert set(ids) == expected
        page = engine.search(replace(whole, limit=5, facets=("source",), collapse=True))
        assert [hit.id for hit in page.hits] == ids[:5]
        assert page.total == len(expected)
        counted = {count.value: count.count for count in page.facets["source"]}
        assert counted == Counter(("daily", "post", "wire")[int(article[1:]) % 3] for article in expected)
        daily = engine.search(replace(whole, filters=Filters(sources=("daily",))))
        assert daily.total == counted.get("daily", 0)
    assert thinned > 10


def test_words_set_aside_count_for_the_order(engine: Engine, articles: _Articles) -> None:
    words = "wheat said market flood year"
    first = engine.search(SearchRequest(query=parse_query(words), limit=1)).hits[0]
    assert {"said", "wheat", "flood"} <= articles.words[first.id]


def test_many_phrases_of_common_words_are_refused(engine: Engine) -> None:
    pairs = permutations(("news", "said", "year"), 2)
    phrases = [f'"{one} {other}"' for one, other in pairs]
    with pytest.raises(QueryTooCostly):
        engine.search(SearchRequest(query=parse_query(" OR ".join(phrases))))
    assert engine.search(SearchRequest(query=parse_query(" OR ".join(phrases[:3])))).total > 0
