"""Pages that hold no story say why."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, NotArticle, NotArticleReason, Page

LINKS = "".join(f"<h3><a href='/news/{n}'>The headline of story number {n} of the day</a></h3>" for n in range(20))
COOKIES = "We and our partners use cookies and personal data with your consent. " * 12

SLIDES = "".join(
    f"<div><img src=/{n}.jpg><span>Bild {n} von 7</span><p>A wave at the mole.</p></div>" for n in range(1, 8)
)


def result_of(
    body: str, *, title: str = "Example Times", url: str = "https://www.example.com/news/1", head: str = ""
) -> object:
    markup = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract(Page(url=url, body=markup.encode()))


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        pytest.param(result_of(LINKS, url="https://www.example.com/"), NotArticleReason.HUB, id="a front page"),
        pytest.param(result_of(f"<p>{COOKIES}</p>"), NotArticleReason.CONSENT_WALL, id="a consent wall"),
        pytest.param(
            result_of("<h1>Page not found</h1><p>Perhaps the search helps you to find what you were looking for.</p>"),
            NotArticleReason.SOFT_404,
            id="an error page",
        ),
        pytest.param(
            result_of(
                "<h1>Storm at the coast</h1><video src=a.mp4></video><p>Waves as high as houses in the harbour.</p>",
                url="https://www.example.com/video/storm",
            ),
            NotArticleReason.VIDEO,
            id="a player with a caption",
        ),
        pytest.param(
            result_of("<h1>Storm at the coast</h1><p>Ships, cranes and waves in the harbour on Sunday.</p>" + SLIDES),
            NotArticleReason.GALLERY,
            id="counted pictures at a story's address",
        ),
        pytest.param(result_of("<div id=app></div>"), NotArticleReason.EMPTY, id="a page that scripts would fill"),
        pytest.param(
            extract(Page(url="https://a.example/1", body=b"%PDF-1.7 ...")), NotArticleReason.NOT_HTML, id="a PDF"
        ),
    ],
)
def test_a_page_without_a_story_says_why(result: object, reason: NotArticleReason) -> None:
    assert isinstance(result, NotArticle)
    assert result.reason is reason
    assert result.detail


def test_a_story_of_short_paragraphs_above_a_list_of_others_is_one() -> None:
    told = "".join(
        f"<p>On day {number} the ships waited outside the harbour, and their crews went ashore to sleep.</p>"
        for number in range(1, 7)
    )
    assert isinstance(
        result_of(f"<h1>Ships wait for the storm to end</h1><div>{told}</div><h2>More</h2>{LINKS}"), Article
    )


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        (
            "Ships wait for the storm to end",
            "Forty ships waited outside the harbour on Sunday, and their crews went ashore to sleep. "
            "The storm is to end on Tuesday, the harbour master said.",
        ),
        (
            "市议会决定对汽车关闭港口街大桥",
            "市议会周二晚间以九票对四票决定对汽车关闭港口街大桥，结束了三年来的争议。挤满会议厅的居民在宣布结果时鼓掌。"
            * 3,
        ),
    ],
)
def test_a_brief_above_a_list_of_others_is_a_story(headline: str, told: str) -> None:
    assert isinstance(
        result_of(
            f"<article><h1>{headline}</h1><div class=text><p>{told}</p></div></article><h2>More</h2>{LINKS}",
            title=headline,
        ),
        Article,
    )


def test_a_section_with_a_word_about_itself_is_no_story() -> None:
    about = (
        "Here is what the harbour's reporters wrote about ships, crews and the people who wait for them ashore. " * 2
    )
    found = result_of(f"<h1>Harbour</h1><p>{about}</p>{LINKS}", title="Harbour - Example Times")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.HUB


def test_teasers_below_linked_headings_are_no_story() -> None:
    teasers = "".join(
        f"<div><h3><a href=/{number}>Ships wait on day {number}</a></h3><p>Crews went ashore to sleep.</p></div>"
        for number in range(12)
    )
    found = result_of(f"<h1>Harbour</h1>{teasers}")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.HUB


def test_a_story_among_counted_pictures_is_one() -> None:
    line = "after the storm ships waited outside the harbour, and their crews went ashore."
    told = "".join(f"<p>On day {number} {line}</p>" for number in range(12))
    assert isinstance(result_of(f"<h1>Storm at the coast</h1>{told}{SLIDES}"), Article)


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def summary_of(number: str) -> str:
    return f"The harbour of quay {number} was opened again on Thursday, and the crews of berth {number} went back. " * 2


@pytest.mark.parametrize(
    "teaser",
    [
        "<li><a href=/w/{0}><img src=a.jpg><strong>What happened at quay {0}</strong></a><p>{1}</p></li>",
        "<div class=item><div><a href=/w/{0}>What happened at quay {0}</a></div><div>{1}</div></div>",
        "<p><a href=/w/{0}>What happened at quay {0}</a><br>{1}</p>",
        "<div><h2><a href=/w/{0}>What happened at quay {0}</a></h2><p>{1}</p><p>{1}</p></div>",
    ],
    ids=["in a link", "in boxes", "before a break", "in headings"],
)
def test_a_page_of_long_teasers_at_a_sections_address_is_a_hub(teaser: str) -> None:
    teasers = "".join(teaser.format(number, summary_of(number)) for number in NUMBERS)
    body = f"<main><h1>World News - what happened around the globe</h1>{teasers}</main>"
    found = result_of(body, url="https://www.example.com/world-news")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.HUB
    declared = '<meta property="og:type" content="article">'
    assert isinstance(result_of(body, url="https://www.example.com/world-news", head=declared), Article)
    assert isinstance(result_of(body, url="https://www.example.com/what-happened-at-all-our-quays"), Article)


def test_a_brief_beside_longer_teasers_of_other_stories_is_one() -> None:
    teasers = "".join(
        f"<div class=c><h3><a href=/w/{number}>What happened at quay {number}</a></h3><p>{summary_of(number)}</p></div>"
        for number in NUMBERS
    )
    story = "<p>Forty crews were told on Monday that the mole is safe, said the master of the port of Kemer.</p>"
    story += "<p>The council had closed it ten years ago after a storm, and paid for the works itself.</p>"
    body = f"<main><h1>Mole of Kemer is safe, crews are told</h1>{story}</main><section>{teasers}</section>"
    assert isinstance(result_of(body, url="https://www.example.com/article/3e946db45c45"), Article)
