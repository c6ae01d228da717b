"""Many words typed side by side on the embedded engine, against counting words in Python: copies, counts and pages."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from indexer.engines.needed_words import needed_words
from news.index import Filters, IndexEntry, SearchRequest, Sort
from news.query.parser import parse_query

_WORDS = (
    "bridge",
    "council",
    "ferry",
    "harbour",
    "island",
    "museum",
    "orchard",
    "railway",
    "tunnel",
    "valley",
    "wharf",
)
_SOURCES = ("daily", "post", "wire")
_MOMENT = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class _Article:
    number: int
    words: tuple[str, ...]
    source: str
    cluster: int | None
    standing: int

    def entry(self) -> IndexEntry:
        """It as the index takes it."""
        place = {"cluster": self.cluster, "standing": self.standing, "seniority": (1 << 52) + self.number}
        document = {
            "id": f"a{self.number}",
            "url": f"https://example.com/{self.number}",
            "title": "news",
            "text": " ".join(self.words),
            "source": self.source,
            "language": "en",
            "published_at": f"2026-01-{1 + self.number % 28:02}T10:00:00Z",
            "first_seen_at": _MOMENT,
            "fetched_at": _MOMENT,
            "version": 1,
            "revision": 1,
            **(place if self.cluster is not None else {}),
        }
        return IndexEntry(id=f"a{self.number}", revision=1, document=document)


def _articles(chance: random.Random) -> list[_Article]:
    """Some with one word repeated, which outranks many; a third in clusters, whose copies differ in a word."""
    made: list[_Article] = []
    members: Counter[int] = Counter()
    for number in range(160):
        words = tuple(chance.choices(_WORDS, k=chance.randint(1, 6)))
        words *= chance.choice((1, 1, 1, 9))
        cluster = chance.randrange(12) if chance.random() < 0.35 else None
        standing = 0
        if cluster is not None:
            standing = min(members[cluster], 2)
            members[cluster] += 1
        made.append(_Article(number, words, chance.choice(_SOURCES), cluster, standing))
    return made


def _shown(articles: Sequence[_Article], words: Sequence[str], *, scored: bool, collapse: bool) -> set[str]:
    """What a description must find: enough of its words, and of copies the earliest that has them."""
    needed = needed_words(len(set(words)), by_relevance=scored)
    matching = [each for each in articles if len(set(words) & set(each.words)) >= needed]
    first: dict[int, int] = {}
    for each in matching:
        if each.cluster is not None:
            first.setdefault(each.cluster, each.number)
    return {
        f"a{each.number}"
        for each in matching
        if not collapse or each.cluster is None or first[each.cluster] == each.number
    }


@pytest.fixture(scope="module")
def articles() -> list[_Article]:
    return _articles(random.Random(11))


@pytest.fixture(scope="module")
def engine(articles: list[_Article], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("descriptions")
    made = make_engine(EngineSettings(), folder=folder)
    made.open()
    half = len(articles) // 2
    for part in (articles[:half], articles[half:]):  # two segments
        made.write([each.entry() for each in part])
    yield made
    made.close()


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
@pytest.mark.parametrize("collapse", [True, False])
def test_descriptions_find_count_and_order_the_same_in_every_way_they_are_asked(
    engine: Engine, articles: list[_Article], sort: Sort, collapse: bool
) -> None:
    chance = random.Random(5)
    sources: Mapping[str, str] = {f"a{each.number}": each.source for each in articles}
    for _ in range(25):
        words = chance.sample(_WORDS, chance.randint(4, len(_WORDS)))
        expected = _shown(articles, words, scored=sort is Sort.RELEVANCE, collapse=collapse)
        whole = SearchRequest(query=parse_query(" ".join(words)), sort=sort, collapse=collapse, limit=200)
        ids = [hit.id for hit in engine.search(whole).hits]
        assert set(ids) == expected
        page = replace(whole, limit=7, facets=("source",), span=True)
        result = engine.search(page)
        further = engine.search(replace(whole, limit=7, offset=7)).hits
        assert [hit.id for hit in (*result.hits, *further)] == ids[:14]
        assert result.total == len(expected)
        counted = {count.value: count.count for count in result.facets["source"]}
        assert counted == Counter(sources[each] for each in expected)
        assert (result.span is None) == (not expected)


def test_a_description_of_a_source_shows_later_copies_whose_earliest_is_elsewhere(
    engine: Engine, articles: list[_Article]
) -> None:
    words = _WORDS[:5]
    of_source = [each for each in articles if each.source == "post"]
    expected = _shown(of_source, words, scored=True, collapse=True)
    filters = Filters(sources=("post",))
    request = SearchRequest(
        query=parse_query(" ".join(words)), filters=filters, collapse=True, limit=100, facets=("source",)
    )
    result = engine.search(request)
    assert {hit.id for hit in result.hits} == expected
    assert [(count.value, count.count) for count in result.facets["source"]] == [("post", len(expected))]
