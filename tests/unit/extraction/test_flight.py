"""Stories that stand in no markup, only in data that a script hands to the page's own code."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.document import Document, parse_page
from crawler.extraction.flight import read_flight
from news.article import Page

TITLE = "Harbour pilots bring the first ship in after the storm"
PARAGRAPHS = [
    f"Paragraph {number} tells how the pilots boarded the ship in the swell at the mole." for number in range(4)
]
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(state: object) -> Document:
    """A page whose query cache is streamed to it as TanStack Query does."""
    data = json.dumps(state).replace("<", "\\u003c")
    script = f'<script>window["__RQ_1"] = window["__RQ_1"] || [];window["__RQ_1"].push({data});</script>'
    markup = f"<html><body><div id='root'></div>{script}</body></html>"
    document = parse_page(Page(url="https://www.example.com/news/A1", body=markup.encode()))
    assert isinstance(document, Document)
    return document


def detail(**fields: str) -> dict[str, object]:
    return {"queries": [{"state": {"data": {"detail": {"contentHtml": STORY, **fields}}}}]}


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        pytest.param({"articleId": "A1", "title": "Another headline"}, TITLE, id="the article of this address"),
        pytest.param({"articleId": "A2", "title": TITLE}, TITLE, id="the article of this headline"),
        pytest.param({"title": TITLE}, f"{TITLE} - World", id="the headline has the section's name behind it"),
    ],
)
def test_the_story_of_a_pushed_state_is_read(fields: dict[str, str], title: str) -> None:
    assert [block.text for block in read_flight(page(detail(**fields)), title)] == PARAGRAPHS


@pytest.mark.parametrize("other", ["Harbour", "Harbour pilots bring the second ship in"])
def test_the_story_of_another_article_is_not(other: str) -> None:
    assert read_flight(page(detail(articleId="A2", title=other)), TITLE) == ()


def test_state_that_is_no_json_is_no_story() -> None:
    markup = b'<html><body><script>window["x"].push({broken)</script></body></html>'
    document = parse_page(Page(url="https://www.example.com/news/A1", body=markup))
    assert isinstance(document, Document)
    assert read_flight(document, TITLE) == ()


def test_captions_within_the_story_are_none_of_its_paragraphs() -> None:
    figure = "<div class='caption'><p>Ships at the mole. / AFP</p></div><figcaption><p>The mole.</p></figcaption>"
    told = detail(articleId="A1", title=TITLE, contentHtml=STORY + figure)
    assert [block.text for block in read_flight(page(told), TITLE)] == PARAGRAPHS
