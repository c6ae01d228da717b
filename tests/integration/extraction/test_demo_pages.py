"""The demo publisher's pages, in all its layouts and languages, come out as the stories that went in."""

from __future__ import annotations

import pytest
from jinja2 import Environment, PackageLoader
from lxml import html

from cli.demo.articles import ARTICLES, TRT_WORLD, DemoArticle
from cli.demo.site import SampleGazette
from crawler.extraction.service import extract
from news.article import Article, Page

BASE = "http://demo.invalid"
SITE = SampleGazette(BASE)
BODIES = Environment(loader=PackageLoader("cli.demo", "pages"), autoescape=True)
LINE_TAGS = ("p", "h2", "h3", "li", "blockquote")
# The 1990s page laid out as a table says nothing of itself: its dek and caption are plain paragraphs.
BARE_LAYOUT = "table"


def read(article: DemoArticle) -> Article:
    story = extract(Page(url=f"{BASE}{article.path}", body=SITE.document(article.path).content))
    assert isinstance(story, Article)
    return story


def written_lines(article: DemoArticle) -> list[str]:
    """The lines of the article's own text, pointers to other articles left out."""
    markup = BODIES.get_template(article.body).render(article=article, base=BASE, corrected=False)
    root = html.fragment_fromstring(markup, create_parent="div")
    lines = [" ".join(element.text_content().split()) for element in root.iter(*LINE_TAGS)]
    return [line for line in lines if line and not line.startswith("READ MORE")]


@pytest.mark.parametrize("article", [entry for entry in ARTICLES if entry.layout], ids=lambda entry: entry.path)
def test_a_story_is_read_as_it_was_written(article: DemoArticle) -> None:
    story = read(article)
    read_lines = [block.text for block in story.blocks]
    assert [line for line in read_lines if line in written_lines(article)] == written_lines(article)
    assert story.title == article.title
    assert story.language == article.language
    assert story.published_at is not None
    assert story.published_at.date() == article.published_at.date()
    if article.layout != BARE_LAYOUT:
        assert read_lines == written_lines(article)
        assert story.dek == article.dek
        assert story.published_at == article.published_at


def test_no_headline_of_the_explore_list_is_in_the_trt_world_story() -> None:
    story = read(TRT_WORLD)
    page: html.HtmlElement = html.fromstring(SITE.document(TRT_WORLD.path).content)
    others = {" ".join(link.text_content().split()) for link in page.iter("a")}
    foreign = {text for text in others if len(text.split()) >= 4 and text != story.title}
    assert foreign
    assert not [text for text in foreign if text in story.text]
    assert (story.title, story.dek) == (TRT_WORLD.title, TRT_WORLD.dek)
    assert story.published_at == TRT_WORLD.published_at
    assert story.source_line == "TRTWorld and agencies"
    assert story.blocks[0].text.startswith("Afghanistan's new Taliban rulers")
    assert story.blocks[-1].text.endswith("following the Taliban takeover.")
