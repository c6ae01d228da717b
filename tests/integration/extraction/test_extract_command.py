"""`newsdex extract --format` on a saved page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.commands.extract import WHY
from cli.main import app
from news.article import NotArticleReason

STORY = "The harbour opened again on Sunday after a storm that had kept every ferry at its berth for three days."
PAGE = (
    "<html lang='en'><head><title>Harbour opens again</title></head><body><article><h1>Harbour opens again</h1>"
    f"<p>{STORY}</p><p>{STORY[:-1]}, <a href='https://tides.example/'>tables</a> say.</p><h2>What now</h2>"
    f"<p>{STORY[:60]} and so on until the end of the week.</p></article></body></html>"
)


@pytest.fixture
def saved_page(tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("form", "start", "part"),
    [
        ("text", "Harbour opens again\n\n", "\n\nWhat now\n\n"),
        (
            "html",
            "<h1>Harbour opens again</h1>\n<p>",
            '<a href="https://tides.example/" rel="nofollow noopener">tables',
        ),
        ("markdown", "# Harbour opens again\n\n", "[tables](https://tides.example/) say.\n\n## What now\n\n"),
    ],
)
def test_a_story_is_printed_in_each_form(saved_page: str, form: str, start: str, part: str) -> None:
    result = CliRunner().invoke(app, ["extract", saved_page, "--format", form])
    assert result.exit_code == 0
    assert result.stdout.startswith(start)
    assert part in result.stdout


def test_json_has_the_blocks(saved_page: str) -> None:
    result = CliRunner().invoke(app, ["extract", saved_page, "--format", "json"])
    blocks = json.loads(result.stdout)["blocks"]
    assert [block["kind"] for block in blocks] == ["paragraph", "paragraph", "subhead", "paragraph"]
    assert blocks[1]["spans"][0]["url"] == "https://tides.example/"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%PDF-1.7", "No article: this is no web page (the bytes are no markup)."),
        ("", "No article: the page is empty (the body has no bytes)."),
        ("<html><body><p>Soon.</p></body></html>", "No article: the page holds too little text for a story"),
    ],
)
def test_why_a_page_gives_no_article_is_said_in_words(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    assert said in CliRunner().invoke(app, ["extract", str(path)]).stdout


def test_every_reason_has_its_words() -> None:
    assert set(WHY) == set(NotArticleReason)
