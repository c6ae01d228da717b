"""What content systems set among and around a story's paragraphs, in the markup that they use for it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from lxml.html import document_fromstring

from crawler.extraction.body.furniture import clean_blocks
from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.body.gaps import filled
from crawler.extraction.body.inset_boxes import inset_boxes
from crawler.extraction.body.story import read_story
from crawler.extraction.captions import caption_of, credit_near
from crawler.extraction.image_credits import split_credit
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.walk import read_passages
from news.article import ArticleKind, Block, BlockKind
from tests.support.clock_story import PARAGRAPHS, STORY, article_of

H1 = "<h1>The hall's clock strikes again</h1>"
HEAD = f"<article>{H1}<div class=body>"


def passages_of(markup: str) -> list[Passage]:
    """The passages of a page with this markup in its body."""
    return read_passages(document_fromstring(f"<html><body>{markup}</body></html>"))[0]


def kept_of(markup: str, certainties: list[float], sure: float = 0.65) -> list[bool]:
    """Which of a page's passages are the story's, once its gaps are filled."""
    passages = passages_of(markup)
    return filled(passages, np.array(certainties), [each >= sure for each in certainties])


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>{}<br><br><h3>Two coins</h3>{}</div>", id="text between breaks"),
        pytest.param("<div><div class=text>{}</div><h2>Two coins</h2><div class=text>{}</div></div>", id="beside"),
        pytest.param(
            "<div><div>{}</div></div><section><h2>Two coins</h2></section><div><div>{}</div></div>", id="other"
        ),
    ],
)
def test_a_subhead_right_between_two_paragraphs_of_one_box_is_the_storys(markup: str) -> None:
    assert kept_of(markup.format(*STORY[:2]), [0.9, 0.1, 0.9])[1] is ("<section>" not in markup)


@pytest.mark.parametrize(
    ("inset", "kept"),
    [
        pytest.param("<blockquote>We heard it from the mill.</blockquote>", True, id="a quote"),
        pytest.param("<div class=a__quote><div>We heard it from the mill.</div></div>", True, id="a box named a quote"),
        pytest.param("<div class=a__video><div>We heard it from the mill.</div></div>", False, id="another name"),
    ],
)
def test_a_quote_in_a_box_like_those_of_the_paragraphs_is_the_storys(inset: str, kept: bool) -> None:
    boxes = (f"<p>{STORY[0]}</p>", inset, f"<p>{STORY[1]}</p>")
    markup = "".join(f"<div class=block>{box}</div>" for box in boxes)
    assert kept_of(markup, [0.9, 0.35, 0.9])[1] is kept


@pytest.mark.parametrize(("sure", "kept"), [(0.6, True), (0.5, False)])
def test_a_last_paragraph_behind_links_is_the_storys_where_it_is_built_like_it(sure: float, kept: bool) -> None:
    markup = f"<p>{STORY[0]}</p><p>{STORY[1]}</p><ul><li><a href=/1>The mill turns</a></li></ul><p>{STORY[2]}</p>"
    assert kept_of(markup, [0.9, 0.9, 0.04, sure])[3] is kept


SIGN_UP = (
    "<div class=article--newsletter-signup><h4>The bells of the week, sent to those who want to hear them.</h4></div>"
)
FORM = "<div><p>The bells of the week, sent to those who want to hear them.</p><form><input type=email></form></div>"
WRITER = "<div class=article--author-bio>Jane Doe writes of bells, mills and those who mend them.</div>"
CARD = (
    "<article class=node><h2><a href=/2026/mill>The mill turns once more</a></h2><p>Its wheel is of oak.</p></article>"
)


@pytest.mark.parametrize("inset", [SIGN_UP, FORM, WRITER, CARD], ids=["sign-up", "form", "writer", "card"])
def test_a_box_among_the_paragraphs_that_is_for_something_else_is_not_the_storys(inset: str) -> None:
    long = "".join(f"<p>{text}</p>" for text in STORY * 2)
    passages = passages_of(f"<main><article><div class=body>{long}{inset}{PARAGRAPHS}</div></article></main>")
    found = inset_boxes(passages, range(len(passages)))
    assert (
        {passages[index].text for index in found} == {each.text for each in passages if each.text not in STORY} != set()
    )


def test_cards_that_are_the_whole_story_stay() -> None:
    card = "<article><h2><a href=/{0}>Bell {0} of the town</a></h2><p>" + STORY[0] + "</p></article>"
    passages = passages_of(f"<main>{''.join(card.format(number) for number in range(5))}</main>")
    assert inset_boxes(passages, range(len(passages))) == set()


def test_a_form_in_the_box_of_the_story_does_not_take_it_along() -> None:
    passages = passages_of(f"<div>{PARAGRAPHS * 4}<input type=email></div>")
    assert inset_boxes(passages, range(len(passages))) == set()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We hope you enjoyed this. Before you go, could you support the Example at this time?", True),
        ("Our paper prints letters to the editor. We’d like to hear what you think about this article.", True),
        ("She asked the council to support the mill before you could hear its wheel.", False),
    ],
)
def test_appeals_to_readers_are_furniture(line: str, expected: bool) -> None:
    assert is_furniture(line) is expected


@pytest.mark.parametrize(
    ("before", "kept"),
    [("It struck at noon.", 1), ("All write to the clockmaker:", 2)],
    ids=["the writer's", "a contact"],
)
def test_a_last_line_that_is_only_a_mail_address_is_the_writers(before: str, kept: int) -> None:
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=text) for text in (*STORY, before, "jdoe@example.com")]
    assert len(clean_blocks(blocks, title="", dek=None, captions=()).blocks) == len(STORY) + kept


@pytest.mark.parametrize(("sure", "kept"), [(0.86, True), (0.8, False)])
def test_a_lede_that_the_page_also_describes_itself_with_is_story_where_built_like_it(sure: float, kept: bool) -> None:
    tree = document_fromstring(f"<html><body>{PARAGRAPHS}</body></html>")
    passages, _ = read_passages(tree)
    story = read_story(passages, np.array([sure, 0.9, 0.9]), set(), is_news=True, doubted={tree.find(".//p")})
    assert (len(story.blocks) == 3) is kept


def test_a_second_first_level_heading_below_the_headline_is_not_the_storys() -> None:
    article = article_of(f"<body>{HEAD.replace('</h1>', '</h1><h1>A clock of two broken ones</h1>')}{PARAGRAPHS}")
    assert article.text.split("\n\n") == STORY


def test_a_sliders_caption_outside_its_figure_is_no_dek() -> None:
    caption = "The clock stands in its case again on Sunday, Nov. 15, at noon. (AP Photo/Jane Roe)"
    slide = f"<figure><img src=/c.jpg><figcaption><p>{caption}</p></figcaption></figure><div><p>{caption}</p></div>"
    byline = "<div class=byline>By <a href=/author/j>Jane Doe</a></div>"
    article = article_of(f"<body><main>{H1}<div>{slide}</div>{byline}<div class=body>{PARAGRAPHS * 2}</div></main>")
    assert article.dek is None


LIVE = {"@type": "LiveBlogPosting", "headline": "Clock: as it struck", "datePublished": "2026-11-20T09:00:00Z"}
POST = "<article class=liveblog-post><div><span class=ago {0}>{1} min ago</span><h2>{2}</h2></div><p>{3}</p></article>"


def test_two_posts_of_a_live_blog_have_the_times_stated_for_scripts() -> None:
    posts = "".join(
        POST.format(f'data-first-publish="2026-11-20T{hour}:05:00Z"', 13 - hour, f"At {hour} sharp", STORY[hour - 11])
        for hour in (12, 11)
    )
    script = f"<script type=application/ld+json>{json.dumps(LIVE)}</script>"
    article = article_of(f"<head>{script}</head><body><main><h1>Clock: as it struck</h1><div>{posts}</div></main>")
    assert article.kind is ArticleKind.LIVE
    assert [(post.at.hour, post.title) for post in article.posts] == [(12, "At 12 sharp"), (11, "At 11 sharp")]


@pytest.mark.parametrize(
    ("figcaption", "credit"),
    [
        ("<span class=credit-label>Credit...</span><span>Jo Roe for the Example</span>", "Jo Roe for the Example"),
        ("<span>The clock.</span> <span class=byline-prefix>Foto:</span> <span>Jo Roe / NTB</span>", "Jo Roe / NTB"),
    ],
)
def test_a_label_alone_is_no_credit(figcaption: str, credit: str) -> None:
    tree = document_fromstring(f"<html><body><figure><img src=/c.jpg><figcaption>{figcaption}</figcaption></figure>")
    assert caption_of(tree.find(".//img"))[1] == credit


def test_a_name_set_over_a_picture_with_a_caption_made_it() -> None:
    figure = "<figure><div><img src=/c.jpg><span>Jo Roe</span></div><figcaption>The clock at noon</figcaption></figure>"
    assert credit_near(document_fromstring(f"<html><body>{figure}").find(".//img")) == "Jo Roe"
    assert credit_near(document_fromstring(f"<html><body>{figure.replace('Jo Roe', '1 of 5')}").find(".//img")) == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A clock, Nov 1. REUTERS/Jo Roe/File Photo Purchase Licensing Rights", "REUTERS/Jo Roe/File Photo"),
        ("종이 다시 울린다 [연합뉴스 자료사진]", "연합뉴스"),
    ],
)
def test_credits_behind_captions_as_agencies_write_them(line: str, expected: str) -> None:
    assert split_credit(line)[1] == expected


def test_a_caption_kept_for_scripts_is_read_though_the_page_states_the_picture() -> None:
    figure = "<figure><img src=/clock-noon.jpg><div data-c-caption='The clock.' data-c-credit='Jo Roe'></div></figure>"
    stated = "<head><meta property=og:image content=https://www.example.com/clock-noon.jpg></head>"
    image = article_of(f"{stated}<body><article>{H1}{figure}{PARAGRAPHS}</article>").image
    assert image is not None
    assert (image.caption, image.credit) == ("The clock.", "Jo Roe")


@pytest.mark.parametrize("told", [", opens new tab", " (öffnet in neuem Fenster)", " [ouvre un nouvel onglet]"])
def test_what_screen_readers_are_told_of_a_link_is_not_read_as_text(told: str) -> None:
    link = f"<p>The <a href=/m>mill<span class=x>{told}</span></a> heard it too, and so did all of the valley.</p>"
    assert told.strip() not in article_of(f"<body>{HEAD}{PARAGRAPHS}{link}").text


def test_a_change_without_an_offset_is_told_in_that_of_the_publication() -> None:
    metas = (
        "<meta property=article:published_time content=2026-11-19T13:27:00+03:00>"
        "<meta property=article:modified_time content=20261119T1341>"
    )
    article = article_of(f"<head>{metas}</head><body>{HEAD}{PARAGRAPHS}")
    assert article.modified_at is not None
    assert (article.modified_at.hour, article.modified_at.minute, article.modified_zone) == (10, 41, "+03:00")


@pytest.mark.parametrize(
    ("url", "above", "expected"),
    [
        ("https://www.example.com/html/20261119/k1.html", "", None),
        ("https://www.example.com/mg/upper-valley/2026/k1.html", "", "Upper Valley"),
        ("https://www.example.com/koinonia/18-k", "<nav><a href=/koinonia>Κοινωνία</a></nav>", "Κοινωνία"),
        (
            "https://www.example.com/2026/11/k1.html",
            "<div class=kicker><a href=/climate/>Climate</a><a href=/weather/>Weather</a></div>",
            "Climate",
        ),
    ],
    ids=["a technical part", "a region's code before", "a menu in another script", "a row of links"],
)
def test_sections_in_addresses_and_rows_of_links(url: str, above: str, expected: str | None) -> None:
    assert article_of(f"<body>{above}<article>{above if 'kicker' in above else ''}{H1}{PARAGRAPHS}", url).section == (
        expected
    )


def test_the_greek_agency_is_known() -> None:
    article = article_of(f"<html lang=el><body>{HEAD}{PARAGRAPHS}<p>Πηγή: ΑΠΕ-ΜΠΕ</p>")
    assert article.agencies == ("ANA-MPA",)
