"""Searching what the sites said at a moment of the past."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from search import past
from search.params import SearchParams
from search.service import SearchService
from tests.support.newsroom import SOURCE_NAMES, START, Newsroom, story
from tests.support.shared_elasticsearch import engine_at
from tests.support.texts import paragraphs_of


def found(newsroom: Newsroom, q: str, moment: datetime | date | None, **more: object) -> list[tuple[str, int | None]]:
    page = newsroom.service.search(SearchParams.model_validate({"q": q, "as_of": moment, "collapse": False, **more}))
    return [(hit.title, hit.version) for hit in page.hits]


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def newsroom(request: pytest.FixtureRequest, empty_newsroom: Newsroom, tmp_path: Path) -> Iterator[Newsroom]:
    """One over each engine."""
    if request.param == "embedded":
        yield empty_newsroom
        return
    url = request.getfixturevalue("elasticsearch_url")
    settings = EngineSettings(**engine_at(url, f"past-{uuid.uuid4().hex[:8]}"))
    engine = make_engine(settings, folder=tmp_path)
    engine.open()
    store = empty_newsroom.store
    yield Newsroom.over(store, engine, SearchService(engine, store, SOURCE_NAMES))
    engine.close()


@pytest.fixture
def edited(newsroom: Newsroom) -> tuple[Newsroom, list[datetime]]:
    """A story in three versions and another in one; and the moments just after each of the four."""
    moments = []
    for article in (
        story("Five hurt in port fire", "No one died, the mayor says.", path="fire", section="World"),
        story("Port fire kills two", "Two people died, the mayor says.", path="fire", section="World"),
        story("Market opens", "Stalls of wood.", path="market"),
        story("Port fire kills two", "Two people died.", path="fire", section="Local"),
    ):
        newsroom.publish(article)
        moments.append(newsroom.now + timedelta(seconds=1))
    newsroom.settle()
    return newsroom, moments


def test_each_article_is_found_by_what_it_said_then(edited: tuple[Newsroom, list[datetime]]) -> None:
    newsroom, (first, second, third, last) = edited
    assert found(newsroom, '"no one died"', first) == [("Five hurt in port fire", 1)]
    assert found(newsroom, '"no one died"', second) == []
    assert found(newsroom, "mayor", third) == [("Port fire kills two", 2)]
    assert found(newsroom, "mayor", last) == []
    assert found(newsroom, "mayor OR market", last) == [("Market opens", 1)]
    assert found(newsroom, "fire -kills", first) == [("Five hurt in port fire", 1)]
    assert found(newsroom, "title:five", first) == [("Five hurt in port fire", 1)]
    assert found(newsroom, "hurt*", last) == []


def test_what_was_not_there_yet_is_not_found(edited: tuple[Newsroom, list[datetime]]) -> None:
    newsroom, (first, *_) = edited
    assert found(newsroom, "", first) == [("Five hurt in port fire", 1)]
    assert found(newsroom, "", first - timedelta(days=1)) == []
    unknown = [SearchParams(q=text, as_of=first - timedelta(days=1)) for text in ("fire", "zeppelin")]
    assert all(newsroom.service.search(params).is_before_all for params in unknown)
    assert not newsroom.service.search(SearchParams(q="zeppelin", as_of=first)).is_before_all
    assert not newsroom.service.search(SearchParams(q="zeppelin")).is_before_all


def test_edits_and_filters_are_those_of_then(edited: tuple[Newsroom, list[datetime]]) -> None:
    newsroom, (first, second, third, last) = edited
    assert found(newsroom, 'removed:"no one died"', first) == []
    assert found(newsroom, 'removed:"no one died"', second) == [("Port fire kills two", 2)]
    assert found(newsroom, "changed:title", third) == [("Port fire kills two", 2)]
    assert found(newsroom, "fire", third, section=("world",)) == [("Port fire kills two", 2)]
    assert found(newsroom, "fire", last, section=("world",)) == []
    page = newsroom.service.search(SearchParams(q="fire", as_of=third))
    assert [(count.value, count.count) for count in page.facets["section"]] == [("World", 1)]
    assert page.is_complete


def test_a_day_is_searched_as_it_was_at_its_end(edited: tuple[Newsroom, list[datetime]]) -> None:
    newsroom, _ = edited
    assert found(newsroom, "fire", newsroom.now.date()) == [("Port fire kills two", 3)]
    assert found(newsroom, "fire last:1d", datetime(2026, 11, 20, 7, tzinfo=UTC)) == [("Port fire kills two", 3)]


def test_it_says_when_it_has_not_compared_all(
    edited: tuple[Newsroom, list[datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom, moments = edited
    monkeypatch.setattr(past, "MAX_EXAMINED", 1)
    monkeypatch.setattr(past, "_EXAMINED_AT_ONCE", 1)
    page = newsroom.service.search(SearchParams(as_of=moments[-1]))
    assert (page.total, page.is_complete) == (1, False)


def test_of_copies_of_then_the_earliest_that_matched_is_found(newsroom: Newsroom) -> None:
    text, other = paragraphs_of(1), paragraphs_of(2)
    later = START + timedelta(hours=2)
    newsroom.publish(story("Ferry copied", *text, path="b", published_at=later), source_id="kurye")
    newsroom.publish(story("Ferry strike", *text, path="a"))
    copied = newsroom.now + timedelta(seconds=1)
    newsroom.publish(story("Ferry rewritten", *other, path="a"))
    apart = newsroom.now + timedelta(seconds=1)
    newsroom.publish(story("Ferry strike again", *text, path="a"))
    newsroom.settle()
    page = newsroom.service.search(SearchParams(q="ferry", as_of=copied))
    assert [(hit.title, hit.copy_count) for hit in page.hits] == [("Ferry strike", 1)]
    assert [(count.value, count.count) for count in page.facets["source"]] == [("gazette", 1)]
    assert [hit.title for hit in newsroom.service.search(SearchParams(q="copied", as_of=copied)).hits] == [
        "Ferry copied"
    ]
    assert len(found(newsroom, "ferry", copied)) == 2
    assert newsroom.service.search(SearchParams(q="ferry", as_of=apart)).total == 2
