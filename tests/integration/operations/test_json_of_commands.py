"""What commands print for programs is what the API answers, where both tell the same thing."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from cli.main import app
from news.article import RENDERED
from news.crawl_ends import FinishReason
from news.fetch import Discovered, UrlKind
from news.index import Filters
from news.requests import RequestKind, RequestScope
from news.triggers import Trigger
from search.api.completeness_models import CompletenessModel
from search.api.models import ArticleModel, CopiesModel, FetchModel, VersionModel
from search.api.operations_models import RunModel
from search.api.status_models import StatusModel
from store.crawls.paces import AskedRequest
from store.records import NewUrl
from tests.support.stores import NOW, Place, after, fetch_story, make_story

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


def test_receipts_are_the_versions_of_the_api(place: Place, run: Any) -> None:
    store = place.open()
    saved = fetch_story(store, PAGE, make_story("Storm"))
    fetch_story(store, PAGE, make_story("Storm, updated", flags=(RENDERED,)), at=after(hours=1))
    shown = run("show", PAGE, "--receipt")
    assert (shown.keys(), shown["article_id"]) == ({"article_id", "url", "versions"}, saved.article_id)
    versions = [VersionModel.model_validate(each, extra="forbid") for each in shown["versions"]]
    assert versions == ArticleModel.model_validate(run("show", PAGE)["article"]).versions
    assert [each.is_rendered for each in versions] == [False, True]


def test_status_has_the_status_of_the_api(place: Place, run: Any) -> None:
    store = place.open()
    store.standing_searches.add("Storms", "storm", Filters(), now=after())
    fetch_story(store, PAGE, make_story("Storm"))
    status = run("status")
    own = {"removed", "versions", "urls", "dead_letters", "open_requests", "saved_searches"}
    own |= {"record_bytes", "reusable_bytes", "archive_bytes"}
    assert status.keys() == StatusModel.model_fields.keys() | own
    StatusModel.model_validate({name: value for name, value in status.items() if name not in own}, extra="forbid")
    assert (status["versions"], status["outbox"]["pending"], status["saved_searches"]["waiting"]) == (1, 1, 1)


def test_a_source_is_told_under_the_names_of_the_api(place: Place, run: Any) -> None:
    store = place.open()
    run_id = store.runs.start("trtworld", Trigger.CLI, now=after())
    store.runs.finish(run_id, reason=FinishReason.FINISHED, counts={"new_article": 1}, now=after(hours=1))
    asked = AskedRequest(
        host="a.example",
        source_id="trtworld",
        asked_at=NOW,
        url=PAGE,
        rule="",
        status=200,
        demanded_seconds=1.0,
        kept_seconds=None,
    )
    store.paces.record([asked])
    scope = RequestScope(source_id="trtworld", since=NOW, until=after(hours=1))
    store.requests.create(RequestKind.BACKFILL, scope, now=NOW)
    shown = run("sources", "show", "trtworld")
    assert RunModel.model_validate(shown["status"]["last_run"], extra="forbid").counts == {"new_article": 1}
    assert shown["requests"][0]["source"] == "trtworld"
    assert (shown["fills"][0]["kind"], shown["fills"][0]["feed"]) == ("backfill", None)
    assert "source_id" not in json.dumps(shown)


def test_what_is_held_of_a_source_is_told_as_by_the_api(place: Place, run: Any) -> None:
    new = [NewUrl(url="https://www.trtworld.com/article/a1b2c3d4e5f6", kind=UrlKind.ARTICLE)]
    place.open().frontier.add(new, source_id="trtworld", found_on=None, now=NOW)
    shown = run("sources", "completeness", "trtworld", "--from", str(NOW.date()), "--to", str(NOW.date()))
    found = CompletenessModel.model_validate(shown, extra="forbid")
    assert (found.held, found.missing, found.share, found.missing_articles[0].why) == (0, 1, 0.0, "waiting")


def test_what_is_missing_is_printed_with_what_fetches_it(
    working_folder: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://www.trtworld.com/article/a1b2c3d4e5f6"
    found = Discovered(url=url, title="A headline of the feed", published_at=NOW)
    new = [NewUrl(url=url, kind=UrlKind.ARTICLE, found=found)]
    working_folder.open().frontier.add(new, source_id="trtworld", found_on=None, now=NOW)
    days = ("--from", str(NOW.date()), "--to", str(NOW.date()))
    app(["sources", "completeness", "trtworld", *days], prog_name="newsdex", standalone_mode=False)
    printed = capsys.readouterr().out
    assert "0 of 1 article held, 0.0 %" in printed
    assert f"{url} “A headline of the feed”: waiting; tried " in printed
    assert "`newsdex crawl trtworld` fetches what is waiting" in printed


def test_the_archive_is_listed_and_verified_under_the_names_of_versions(place: Place, run: Any) -> None:
    store = place.open()
    saved = fetch_story(store, PAGE, make_story("Storm"))  # in a file that is not there
    assert run("archive", "list") == {"files": []}
    (fault,) = run("archive", "verify")["faults"]
    assert fault.keys() == {"warc_file", "warc_offset", "what", "to_do"}
    verified = run("verify", PAGE)
    assert verified["article_id"] == saved.article_id
    assert {"version", "extractor_version"} <= verified["versions"][0].keys() & VersionModel.model_fields.keys()
