"""Of writers listed one by one all are the byline; what else stands in lists is none."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.extraction.bylines.inline_writers import written_together
from crawler.extraction.service import extract
from news.article import Article, Page

TITLE = "Harbour of Kemer reopens after ten years"
SENTENCE = "The council of Kemer voted on Tuesday to open the harbour again after ten years of works on its quays. "
STORY = "".join(f"<p>{SENTENCE * 2}({number})</p>" for number in range(6))
ALL = ("Jane Doe", "John Roe", "Mary Major")
LINKS = {name: f"<a href=/author/{number}>{name}</a>" for number, name in enumerate(ALL)}


def authors(byline: str) -> tuple[str, ...]:
    markup = f"""<html lang=en><head><title>{TITLE} - Example Times</title></head><body><main><article><h1>{TITLE}</h1>
    {byline}<time datetime=2026-01-08>January 8, 2026</time><div>{STORY}</div></article></main></body></html>"""
    article = extract(Page(url="https://www.example.com/news/1", body=markup.encode()))
    assert isinstance(article, Article)
    return article.authors


def items(tag: str, *texts: str) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


@pytest.mark.parametrize(
    "byline",
    [
        pytest.param(f"<ul class=authors>{items('li', *ALL)}</ul>", id="named"),
        pytest.param(f"<ul class=authors>{items('li', *LINKS.values())}</ul>", id="named, linked"),
        pytest.param(
            f"<ul class=authors>{items('li', *(f'{name}<span>Reporter</span>' for name in ALL))}</ul>",
            id="with what they do",
        ),
        pytest.param(
            "<div class=authors>"
            + items("section", *(f"<div>{name}</div><p>Correspondent in Kemer</p>" for name in ALL))
            + "</div>",
            id="in boxes of their own",
        ),
        pytest.param(f"<div class=x><ul>{items('li', *LINKS.values())}</ul></div>", id="with links to their pages"),
        pytest.param(f"<div><span>Written by</span><ul>{items('li', *ALL)}</ul></div>", id="behind a label"),
        pytest.param(
            "<div class=bylines><p>By Jane Doe, </p><p>John Roe and</p><p>Mary Major</p></div>", id="with joining words"
        ),
        pytest.param(f"<div class=credit>{items('h6', 'Jane Doe,', 'John Roe,', 'Mary Major')}</div>", id="one by one"),
        pytest.param(
            "<div>" + items("div", *(f"<span>{name}</span><span>Political reporter</span>" for name in ALL)) + "</div>",
            id="with their posts behind",
        ),
        pytest.param(
            "<div class=author-details><a href=/p/1>Jane Doe</a> (in Kemer) | <a href=/p/2>John Roe</a>"
            " | <a href=/p/3>Mary Major</a></div>",
            id="in one line",
        ),
        pytest.param(
            "<div>" + "".join(f"<a rel=author>{name}</a>" for name in ALL) + "</div>", id="marked in one line"
        ),
    ],
)
def test_all_of_a_list_are_the_byline(byline: str) -> None:
    assert authors(byline) == ALL


@pytest.mark.parametrize(
    "byline",
    [
        pytest.param(f"<ul class=authors>{items('li', 'Jane Doe', 'Technical Writer')}</ul>", id="what she is"),
        pytest.param(f"<ul class=authors>{items('li', 'Jane Doe', 'Senior Autos Reporter')}</ul>", id="her office"),
        pytest.param(f"<ul class=authors>{items('li', 'Jane Doe', 'Example News Agency')}</ul>", id="an agency"),
        pytest.param(
            "<div class=byline>By Jane Doe</div><ul class=tags><li><a href=/topic/1>Kemer Harbour</a></li>"
            "<li><a href=/topic/2>Port Authority</a></li></ul>",
            id="subjects",
        ),
        pytest.param("<div class=s><span>Jane Doe</span><span>BBC News, Kemer</span></div>", id="where she works"),
        pytest.param("<p><strong>Jane Doe</strong><span>Political correspondent, BBC News</span></p>", id="her post"),
        pytest.param(
            "<p class=byline><a>Jane Doe</a> <i>(text)</i> and <a>John Roe</a> <i>(photography)</i></p>",
            id="a photographer",
        ),
    ],
)
def test_what_stands_with_one_writer_is_no_second(byline: str) -> None:
    assert authors(byline) == ("Jane Doe",)


def test_elements_that_nothing_parts_are_writers_where_they_are_marked_alike() -> None:
    line = html.fromstring("<p><a>Jane Doe</a> <a>Green Harbours</a></p>")
    assert written_together("Jane Doe", line) == ("Jane Doe",)
    line = html.fromstring("<p><a class=w>Jane Doe</a> <a class=w>John Roe</a></p>")
    assert written_together("John Roe", line) == ("Jane Doe", "John Roe")
