"""One wrong source file is named; the good sources go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.commands.pauses import pause_crawls, resume_crawls
from cli.commands.sources import list_sources, show_source
from cli.commands.status import print_status
from news.errors import ConfigError, NotFoundError

GOOD = "name: Canal Post\nhome_url: https://canal.example/\nfeeds: [https://canal.example/feed.xml]\n"


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two source files, one of them wrong."""
    settings = {"data_dir": "data", "sources_dir": "sources", "shipped_sources": False}
    (tmp_path / "newsdex.yaml").write_text(json.dumps(settings))
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "canal.yaml").write_text(GOOD)
    (folder / "broken.yaml").write_text(GOOD + "schedule: every 5\nlanguage: english\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSDEX_CONFIG", raising=False)
    return folder


def test_lists_status_and_pauses_go_on_and_name_it_once(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands: list[Callable[[], None]] = [
        lambda: list_sources(as_json=True),
        lambda: print_status(as_json=False),
        lambda: pause_crawls("canal"),
        lambda: resume_crawls("canal"),
    ]
    for command in commands:
        command()
        told = capsys.readouterr()
        (line,) = told.err.splitlines()
        assert line.startswith("newsdex: ")
        assert "broken.yaml, line 4: schedule" in line
        assert "broken" not in told.out
    with pytest.raises(NotFoundError, match="no source"):
        pause_crawls("broken")


def test_status_is_told_where_the_only_file_is_wrong(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "canal.yaml").unlink()
    print_status(as_json=False)
    told = capsys.readouterr()
    assert told.out.startswith("0 articles")
    (line,) = told.err.splitlines()
    assert "broken.yaml, line 4: schedule" in line


def test_what_acts_on_sources_refuses_still(sources: Path) -> None:
    with pytest.raises(ConfigError, match=r"broken\.yaml, line 4"):
        show_source("canal", as_json=False)


def test_a_source_is_shown_in_words(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "broken.yaml").unlink()
    show_source("canal", as_json=False)
    told = capsys.readouterr().out
    assert told.startswith("Canal Post (canal)\n")
    assert "  feed               https://canal.example/feed.xml\n" in told
    assert "  schedule           every 10 minutes\n" in told
    assert "  last crawl         none yet\n" in told
    assert not set("{}[]=") & set(told)
