"""`sources remove` ends following, says what stays, and takes articles along only where that is asked for."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.commands import remove_source
from config.sources import load_sources
from news.fetch import UrlKind
from news.requests import RequestKind, RequestScope
from news.triggers import Trigger
from scheduler.lock import DaemonLock
from store.records import NewUrl
from tests.support.commands import Commands
from tests.support.stores import make_result, make_story

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GAZETTE = {"name": "Gazette", "home_url": "https://gazette.example/"}
STORY = "https://gazette.example/a"


@pytest.fixture
def following(commands: Commands) -> Commands:
    """An installation that follows the source "gazette" and has one article of it."""
    commands.configure(shipped_sources=False)
    commands.follow("gazette", **GAZETTE)
    with commands.opened() as opened:
        new = [NewUrl(url=STORY, kind=UrlKind.ARTICLE)]
        opened.store.frontier.add(new, source_id="gazette", found_on=None, now=NOW)
        row = opened.store.frontier.row_at(STORY)
        assert row is not None
        opened.store.saver.save([make_result(row, make_story("Storm", url=STORY), archive=None)])
        opened.deliver()
    return commands


def test_without_an_option_it_is_followed_no_more_and_its_articles_stay(following: Commands) -> None:
    with following.opened() as opened:
        scope = RequestScope(source_id="gazette")
        request, _ = opened.store.requests.create(RequestKind.REPLAY, scope, now=NOW)
    done = following.say("sources", "remove", "gazette")
    assert done.returncode == 0, done.stderr
    assert "its file is" in done.stdout
    assert "its 1 article in 1 version, 1 URL stay" in done.stdout
    folder = following.home / "sources"
    assert [file.name for file in folder.iterdir()] == ["gazette.yaml.removed"]
    with following.opened() as opened:
        assert opened.store.pauses.all() == {}
        ended = opened.store.requests.get(request.id)
        assert ended is not None
        assert ended.state == "cancelled"
    assert following.json("search", "storm")["total"] == 1

    again = following.say("sources", "remove", "gazette")
    assert again.returncode == 2
    assert "no file describes gazette, so it is not followed; --articles removes what is kept of it" in again.stderr


def test_programs_are_told_what_stays_and_what_went(following: Commands) -> None:
    told = following.json("sources", "remove", "gazette")
    assert told["file"].endswith("gazette.yaml.removed")
    assert (told["kept"], told["removed"]) == ({"articles": 1, "versions": 1, "urls": 1}, None)
    told = following.json("sources", "remove", "gazette", "--articles", "--yes")
    assert (told["file"], told["kept"]) == (None, None)
    assert told["removed"] == {"articles": 1, "versions": 1, "archived_records": 0}


def test_with_its_articles_nothing_of_it_is_found(following: Commands) -> None:
    refused = following.say("sources", "remove", "gazette", "--articles")
    assert refused.returncode == 2
    assert "say --yes where nobody can be asked" in refused.stderr
    assert (following.home / "sources" / "gazette.yaml").is_file()

    done = following.say("sources", "remove", "gazette", "--articles", "--yes")
    assert done.returncode == 0, done.stderr
    assert "removed: 1 article in 1 version" in done.stdout
    assert "the index: it finds none of them any more" in done.stdout
    assert following.json("search", "storm")["total"] == 0
    gone = following.say("sources", "remove", "gazette", "--articles", "--yes")
    assert gone.returncode == 3
    assert "no source 'gazette', neither a file nor articles" in gone.stderr


@pytest.fixture
def on_sighup() -> Iterator[list[Callable[[], None]]]:
    """What this process does when it is told to read its files again, as if it was the daemon."""
    doing: list[Callable[[], None]] = []
    before = signal.signal(signal.SIGHUP, lambda number, frame: [do() for do in doing] and None)
    yield doing
    signal.signal(signal.SIGHUP, before)


def test_a_daemon_is_told_and_what_is_added_again_is_not_paused(
    following: Commands, on_sighup: list[Callable[[], None]]
) -> None:
    with following.opened() as opened, DaemonLock(opened.store.leases).held(lambda: datetime.now(UTC)):
        on_sighup.append(lambda: opened.store.pauses.keep(["sister"]))
        done = following.say("sources", "remove", "gazette", "--articles", "--yes")
        assert "the running daemon tells it within seconds" in done.stdout
        assert (done.returncode, done.stderr) == (0, "")
        assert opened.store.pauses.all() == {}


def test_a_daemon_that_cannot_be_told_begins_no_crawl_of_it(
    following: Commands, on_sighup: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remove_source, "RELOAD_PATIENCE_SECONDS", 0.0)
    with following.opened() as opened, DaemonLock(opened.store.leases).held(lambda: datetime.now(UTC)):
        done = following.say("sources", "remove", "gazette", "--articles", "--yes")
        assert "begins no crawl of it, and knows it until it reads its sources again (SIGHUP)" in done.stderr
        assert set(opened.store.pauses.all()) == {"gazette"}


def test_a_crawl_that_goes_on_is_left_alone_with_its_source(
    following: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remove_source, "RUN_PATIENCE_SECONDS", 0.0)
    with following.opened() as opened:
        run_id = opened.store.runs.start("gazette", Trigger.CLI, now=NOW)
        done = following.say("sources", "remove", "gazette", "--articles", "--yes")
        assert done.returncode == 1
        assert f"run {run_id} of gazette is still under way" in done.stderr
        assert opened.store.pauses.all() == {}
    assert (following.home / "sources" / "gazette.yaml").is_file()


def test_a_file_that_cannot_be_set_aside_leaves_all_as_it_was(
    following: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: Path, target: Path) -> Path:  # a folder of root's; tests may run as root
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "replace", denied)
    done = following.say("sources", "remove", "gazette", "--articles", "--yes")
    monkeypatch.undo()
    assert done.returncode == 2
    assert "gazette.yaml: cannot be changed: Permission denied" in done.stderr
    with following.opened() as opened:
        assert opened.store.pauses.all() == {}
    assert following.json("search", "storm")["total"] == 1


def test_a_shipped_source_is_switched_off_by_a_file(commands: Commands) -> None:
    own = commands.home / "sources" / "trtworld.yaml"
    own.write_text("name: Mine\nhome_url: https://www.trtworld.com/\n", encoding="utf-8")
    done = commands.say("sources", "remove", "trtworld")
    assert done.returncode == 0, done.stderr
    assert f"is switched off by {own}" in done.stdout
    with commands.opened() as opened:
        sources = load_sources(opened.settings)
        assert (sources.get("trtworld").enabled, sources.get("trtworld").name) == (False, "TRT World")
    assert own.with_name("trtworld.yaml.removed").read_text(encoding="utf-8").startswith("name: Mine")
    assert commands.say("sources", "remove", "trtworld").returncode == 0  # again: it stays so
    assert own.with_name("trtworld.yaml.removed").read_text(encoding="utf-8").startswith("name: Mine")


def test_a_file_that_is_wrong_is_set_aside_too_and_no_path_is_an_id(commands: Commands, tmp_path: Path) -> None:
    commands.configure(shipped_sources=False)
    file = commands.home / "sources" / "broken.yaml"
    file.write_text("name: [", encoding="utf-8")
    assert commands.say("sources", "remove", "broken").returncode == 0
    assert not file.exists()
    for odd in ("../newsdex", "a/b", "A"):
        assert commands.say("sources", "remove", odd).returncode == 3
    assert (commands.home / "newsdex.yaml").is_file()


def test_a_source_that_no_file_describes_is_shown(following: Commands) -> None:
    assert following.say("sources", "remove", "gazette").returncode == 0
    assert following.json("sources", "list") == [{"id": "gazette", "enabled": False, "articles": 1}]
    assert "(1 article, no file)" in following.say("sources", "list").stdout
    assert following.json("status")["unfollowed"] == [{"id": "gazette", "articles": 1}]
    assert "not followed" in following.say("status").stdout
    shown = following.say("sources", "show", "gazette")
    assert shown.returncode == 3
    assert "no file describes gazette any more, so it is not followed; 1 article of it can be found" in shown.stderr


def test_to_list_sources_makes_no_record(commands: Commands) -> None:
    assert commands.say("sources", "list").returncode == 0
    assert not (commands.home / "data").exists()
