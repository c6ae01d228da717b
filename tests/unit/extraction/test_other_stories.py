"""Other stories that a page goes on with leave the text; sections, dated posts and list items of a story stay."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, Page

TITLE = "Harbour of Kemer reopens after ten years"
OWN = "The council of Kemer voted on Tuesday to open the harbour again after ten years of works on its quays. "
OTHER = "Ministers in the capital agreed on Friday on a law for the railways that unions had long asked for. "
HEAD = f"<h1>{TITLE}</h1><div class=byline>By Jane Doe</div><time datetime=2026-01-08>January 8, 2026</time>"
NEXT = "Ministers agree on a law for the railways"
SIGNED = "<div class=byline>By John Roe</div>"
DATED = "<time datetime=2026-01-07>January 7, 2026</time>"


def paragraphs(sentence: str) -> str:
    return "".join(f"<p>{sentence * 2}({number})</p>" for number in range(6))


def text_of(body: str) -> str:
    head = f"<title>{TITLE} - Example Times</title><meta property=og:title content='{TITLE}'>"
    markup = f"<html lang=en><head>{head}</head><body><main>{body}</main></body></html>"
    article = extract(Page(url="https://www.example.com/news/1", body=markup.encode()))
    assert isinstance(article, Article)
    assert article.text.count(OWN.strip()) == 12
    return article.text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}</article><article><h2>{NEXT}</h2>{SIGNED}{paragraphs(OTHER)}</article>",
            id="signed, in an article element as the first",
        ),
        pytest.param(
            f"<article data-url=/news/1>{HEAD}{paragraphs(OWN)}</article>"
            f"<article data-url=/news/2><h2>{NEXT}</h2>{paragraphs(OTHER)}</article>",
            id="of another address",
        ),
        pytest.param(
            f"<div class=story>{HEAD}<div>{paragraphs(OWN)}</div></div>"
            f"<div class=story><h2>{NEXT}</h2>{DATED}<div>{paragraphs(OTHER)}</div></div>",
            id="dated, in a box as the first",
        ),
        pytest.param(
            f"{HEAD}<div>{paragraphs(OWN)}</div>"
            f"<div class=next><h1>{NEXT}</h1>{SIGNED}<div>{paragraphs(OTHER)}</div></div>",
            id="below a first-level heading",
        ),
        pytest.param(
            f"<div class=wrap><article>{HEAD}{paragraphs(OWN)}</article></div><div class=more><div class=wrap><article>"
            f"<h2>{NEXT}</h2>{SIGNED}{DATED}{paragraphs(OTHER)}</article></div></div>",
            id="in a box for all that comes next",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}<article><h2>{NEXT}</h2>{SIGNED}{DATED}{paragraphs(OTHER)}</article>"
            "</article>",
            id="in an article element within the first",
        ),
        pytest.param(
            f"<article>{HEAD}<div>{paragraphs(OWN)}</div><div class=next data-url=/news/2><h2>{NEXT}</h2>"
            f"{SIGNED}{DATED}<div>{paragraphs(OTHER)}</div></div></article>",
            id="within the first, of another address",
        ),
        pytest.param(
            f"<article>{HEAD}<div>{paragraphs(OWN)}<div class=next><h2><a href=/news/2>{NEXT}</a></h2>{SIGNED}{DATED}"
            f"{paragraphs(OTHER)}</div></div></article>",
            id="within the first, its headline leads to it",
        ),
    ],
)
def test_another_story_below_a_whole_one_is_no_text(body: str) -> None:
    assert OTHER.strip() not in text_of(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<article><section class=part>{HEAD}{paragraphs(OWN)}</section>"
            f"<section class=part><h2>What the railways say</h2>{paragraphs(OTHER)}</section></article>",
            id="a section built as the first",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}<h1>What the railways say</h1>{paragraphs(OTHER)}</article>",
            id="a first-level heading within the story",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}</article>"
            f"<article><h2>What the railways say</h2>{paragraphs(OTHER)}</article>",
            id="a part in an article element, with no sign of its own",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}</article>"
            f"<article><h2>Three o'clock: the vote</h2>{DATED}{paragraphs(OTHER)}</article>",
            id="a dated post in an article element",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}<div class=event><h2>The council votes again</h2>{DATED}{SIGNED}"
            f"{paragraphs(OTHER)}</div></article>",
            id="a dated part of another kind of box than the headline's",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}<article><h2>The council votes again</h2>{DATED}{paragraphs(OTHER)}"
            "</article></article>",
            id="a dated part in an article element within the first",
        ),
        pytest.param(
            f"<article>{HEAD}{paragraphs(OWN)}<div class=part><h2><a href='#votes'>The council votes again</a></h2>"
            f"{DATED}{SIGNED}{paragraphs(OTHER)}</div></article>",
            id="a part whose heading is its anchor",
        ),
    ],
)
def test_parts_of_one_story_stay_whole(body: str) -> None:
    assert text_of(body).count(OTHER.strip()) == 12


def test_a_short_item_of_a_list_is_no_other_story() -> None:
    items = f"<div class=story><h2>{NEXT}</h2>{SIGNED}<p>{OTHER * 3}</p></div>"
    assert OTHER.strip() in text_of(f"<div class=story>{HEAD}{paragraphs(OWN)}</div>{items}")
