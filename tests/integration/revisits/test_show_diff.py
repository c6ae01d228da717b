"""`newsdex show URL --diff` on a record with edits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from news.article import Article
from news.fetch import Outcome, UrlState
from search.articles.changes import ChangesModel
from store.service import Store
from tests.support.stores import NOW, add_urls, after, fetch_story, make_result, make_story, row_of

PAGE = "https://paper.example/world/storm-1"
RAIN = "It may rain on Sunday, the weather service said in its report for the coast."
WIND = "Ships were told to stay in the harbour until the storm has passed."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A command line over a record of one article that was edited twice."""
    (tmp_path / "newsdex.yaml").write_text("data_dir: data\n", encoding="utf-8")
    monkeypatch.setenv("NEWSDEX_CONFIG", str(tmp_path / "newsdex.yaml"))
    monkeypatch.setenv("COLUMNS", "200")
    store = Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)
    add_urls(store, PAGE)
    for hour, story in enumerate(edits()):
        fetch_story(store, PAGE, story, at=after(hours=hour))
    store.close()
    return CliRunner()


def edits() -> Sequence[Article]:
    return (
        make_story("Rain expected", RAIN, WIND, modified_at=NOW),
        make_story("Heavy rain expected", RAIN.replace("may", "will"), WIND, modified_at=NOW),
        make_story("Heavy rain expected", WIND, RAIN.replace("may", "will"), modified_at=after(hours=2)),
    )


def test_every_edit_is_shown_word_by_word_and_silent_ones_are_named(run: CliRunner) -> None:
    shown = run.invoke(app, ["show", PAGE, "--diff"])
    assert shown.exit_code == 0
    first, second = shown.output.split("version 2 → 3")
    assert "title: [-Rain-]{+Heavy rain+} expected" in first
    assert "¶1 changed: It[- may-]{+ will+} rain on Sunday" in first
    assert "+3 -2 words  silent" in first
    assert "silent" not in second
    assert "moved: " in second
    assert WIND not in first


def test_programs_get_the_same_as_json(run: CliRunner) -> None:
    found = ChangesModel.model_validate_json(run.invoke(app, ["show", PAGE, "--diff", "--json"]).output, extra="forbid")
    assert [(each.old_version, each.version, each.is_silent) for each in found.changes] == [(1, 2, True), (2, 3, False)]
    first, second = found.changes
    assert (first.title[0].mark, first.title[0].text, first.added, first.removed) == ("removed", "Rain", 3, 2)
    assert [(block.change, block.new_position) for block in first.body] == [("changed", 1)]
    assert {block.change for block in second.body} == {"moved"}


def test_a_removed_article_says_since_when(run: CliRunner, tmp_path: Path) -> None:
    assert run.invoke(app, ["show", PAGE]).output.count("  live\n") == 1
    store = Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)
    row = row_of(store, PAGE, at=after(days=3))
    gone = {"outcome": Outcome.GONE, "status": 410, "state": UrlState.GONE, "is_removal": True}
    store.saver.save([make_result(row, fetched_at=after(days=3), **gone)])
    store.close()
    assert f"removed by its publisher on {after(days=3).date()}\n" in run.invoke(app, ["show", PAGE]).output
