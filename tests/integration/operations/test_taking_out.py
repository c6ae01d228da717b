"""What was found is taken out on the command line, as lines, as a table, and cited; what is said of the index."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from cli.main import app
from cli.wiring import installation
from news.errors import ConfigError, NotFoundError
from tests.support.stores import Place, fetch_story, make_story

PAGE = "https://paper.example/world/storm"


@pytest.fixture
def run(working_folder: Place, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints, three stories being in the index."""
    store = working_folder.open()
    for number in range(3):
        fetch_story(store, f"{PAGE}-{number}", make_story(f"Storm {number}"))
    with installation() as opened:
        assert opened.deliver().report.indexed_count == 3

    def run_command(*words: str) -> str:
        app([*words], prog_name="newsdex", standalone_mode=False)
        return capsys.readouterr().out

    return run_command


def test_an_export_has_everything_a_search_finds(run: Callable[..., str]) -> None:
    rows = [json.loads(line) for line in run("export", "", "--text").splitlines()]
    assert sorted(row["title"] for row in rows) == ["Storm 0", "Storm 1", "Storm 2"]
    assert all(row["text"] for row in rows)
    header, row = csv.reader(io.StringIO(run("export", "title:1", "--format", "csv")))
    assert row[header.index("url")] == f"{PAGE}-1"
    with pytest.raises(ConfigError, match=r'never closed; add another\n"storm\n\^'):
        run("export", '"storm', "--strict")
    with pytest.raises(ConfigError, match="--format 'xml'"):
        run("export", "", "--format", "xml")


def test_an_article_is_cited(run: Callable[..., str]) -> None:
    line = run("show", f"{PAGE}-1", "--cite", "text")
    assert line.count("\n") == 1
    assert "“Storm 1.” " in line
    assert json.loads(run("show", f"{PAGE}-1", "--cite", "csl"))[0]["URL"] == f"{PAGE}-1"
    with pytest.raises(ConfigError, match="--cite 'mla': has to be 'csl', 'bibtex' or 'text'"):
        run("show", f"{PAGE}-1", "--cite", "mla")
    with pytest.raises(NotFoundError):
        run("show", "https://paper.example/never", "--cite", "text")


def test_an_index_of_another_version_is_told(run: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "another version" not in run("status")
    monkeypatch.setattr("indexer.engines.embedded.engine.fields_digest", lambda: "another")
    assert "made by another version: a daemon makes it anew when it starts, `newsdex reindex` at once" in run("status")
