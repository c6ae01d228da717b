"""Commands that are asked for what is not there say so, and what to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from cli.main import run
from indexer.engine import EngineHealth
from indexer.engines.embedded.engine import EmbeddedEngine
from news.crawl_ends import FinishReason
from news.errors import NotFoundError
from news.requests import RequestKind
from news.triggers import Trigger
from tests.support.commands import Commands
from tests.support.operated import GAZETTE, STORY, Operated
from tests.support.stores import NOW, add_urls, make_result, make_story

KEPT, MISSPELT = "https://paper.example/kept", "https://paper.example/kapt"

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Exit code, standard output and standard error of words in an installation that holds one article."""
    monkeypatch.chdir(commands.home)
    with commands.opened() as opened:
        add_urls(opened.store, KEPT)
        row = opened.store.frontier.row_at(KEPT)
        assert row is not None
        opened.store.saver.save([make_result(row, make_story("Kept story", url=KEPT), archive=None)])
    return saying(monkeypatch, capsys)


def saying(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs words in this process and in its folder."""

    def say(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["newsdex", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        return int(ended.value.code or 0), *capsys.readouterr()

    return say


def test_a_misspelt_address_is_not_said_to_be_forgotten(said: Said) -> None:
    code, out, errors = said("forget", MISSPELT, "--yes")
    assert (code, out) == (3, "")
    assert f"'{MISSPELT}' was never met" in errors
    assert "--unmet" in errors
    assert said("forget", MISSPELT, "--yes", "--unmet")[0] == 0
    assert said("forget", MISSPELT, "--yes")[0] == 0  # again: it is on the list


def test_what_was_forgotten_is_said_to_be(said: Said) -> None:
    assert said("forget", KEPT, "--yes")[0] == 0
    for words in (["show", KEPT], ["show", KEPT, "--diff"], ["show", KEPT, "--format", "text"]):
        code, _, errors = said(*words)
        assert (code, len(errors.splitlines())) == (3, 1)
        assert f"'{KEPT}' was forgotten on 20" in errors


def test_a_forgotten_article_is_not_asked_for(operated: Operated) -> None:
    held = operated.store.forgetting.held(None, [STORY])
    operated.store.forgetting.forget(held, reason="", now=operated.now)
    with pytest.raises(NotFoundError, match=f"{STORY} was forgotten on 2026-11-24"):
        operated.operations.requests.ask(RequestKind.FETCH, urls=[f"{STORY}?ref=feed"])
    other = GAZETTE.home_url + "world/another-storm-hits-the-coast"
    assert operated.operations.requests.ask(RequestKind.FETCH, urls=[other])[1]


def test_ways_to_show_an_article_exclude_each_other(said: Said) -> None:
    for words in (["--diff", "--format", "html"], ["--receipt", "--format", "text"], ["--diff", "--receipt"]):
        code, _, errors = said("show", KEPT, *words)
        assert (code, "give one of them" in errors) == (2, True)
    assert said("show", KEPT, "--diff", "--format", "json")[1].startswith("{")


def test_a_search_without_hits_names_sources_that_are_none(said: Said) -> None:
    code, out, errors = said("search", "story", "--source", "trtword")
    assert (code, out.splitlines()[0].startswith("0 articles")) == (3, True)
    assert errors == 'newsdex: no source "trtword"; did you mean "trtworld"?\n'
    code, out, errors = said("export", "", "--source", "trtword", "--source", "nope")
    assert (code, out, len(errors.splitlines())) == (3, "", 2)


def test_a_time_told_from_now_is_no_plain_word(said: Said) -> None:
    assert said("search", "story last:7d")[::2] == (0, "")


def test_a_number_that_is_none_and_a_folder_of_settings_are_told_in_words_of_ours(said: Said) -> None:
    assert "--page: has to be a whole number;" in said("search", "story", "--page", "abc")[2]
    code, _, errors = said("--config", ".", "status")
    assert (code, "is a folder; name the settings file in it" in errors) == (2, True)


@pytest.fixture
def empty(commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """The same in an installation that holds nothing."""
    commands.configure(shipped_sources=False)
    monkeypatch.chdir(commands.home)
    return saying(monkeypatch, capsys)


def test_an_installation_that_holds_nothing_says_what_fills_it(empty: Said) -> None:
    assert "newsdex crawl SOURCE" in empty("status")[1]
    assert "newsdex crawl SOURCE" in empty("search", "story")[2]
    assert "newsdex keys create NAME" in empty("keys", "list")[1]
    assert "newsdex sources add URL" in empty("sources", "list")[1]
    assert "newsdex searches add QUERY" in empty("searches", "list")[1]
    assert empty("requests", "list")[1] == "nothing was asked for yet\n"
    assert empty("resume")[1] == "nothing was paused\n"
    assert empty("archive", "list")[1].splitlines()[-1] == "0 files, 0.0 MiB"


def test_what_is_counted_is_told_in_words(said: Said) -> None:
    code, out, _ = said("recrawl", "--failed")
    assert (code, "done: 0 of 0" in out) == (0, True)
    assert "  unreadable: 1\n" in said("recrawl", "--as", "replay")[1]
    assert said("archive", "verify")[1].startswith("0 records in 0 files")


def test_a_key_has_a_name(empty: Said) -> None:
    code, _, errors = empty("keys", "create", " ")
    assert (code, errors) == (2, "newsdex: a key needs a name: whose it is\n")


def test_a_page_behind_the_last_names_the_last(said: Said) -> None:
    assert said("reindex")[0] == 0
    assert "there is no page 2: the last is 1" in said("search", "story", "--page", "2")[1]
    assert "no page" not in said("search", "story")[1]


def test_a_backup_that_is_not_there_is_said_not_to_be_and_no_bar_is_printed_for_programs(said: Said) -> None:
    code, out, errors = said("restore", "no-such-backup")
    assert (code, out, len(errors.splitlines())) == (3, "", 1)
    assert said("backup", ".")[:2] == (2, "")
    assert "━" not in said("backup", "kept")[1]


def test_status_says_that_the_disk_is_nearly_full(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for free_bytes in (1 << 50, 1 << 20):
        monkeypatch.setattr(shutil, "disk_usage", lambda folder, free=free_bytes: SimpleNamespace(free=free))
        told[free_bytes] = [line for line in said("status")[1].splitlines() if "the disk is nearly full" in line]
    assert told[1 << 50] == []
    (line,) = told[1 << 20]
    assert "1 MiB free" in line
    assert "free some before a crawl stops for it" in line


def test_status_says_that_the_index_takes_nothing(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    health = EngineHealth(ok=True, detail="Elasticsearch 9", takes_nothing="the server's disk is nearly full")
    monkeypatch.setattr(EmbeddedEngine, "health", lambda self: health)
    assert "urgent: the index takes no articles (the server's disk is nearly full); " in said("status")[1]


PAPER = {"name": "Paper", "home_url": "https://paper.example/", "feeds": ["https://paper.example/feed"]}


def test_a_source_is_renamed_with_its_file_or_after_it(said: Said, commands: Commands) -> None:
    commands.follow("paper", **PAPER)
    assert said("sources", "rename", "paper", "Neue Zeitung")[0] == 2
    assert said("sources", "rename", "papyrus", "gazette") == (
        3,
        "",
        "newsdex: no source 'papyrus', neither a file nor articles; `newsdex sources list` shows them\n",
    )
    commands.follow("gazette", **PAPER)
    code, _, errors = said("sources", "rename", "paper", "gazette")
    assert (code, "paper.yaml and " in errors) == (2, True)

    (commands.home / "sources" / "gazette.yaml").unlink()
    code, out, _ = said("sources", "rename", "paper", "gazette")
    assert (code, "paper is gazette from now on, with 1 article" in out) == (0, True)
    assert [file.name for file in (commands.home / "sources").iterdir()] == ["gazette.yaml"]

    (commands.home / "sources" / "gazette.yaml").rename(commands.home / "sources" / "daily.yaml")
    assert said("sources", "rename", "gazette", "daily")[0] == 0
    with commands.opened() as opened:
        assert opened.store.renaming.known_sources() == {"daily"}
        opened.store.runs.start("daily", Trigger.CLI, now=NOW)
    code, _, errors = said("sources", "rename", "daily", "weekly")
    assert (code, "is under way" in errors) == (1, True)


def test_a_record_is_copied_while_nobody_works_on_it(said: Said, commands: Commands) -> None:
    target = f"sqlite:///{commands.home / 'copy.sqlite'}"
    with commands.opened() as opened:
        run_id = opened.store.runs.start("paper", Trigger.CLI, now=NOW)
        code, _, errors = said("transfer", target)
        assert (code, f"run {run_id} of paper is under way" in errors) == (1, True)
        opened.store.runs.finish(run_id, reason=FinishReason.FINISHED, counts={}, now=NOW)
    code, out, _ = said("transfer", target)
    assert (code, "among them 1 article;" in out) == (0, True)
    code, _, errors = said("transfer", target)
    assert (code, "holds a record already" in errors) == (4, True)
    assert said("transfer", "oracle://x")[0] == 4


def test_words_that_are_missing_or_too_many_are_named_as_in_the_help(said: Said) -> None:
    assert said("search")[2].startswith("newsdex: QUERY is missing; ")
    assert said("sources", "show")[2].startswith("newsdex: SOURCE-ID is missing; ")
    assert said("recrawl", "paper")[2].startswith("newsdex: too many words: paper; ")
    assert said("export")[2].startswith("newsdex: QUERY is missing; ")
    assert "--config stands before the command: newsdex --config FILE doctor" in said("doctor", "--config", "x")[2]


def test_several_words_are_one_query_and_filters_need_none(said: Said) -> None:
    code, out, errors = said("search", "new", "bridge)")
    assert (code, out.startswith("0 articles"), "at character 11" in errors) == (0, True, True)
    assert said("search", "the new bridge", "toll")[0] == said("search", "--language", "en")[0] == 0
    assert said("export", "--language", "en") == said("export", "", "--language", "en")


def test_what_can_find_nothing_is_refused(said: Said) -> None:
    code, out, errors = said("export", "", "--from", "2026-11-20", "--to", "2026-11-01")
    assert (code, out, errors) == (2, "", "newsdex: --to is before --from: no article can lie between\n")
    code, _, errors = said("export", "", "--source", "")
    assert (code, errors) == (2, "newsdex: --source '': is empty: write something, or leave it out\n")
    for words in (["recrawl", "--since", "2999-01-01"], ["recrawl", "--failed", "--since", ""]):
        assert said(*words)[0] == 2
    assert "2999-01-01 00:00 UTC lies in the future" in said("recrawl", "--since", "2999-01-01")[2]
