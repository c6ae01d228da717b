"""What commands print for programs is what the API answers, where both tell the same thing."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from cli.main import app
from news.index import Filters
from search.models import ArticleModel, CopiesModel, FetchModel, VersionModel
from search.operations_models import StatusModel
from tests.support.stores import Place, after, fetch_story, make_story

PAGE = "https://paper.example/world/storm-1"


@pytest.fixture
def place(working_folder: Place) -> Place:
    return working_folder


@pytest.fixture
def run(working_folder: Place, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command prints with --json."""

    def run_command(*words: str) -> Any:
        with suppress(SystemExit):  # something is amiss, which is told
            app([*words, "--json"], prog_name="newsdex", standalone_mode=False)
        return json.loads(capsys.readouterr().out)

    return run_command


def test_show_has_the_article_of_the_api(place: Place, run: Any) -> None:
    store = place.open()
    saved = fetch_story(store, PAGE, make_story("Storm"))
    fetch_story(store, PAGE, make_story("Storm, updated"), at=after(hours=1))
    shown = run("show", PAGE)
    assert shown.keys() == {"article", "copies", "url", "fetches"}
    article = ArticleModel.model_validate(shown["article"], extra="forbid")
    assert (article.id, article.title, article.version) == (saved.article_id, "Storm, updated", 2)
    assert [each.version for each in article.versions] == [1, 2]
    assert CopiesModel.model_validate(shown["copies"], extra="forbid").copies == []
    fetches = [FetchModel.model_validate(each, extra="forbid") for each in shown["fetches"]]
    assert fetches == article.fetches
    assert (shown["url"]["url"], shown["url"]["kind"], shown["url"]["source"]) == (PAGE, "article", "paper")


def test_status_has_the_status_of_the_api(place: Place, run: Any) -> None:
    store = place.open()
    store.standing.add("Storms", "storm", Filters(), now=after())
    fetch_story(store, PAGE, make_story("Storm"))
    status = run("status")
    own = {"removed", "versions", "urls", "dead_letters", "open_requests", "saved_searches"}
    assert status.keys() == StatusModel.model_fields.keys() | own
    StatusModel.model_validate({name: value for name, value in status.items() if name not in own}, extra="forbid")
    assert (status["versions"], status["outbox"]["pending"], status["saved_searches"]["to_match"]) == (1, 1, 1)


def test_the_archive_is_listed_and_verified_under_the_names_of_versions(place: Place, run: Any) -> None:
    store = place.open()
    saved = fetch_story(store, PAGE, make_story("Storm"))  # in a file that is not there
    assert run("archive", "list") == {"files": []}
    (fault,) = run("archive", "verify")["faults"]
    assert fault.keys() == {"warc_file", "warc_offset", "what", "to_do"}
    verified = run("verify", PAGE)
    assert verified["article_id"] == saved.article_id
    assert {"version", "extractor_version"} <= verified["versions"][0].keys() & VersionModel.model_fields.keys()
