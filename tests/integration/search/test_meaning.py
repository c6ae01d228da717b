"""Searches by meaning: with the sentence model itself, over the API and at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

import indexer.meaning
from cli.main import app
from indexer.meaning import MISSING, MODEL, SentenceModel, check_installed
from indexer.vectors import make_vectors
from news.errors import ConfigError
from news.vectors import closeness
from search.app import create_app
from search.meaning import Meaning
from search.service import SearchService
from tests.support.browser import serving
from tests.support.newsroom import SOURCE_NAMES, Newsroom, story
from tests.support.stores import Place, fetch_story, make_story

SHIPS = "The captain anchored his vessel outside the port until the wind had calmed."
BREAD = "The baker lets the dough of wheat and rye rest in a bowl until the wind had calmed."


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    return SentenceModel()


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Two stories that have the same words of the query once each."""
    newsroom = Newsroom(tmp_path)
    for name, text in (("bread", BREAD), ("ships", SHIPS)):
        newsroom.publish(story(f"About {name}", text, path=name))
    newsroom.settle()
    return newsroom


def test_texts_of_one_meaning_are_closer_than_those_of_one_wording(model: SentenceModel) -> None:
    asked, ships, bread = map(model.vector, ("boats waiting for a storm to pass", SHIPS, BREAD))
    assert closeness(asked, ships) > 0.3 > closeness(asked, bread)
    assert (len(asked), model.vector("boats waiting for a storm to pass")) == (384, asked)


def test_a_text_of_any_length_or_none_has_a_vector(model: SentenceModel) -> None:
    assert {len(model.vector(text)) for text in ("", "water " * 100_000, "\ud800 …", "水" * 5_000)} == {384}


def test_vectors_are_made_once_and_of_languages_the_model_knows(newsroom: Newsroom, model: SentenceModel) -> None:
    newsroom.publish(story("Ekmek", "Ekmek hamuru dinlenir.", language="tr"))
    missing, vectors = newsroom.store.missing_vectors, newsroom.store.vectors
    assert make_vectors(missing, vectors, lambda: model, most=2, goes_on=lambda: True) == 2
    assert make_vectors(missing, vectors, lambda: model, goes_on=lambda: False) == 0
    assert make_vectors(missing, vectors, lambda: model, goes_on=lambda: True) == 1
    assert make_vectors(missing, vectors, lambda: pytest.fail("nothing is missing"), goes_on=lambda: True) == 0
    ids = [
        str(newsroom.store.articles.id_at(f"https://gazette.example/{name}")) for name in ("bread", "ships", "ekmek")
    ]
    assert set(vectors.of(MODEL, ids)) == set(ids[:2])


def titles(api: httpx.Client, **given: Any) -> list[str]:
    answer = api.get("/api/v1/search", params={"q": "until the wind calmed boats vessels", **given})
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == 2
    return [hit["title"] for hit in answer.json()["hits"]]


def test_the_first_hits_follow_words_and_meaning_page_by_page(newsroom: Newsroom, model: SentenceModel) -> None:
    make_vectors(newsroom.store.missing_vectors, newsroom.store.vectors, lambda: model, goes_on=lambda: True)
    meaning = Meaning(newsroom.store.vectors.of, load=lambda: model)
    service = SearchService(newsroom.engine, newsroom.store, SOURCE_NAMES, meaning=meaning)
    with serving(create_app(service)) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as api:
        both = titles(api, meaning="true")
        assert both == ["About ships", "About bread"]
        assert [titles(api, meaning="true", size=1, page=page) for page in (1, 2)] == [both[:1], both[1:]]
        answer = api.get("/api/v1/search", params={"q": "wind", "meaning": "true", "size": 1}).json()
        assert "Closest in meaning first" in api.get("/?q=wind").text
        assert "Order by words alone" in api.get("/?q=wind&meaning=true").text
        assert "meaning" not in api.get("/?q=wind&sort=newest").text
        assert answer["next"] == "/api/v1/search?q=wind&size=1&page=2&meaning=true", "a cursor has the order of words"


def test_where_it_is_off_a_search_that_asks_for_it_is_refused(newsroom: Newsroom) -> None:
    with (
        serving(create_app(newsroom.service)) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=60) as api,
    ):
        answer = api.get("/api/v1/search?q=wind&meaning=true")
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "meaning is off here; set search.meaning to have hits ordered by it",
    )


def test_the_command_makes_vectors_and_searches_by_them(
    working_folder: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = working_folder.open()
    for name, text in (("bread", BREAD), ("ships", SHIPS)):
        fetch_story(store, f"https://paper.example/{name}", make_story(f"About {name}", text, language="en"))

    def run(*words: str) -> str:
        app(words, prog_name="newsdex", standalone_mode=False)
        return capsys.readouterr().out

    assert run("index", "vectors", "--limit", "1") == "made 1 vector\n"
    assert run("index", "vectors") == "made 1 vector\n"
    assert run("index", "vectors") == "no vector is missing\n"
    run("reindex")
    monkeypatch.setenv("NEWSDEX_SEARCH__MEANING", "true")
    found = run("search", "until the wind calmed boats vessels", "--meaning")
    assert found.index("About ships") < found.index("About bread")


def test_without_the_packages_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer.meaning, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"pip install 'newsdex\[meaning\]'"):
        check_installed()
    monkeypatch.setattr(indexer.meaning, "import_module", lambda name: (_ for _ in ()).throw(ImportError(name)))
    with pytest.raises(ConfigError, match=MISSING.partition(":")[0]):
        SentenceModel()
