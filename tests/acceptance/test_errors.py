"""What people get wrong is told in one line that names it, with the exit code docs/commands.md promises."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import run
from cli.output import console
from tests.support.commands import Commands

Mistake = Callable[[list[str], int, str], None]

FAILED, WRONG, NOT_FOUND, STORE, ENGINE = 1, 2, 3, 4, 5

MISTAKES = [
    (["crawl", "no-such-source"], NOT_FOUND, "no-such-source"),
    (["sources", "show", "no-such-source"], NOT_FOUND, "no-such-source"),
    (["sources", "validate", "missing.yaml"], NOT_FOUND, "missing.yaml"),
    (["sources", "import", "missing.opml"], NOT_FOUND, "missing.opml"),
    (["show", "https://example.com/never-met"], NOT_FOUND, "https://example.com/never-met"),
    (["recrawl"], WRONG, "--url"),
    (["recrawl", "--url", "https://example.com/of-no-source"], NOT_FOUND, "https://example.com/of-no-source"),
    (["recrawl", "--since", "yesterday"], WRONG, "yesterday"),
    (["search", "tides", "--sort", "best"], WRONG, "best"),
    (["search", "tides", "--from", "someday"], WRONG, "someday"),
    (["search", "tides", "--as-of", "someday"], WRONG, "--as-of 'someday'"),
    (["search", "t" * 513], WRONG, "512"),
    (
        ["show", "https://example.com/", "--format", "yaml"],
        WRONG,
        "--format 'yaml': has to be 'text', 'html', 'markdown' or 'json'",
    ),
    (["show", "https://example.com/", "--cite", "apa"], WRONG, "--cite 'apa': has to be"),
    (["keys", "create", "desk", "--scope", "king"], WRONG, "--scope 'king': has to be 'read', 'operate' or 'admin'"),
    (["recrawl", "--source", "trtworld", "--as", "new"], WRONG, "--as 'new': has to be 'fetch', 'replay' or 'reindex'"),
    (["searches", "add", "tides", "--feed", "xml"], WRONG, "--feed 'xml': has to be 'rss', 'atom' or 'json'"),
    (["requests", "list", "--limit", "0"], WRONG, "newsdex: --limit: has to be at least 1; "),
    (["requests", "list", "--limit", "9" * 20], WRONG, "--limit: has to be at most 1000"),
    (["sources", "add", "ftp://example.com/"], WRONG, "'ftp://example.com/' is not a web address"),
    (["extract"], WRONG, "newsdex: name a FILE or URL"),
    (["extract", "newsdex.yaml", "--url", "nowhere"], WRONG, "--url 'nowhere' is not a web address"),
    (["backfill", "trtworld", "--warc", "newsdex.yaml"], WRONG, "newsdex.yaml: is no WARC file"),
    (["extract", "missing.html"], NOT_FOUND, "missing.html"),
    (["extract", "https://"], WRONG, "https://"),
    (["extract", "--manifest", "missing.jsonl", "--predictions", "out.jsonl"], NOT_FOUND, "missing.jsonl"),
    (["extract", "--manifest", "newsdex.yaml", "--predictions", "out.jsonl"], WRONG, "line 1"),
    (["--config", "missing.yaml", "status"], WRONG, "missing.yaml"),
    (["init"], WRONG, "newsdex.yaml"),
    (["init", "sources"], WRONG, "sources is a folder; name a file in it, such as sources/newsdex.yaml"),
    (["serch", "tides"], WRONG, "serch"),
    (["search", "tides", "--bogus"], WRONG, "--bogus"),
    (["search", "-football tides"], WRONG, "begins with - stands after --"),
    (["web", "--port", "many"], WRONG, "--port"),
]


@pytest.fixture
def assert_one_line(commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mistake:
    """Runs words in the installation, in this process: to start one for each takes longer than all they do."""
    monkeypatch.chdir(commands.home)
    monkeypatch.setenv("HOME", str(commands.home))
    monkeypatch.setenv("NEWSDEX_CONFIG", str(commands.home / "newsdex.yaml"))  # --config changes it

    def check(words: list[str], exit_code: int, named: str) -> None:
        monkeypatch.setattr(sys, "argv", ["newsdex", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        assert (ended.value.code or 0) == exit_code
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("newsdex: ")
        assert named in line

    return check


@pytest.mark.parametrize(
    ("words", "exit_code", "named"), MISTAKES, ids=[" ".join(words)[:60] for words, *_ in MISTAKES]
)
def test_a_mistake_is_one_line(assert_one_line: Mistake, words: list[str], exit_code: int, named: str) -> None:
    assert_one_line(words, exit_code, named)


def test_a_mistake_ends_the_process_with_the_code_and_the_line(commands: Commands) -> None:
    done = commands.run("crawl", "no-such-source")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (NOT_FOUND, "", 1)


def test_a_folder_that_was_deleted_is_one_line(
    assert_one_line: Mistake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deleted").mkdir()
    monkeypatch.chdir(tmp_path / "deleted")
    (tmp_path / "deleted").rmdir()
    assert_one_line(["status"], WRONG, "was deleted")


def test_an_engine_that_is_not_there_is_one_line(commands: Commands, assert_one_line: Mistake) -> None:
    nowhere = "http://127.0.0.1:9"  # the discard port of RFC 863: nothing listens there
    commands.configure(engine={"kind": "elasticsearch", "elasticsearch_url": nowhere})
    told = f"Elasticsearch at {nowhere} does not answer: Connection refused; start it, or mend"
    assert_one_line(["search", "tides"], ENGINE, told)


def test_a_database_that_is_not_there_is_one_line(commands: Commands, assert_one_line: Mistake) -> None:
    commands.configure(database_url="postgresql+psycopg://127.0.0.1:9/newsdex")
    assert_one_line(["status"], STORE, "127.0.0.1:9")


@pytest.mark.parametrize("words", [["status"], ["crawl"]])
def test_a_data_folder_that_is_a_file_is_one_line(
    commands: Commands, assert_one_line: Mistake, words: list[str]
) -> None:
    (commands.home / "taken").touch()
    commands.configure(data_dir="taken")
    assert_one_line(words, STORE, "taken' is a file; name another folder")


@pytest.mark.parametrize(
    "words", [["sources", "list"], ["sources", "list", "--json"], ["export", "tides", "--format", "csv"]]
)
def test_output_that_finds_no_room_is_one_line(
    commands: Commands, assert_one_line: Mistake, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        assert_one_line(words, FAILED, "the output is cut off (No space left on device)")
    with console.capture():  # takes what was not written, which the next print of this process would write
        pass


def test_a_language_that_is_no_code_is_told_where_nothing_is_found(assert_one_line: Mistake) -> None:
    assert_one_line(["export", "tides", "--language", "english"], 0, "--language 'english' is no code; write en")
    assert_one_line(["export", "tides", "--language", "Klingon"], 0, "write its code, such as en")


def test_a_source_that_is_none_is_told_where_an_export_finds_nothing(assert_one_line: Mistake) -> None:
    assert_one_line(
        ["export", "tides", "--source", "trtwrld", "--format", "csv"], NOT_FOUND, 'did you mean "trtworld"?'
    )
