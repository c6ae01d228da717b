"""`newsdex searches` in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cli.main import app
from indexer.matching.service import StandingMatching
from news.errors import ConfigError, NewsdexError, NotFoundError
from store.clock import utc_now
from tests.support.stores import Place, fetch_story, make_story

PAGE = "https://paper.example/world/storm-1"
Run = Callable[..., str]


@pytest.fixture
def place(working_folder: Place) -> Place:
    return working_folder


@pytest.fixture
def run(working_folder: Place, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the place; what it printed."""

    def run_command(*words: str) -> str:
        app(["searches", *words], prog_name="newsdex", standalone_mode=False)
        return capsys.readouterr().out

    return run_command


def find(place: Place, *titles: str) -> None:
    store = place.open()
    now = utc_now()
    for number, title in enumerate(titles):
        fetch_story(store, f"{PAGE}{number}", make_story(title, f"It blows near pier {number}."), at=now)
    for _ in StandingMatching(store, clock=lambda: now).match_pending():
        pass


def test_a_search_is_added_shown_paused_resumed_and_removed(run: Run, place: Place) -> None:
    added = json.loads(run("add", "storm", "--name", "Storms", "--feed", "rss", "--feed", "json", "--json"))
    rss, feed = added["deliveries"]
    assert rss["url"].startswith("http://127.0.0.1:8000/feeds/ndf_")
    assert (rss["url"][-4:], feed["url"][-5:]) == (".rss", ".json")
    find(place, "Storm at sea", "Calm at sea")
    shown = json.loads(run("show", added["id"], "--json"))
    assert (shown["name"], shown["found"], len(shown["deliveries"])) == ("Storms", 1, 2)
    assert [(match["title"], match["source"]) for match in shown["matches"]] == [("Storm at sea", "paper")]
    assert shown["search"]["q"] == "storm"
    assert "Storm at sea" in run("show", added["id"])
    assert "Storm at sea" in run("show", "Storms")
    assert "is paused" in run("pause", added["id"])
    assert json.loads(run("list", "--json"))["searches"][0]["paused_at"]
    assert "matched from now on" in run("resume", added["id"])
    assert json.loads(run("rotate", rss["id"], "--json"))["deliveries"][0]["url"] != rss["url"]
    assert "revoked" in run("revoke", rss["id"])
    assert "nothing was given up on" in run("retry", added["id"])
    assert "removed" in run("remove", added["id"])
    with pytest.raises(NotFoundError):
        run("show", added["id"])


def test_a_query_is_tried_on_what_is_there(run: Run, place: Place) -> None:
    find(place, "Storm at sea", "Calm at sea")
    tried = run("test", "sea -calm", "--days", "30")
    assert tried.startswith("1 in 30 days")
    assert "Storm at sea" in tried


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", 'storm "open'), "never closed"),
        (("add", "storm", "--feed", "xml"), "'rss', 'atom' or 'json'"),
        (("add", "storm", "--webhook", "http://10.0.0.1/"), "not a public address"),
        (("add", "storm", "--mail", "desk@paper.example"), "alerts.smtp_host"),
        (("add", "storm", "--feed", "rss", "--time-zone", "Mars"), "are only for mail"),
        (("add", "storm", "--source", "trtwrld"), 'did you mean "trtworld"'),
    ],
)
def test_what_cannot_be_done_leaves_nothing(run: Run, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(NewsdexError, match=told):
        run(*words)
    assert json.loads(run("list", "--json")) == {"searches": []}


def test_delivering_nothing_is_refused(run: Run) -> None:
    added = json.loads(run("add", "storm", "--json"))
    with pytest.raises(ConfigError, match="--feed, --webhook or --mail"):
        run("deliver", added["id"])
    made = json.loads(run("deliver", added["id"], "--webhook", "https://hooks.example/x", "--json"))
    assert made["deliveries"][0]["secret"].startswith("whsec_")


def test_a_saved_search_takes_every_filter_that_searching_takes(run: Run, place: Place) -> None:
    words = ("--section", "World", "--author", "A. Writer", "--agency", "AFP", "--tag", "sea", "--from", "2026-01-02")
    added = json.loads(run("add", "storm", *words, "--to", "2026-12-31T12:00", "--json"))
    asked = json.loads(run("show", added["id"], "--json"))["search"]
    assert (asked["section"], asked["author"], asked["agency"], asked["tag"]) == (
        ["World"],
        ["A. Writer"],
        ["AFP"],
        ["sea"],
    )
    assert (asked["from"], asked["to"]) == ("2026-01-02T00:00:00Z", "2026-12-31T12:00:00Z")
    with pytest.raises(ConfigError, match="--from 'soon'"):
        run("test", "storm", "--from", "soon")


def test_a_delivery_that_fails_says_why_and_when_it_is_tried_again(run: Run, place: Place) -> None:
    added = json.loads(run("add", "storm", "--webhook", "https://hooks.example.org/x", "--json"))
    find(place, "Storm at sea")
    alerts = place.open().standing_alerts
    (alert,) = alerts.due(added["deliveries"][0]["id"], now=utc_now(), limit=5)
    alerts.postpone([alert.id], "answered with status 503", until=datetime(2099, 1, 1, tzinfo=UTC))
    told = "\n    not told yet after 1 attempt, again 2099-01-01 00:00: answered with status 503\n"
    assert told in run("show", added["id"])


def test_a_saved_search_is_listed_and_shown_with_its_filters(run: Run) -> None:
    added = json.loads(
        run("add", "storm", "--tag", "sea", "--from", "2020-01-01T12:30", "--to", "2099-12-01", "--json")
    )
    words = "storm · tag: sea · from: 2020-01-01T12:30Z · to: 2099-12-01"
    assert run("show", added["id"]) == f"storm: {words}\n"
    assert words in run("list")
