"""Stories that stand in no markup, only in data that a script hands to the page's own code."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.flight import read_flight
from crawler.extraction.page.nuxt import nuxt_state, nuxt_values
from crawler.extraction.service import extract
from news.article import Article, BlockKind, Page

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
    assert [block.text for block in read_flight(page(detail(**fields)), title).blocks] == PARAGRAPHS


@pytest.mark.parametrize("other", ["Harbour", "Harbour pilots bring the second ship in"])
def test_the_story_of_another_article_is_not(other: str) -> None:
    assert read_flight(page(detail(articleId="A2", title=other)), TITLE).blocks == ()


def test_state_that_is_no_json_is_no_story() -> None:
    markup = b'<html><body><script>window["x"].push({broken)</script></body></html>'
    document = parse_page(Page(url="https://www.example.com/news/A1", body=markup))
    assert isinstance(document, Document)
    assert read_flight(document, TITLE).blocks == ()


def test_captions_within_the_story_are_none_of_its_paragraphs() -> None:
    figure = "<div class='caption'><p>Ships at the mole. / AFP</p></div><figcaption><p>The mole.</p></figcaption>"
    told = detail(articleId="A1", title=TITLE, contentHtml=STORY + figure)
    assert [block.text for block in read_flight(page(told), TITLE).blocks] == PARAGRAPHS


def parts(text: str) -> tuple[str, str, str]:
    return text[:13], text[13:30], text[30:]


def spans(text: str, **kind: str) -> list[dict[str, str]]:
    return [{**kind, "text": part} for part in parts(text)]


BODIES = {
    "Portable Text": [{"_type": "block", "style": "normal", "children": spans(t, _type="span")} for t in PARAGRAPHS],
    "ProseMirror": {
        "type": "doc",
        "content": [{"type": "paragraph", "content": spans(text, type="text")} for text in PARAGRAPHS],
    },
    "Slate": [{"type": "paragraph", "children": spans(text)} for text in PARAGRAPHS],
    "rich text with links": {
        "nodeType": "document",
        "content": [
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": first},
                    {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": linked}]},
                    {"nodeType": "text", "value": last},
                ],
            }
            for first, linked, last in map(parts, PARAGRAPHS)
        ],
    },
    "blocks of an editor": {
        "blocks": [
            *({"type": "paragraph", "data": {"text": text}} for text in PARAGRAPHS),
            {"type": "image", "data": {"caption": "Ships at the mole on a calm day.", "text": "Ships at the mole."}},
        ]
    },
    "rendered HTML": {"rendered": STORY},
    "paragraphs of HTML": [{"type": "text", "value": f"<p>{text}</p>"} for text in PARAGRAPHS],
    "a block type": [{"blockType": "text", "metadata": {}, "value": f"<p>{text}</p>"} for text in PARAGRAPHS],
}


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("<script>window.__INITIAL_STATE__ = DATA;</script>", id="assigned"),
        pytest.param("<script>var a = {}; Site.content=DATA;Site.more={};</script>", id="assigned to a member"),
        pytest.param("<script>window.__STATE__ = JSON.parse(STRING);</script>", id="parsed from a string"),
        pytest.param('<script type="application/json" id="state">DATA</script>', id="a JSON script"),
    ],
)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_story_is_read_wherever_and_however_its_content_system_states_it(script: str, body: object) -> None:
    beside = {"title": "Another headline", "body": "The teaser of another story that is long enough. " * 9}
    data = json.dumps({"theme": "light", "article": {"headlines": {"basic": TITLE}, "body": body}, "more": [beside]})
    markup = script.replace("DATA", data).replace("STRING", json.dumps(data))
    document = parse_page(Page(url="https://www.example.com/news/A1", body=f"<html><body>{markup}".encode()))
    assert isinstance(document, Document)
    assert [block.text for block in read_flight(document, TITLE).blocks] == PARAGRAPHS


NUXT_2 = """<script>window.__NUXT__=(function(a,b,c){b.id=4412;b["title"]=a;b.body=STORY;b.tags=Array(2);
return {layout:"default",data:[{article:b,at:new Date(1767865800000)}],fetch:{},error:c,state:{many:!0,few:!1,share:.5,
none:void 0}}}(TITLE,{},null));</script>"""
NUXT_2_PLAIN = '<script>window.__NUXT__={layout:"default",data:[{title:TITLE,body:STORY}],error:null};</script>'
NUXT_3 = [
    ["ShallowReactive", 1], {"data": 2, "once": -1}, ["Reactive", 3], {"article": 4, "again": 3},
    {"title": 5, "content": 6, "tags": 7}, TITLE, STORY, [5, 5],
]  # fmt: skip


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(NUXT_2, id="Nuxt 2, with parameters that statements fill"),
        pytest.param(NUXT_2_PLAIN, id="Nuxt 2, nothing twice"),
        pytest.param(f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(NUXT_3)}</script>', id="Nuxt 3"),
    ],
)
def test_the_story_of_a_nuxt_state_is_read(script: str) -> None:
    markup = script.replace("STORY", json.dumps(STORY).replace("<", "\\u003C")).replace("TITLE", json.dumps(TITLE))
    document = parse_page(Page(url="https://www.example.com/news/A1", body=f"<html><body>{markup}".encode()))
    assert isinstance(document, Document)
    assert [block.text for block in read_flight(document, TITLE).blocks] == PARAGRAPHS


@pytest.mark.parametrize(
    "text",
    [
        "window.__NUXT__=(function(a){return {a:",
        'window.__NUXT__=(function(a){return {b:"' + '\\"' * 100_000,
        "window.__NUXT__=(function(a,b){a.x=b;b.x=a;return {c:a}}({},{}))",
        "window.__NUXT__={a:function(){}}",
    ],
    ids=["cut", "a text without an end", "values within each other", "code"],
)
def test_a_nuxt_state_that_cannot_be_read_is_none(text: str) -> None:
    assert not isinstance(nuxt_state(text), list)


@pytest.mark.parametrize("path", [["authors"], ["credits", "by"]], ids=["authors", "Arc's credits"])
def test_the_data_of_a_story_tells_its_writers_and_its_time_where_the_page_does_not(path: list[str]) -> None:
    writers: object = [{"name": "Jane Doe"}, {"name": "John Roe"}]
    for key in reversed(path[1:]):
        writers = {key: writers}
    told = {"title": TITLE, "content": STORY, path[0]: writers}
    markup = (
        f"<html><head><title>{TITLE}</title></head><body><script type='application/json'>"
        f"{json.dumps(told | {'published': {'date': '2026-01-08T06:30:00.000Z'}})}</script>"
    )
    article = extract(Page(url="https://www.example.com/news/A1", body=markup.encode()))
    assert isinstance(article, Article)
    assert (article.authors, article.published_at) == (
        ("Jane Doe", "John Roe"),
        datetime(2026, 1, 8, 6, 30, tzinfo=UTC),
    )
    assert (article.evidence["published_at"], article.flags) == ("flight data", ())


def test_values_that_stand_in_each_other_are_bounded() -> None:
    doubling = [[number + 1, number + 1] for number in range(100)]
    assert nuxt_values(doubling) is not None
    assert nuxt_values([{"a": 0}]) is not None


def test_headings_of_stated_bodies_are_subheads() -> None:
    body = [{"type": "header", "content": "After the storm"}, *({"type": "text", "content": t} for t in PARAGRAPHS)]
    blocks = read_flight(page({"headline": TITLE, "content_elements": body}), TITLE).blocks
    assert [(block.kind, block.text) for block in blocks[:2]] == [
        (BlockKind.SUBHEAD, "After the storm"),
        (BlockKind.PARAGRAPH, PARAGRAPHS[0]),
    ]
