"""An article's tags are its own: stated, marked or shown with it, and not the site's."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.service import extract
from news.article import Article, Page

STORY = "".join(
    f"<p>Ships waited outside the harbour for day {n} after the storm, and the crews went ashore.</p>" for n in range(9)
)
LINKS = '<a href="/t/storm">Storm</a> <a href="/t/ports">Ports</a>'
OTHER = "Harbour of the coast opens again after three days of storm, mayor says"
SHOWN = ("Storm", "Ports")


def tags_of(*, head: str = "", above: str = "", below: str = "", beside: str = "") -> tuple[str, ...]:
    markup = (
        f"<html><head>{head}</head><body>{above}<article><h1>Storm hits the coast</h1>{STORY}{below}</article>"
        f"{beside}</body></html>"
    )
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    return result.tags


@pytest.mark.parametrize(
    ("below", "tags"),
    [
        pytest.param('<footer class="entry-footer"><a rel="tag" href="/t">Storm</a></footer>', ("Storm",), id="marked"),
        pytest.param('<p><a rel="category tag" href="/c">World</a></p>', (), id="marked as a category"),
        pytest.param('<p><a rel="tag" href="/c">Uncategorized</a></p>', (), id="marked, but none was chosen"),
        pytest.param('<p><a rel="tag" href="/c">Без рубрики</a></p>', (), id="none was chosen, in Russian"),
        pytest.param(f'<div class="post-tags">{LINKS}</div>', SHOWN, id="named"),
        pytest.param(f'<div class="today-topics topics">{LINKS}</div>', (), id="what many read today"),
        pytest.param(
            '<ul class="tags"><li class="tag"><a href="/s">Storm 12</a></li>'
            '<li class="tag"><a href="/p">Ports 7</a></li></ul>',
            SHOWN,
            id="items with how often each was given",
        ),
        pytest.param('<div class="tags"><a href="#">Share</a></div>', (), id="a button"),
        pytest.param(f"<p>Topics: {LINKS}</p>", SHOWN, id="labelled"),
        pytest.param(f"<div><h4>Schlagwörter</h4><p>{LINKS}</p></div>", SHOWN, id="labelled by a heading"),
        pytest.param(f"<div><h4>Our newsletters</h4><p>{LINKS}</p></div>", (), id="labelled as something else"),
        pytest.param(f'<aside><div class="tags">{LINKS}</div></aside>', (), id="beside the story"),
        pytest.param(
            f'<div class="tags"><a href="/9">{OTHER}</a></div>',
            (),
            id="another story's headline",
        ),
        pytest.param(
            '<div class="tags">' + "".join(f'<a href="/{n}">Topic {n}</a> ' for n in range(40)) + "</div>",
            (),
            id="a cloud",
        ),
    ],
)
def test_a_list_of_tags_behind_the_story_is_its_tags(below: str, tags: tuple[str, ...]) -> None:
    assert tags_of(below=below) == tags


def test_a_list_of_topics_above_the_headline_is_the_sites() -> None:
    assert tags_of(above=f'<div class="topics">{LINKS}</div>') == ()


def test_the_tags_of_another_story_are_its_own() -> None:
    other = '<article><h2>Harbour opens</h2><a rel="tag" href="/h">Harbours</a></article>'
    assert tags_of(beside=other) == ()


def test_what_is_stated_of_the_article_comes_before_what_is_shown() -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Storm hits the coast", "keywords": ["Weather"]})
    head = f'<script type="application/ld+json">{node}</script>'
    assert tags_of(head=head, below=f'<div class="tags">{LINKS}</div>') == ("Weather",)


@pytest.mark.parametrize(
    ("keywords", "kept"),
    [
        pytest.param("news, politics, sport, weather, culture, jobs", False, id="on every page"),
        pytest.param("storm, harbour, ships, politics, culture, jobs", True, id="half of them in the story"),
        pytest.param("politics, economy", True, id="too few to tell"),
        pytest.param("storm, ships, " + ", ".join(f"word{n}" for n in range(7)), True, id="enough of a short list"),
        pytest.param(
            "storm, ships, harbour, coast, crews, ashore, " + ", ".join(f"word{n}" for n in range(19)), False, id="long"
        ),
    ],
)
def test_keywords_of_which_the_story_tells_hardly_any_are_the_sites(keywords: str, kept: bool) -> None:
    assert bool(tags_of(head=f'<meta name="keywords" content="{keywords}">')) is kept


def test_what_is_shown_with_the_story_comes_before_the_pages_keywords() -> None:
    head = '<meta name="keywords" content="storm, harbour">'
    assert tags_of(head=head, below=f'<div class="tags">{LINKS}</div>') == SHOWN


def test_a_keyword_is_told_where_words_have_endings_or_no_spaces() -> None:
    words = "港口, 暴风雨, 政治, 体育, 天气"
    lines = [
        f"周一强暴风雨过后，这座港口第{n}次重新开放，船只等待进港，船员们上岸休息，市长说一切正常。" for n in range(9)
    ]
    story = "".join(f"<p>{line}</p>" for line in lines)
    assert tags_of(head=f'<meta name="keywords" content="{words}">', below=story) == tuple(words.split(", "))
    endings = "ship, politics, culture, jobs, sport"
    assert tags_of(head=f'<meta name="keywords" content="{endings}">') == tuple(endings.split(", "))


@pytest.mark.parametrize(
    ("content", "tags"),
    [
        pytest.param("storm harbour ships crews coast", ("storm", "harbour", "ships", "crews", "coast"), id="blanks"),
        pytest.param("#storm #harbour #the crews #coast", ("storm", "harbour", "the crews", "coast"), id="hashes"),
        pytest.param("Storm of the coast", ("Storm of the coast",), id="one keyword of four words"),
        pytest.param("Storm hits the coast", ("Storm hits the coast",), id="a short headline"),
    ],
)
def test_keywords_without_commas_are_parted(content: str, tags: tuple[str, ...]) -> None:
    assert tags_of(head=f'<meta name="keywords" content="{content}">') == tags
