"""Live blogs as dated posts, stated as data or shown as boxes; lists of other stories are none."""

from __future__ import annotations

import json

from crawler.extraction.service import extract
from news.article import Article, ArticleKind, Page

TEXTS = [
    "The first boat has left the harbour with two hundred people on board, and the sea is calm again.",
    "Crews have cleared the slipway of sand, and the crane of the second pier can be used since noon.",
    "The harbour office expects that all ferries sail by the evening, two hours later than was planned.",
    "The storm has passed the lighthouse, where the wind reached a hundred and ten kilometres an hour.",
]
TITLES = ["First boat sails", "Slipway is free of sand", "Office is full of hope", "Storm passes the lighthouse"]
CLOCKS = ["16:40", "14:05", "11:30", "09:15"]


def read(body: str, *, head: str = "", url: str = "https://gazette.example/harbour-live") -> Article:
    html = (
        f'<html lang="en"><head><title>Harbour after the storm: live</title>{head}'
        '<meta property="article:published_time" content="2026-11-26T08:00:00+03:00">'
        '<meta property="og:type" content="article"></head>'
        f"<body><nav><a href='/'>Home</a></nav><main><h1>Harbour after the storm: live</h1>{body}</main></body></html>"
    )
    article = extract(Page(url=url, body=html.encode()))
    assert isinstance(article, Article)
    return article


def told(article: Article) -> list[tuple[str, str, str]]:
    return [(f"{post.at:%d %H:%M %z}", post.title, post.text) for post in article.posts]


EXPECTED = [(f"26 {clock} +0300", title, text) for clock, title, text in zip(CLOCKS, TITLES, TEXTS, strict=True)]


def stated(*, with_text: bool = True) -> str:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": title,
            "datePublished": f"2026-11-26T{clock}:00+03:00",
            "articleBody": text if with_text else "",
        }
        for clock, title, text in zip(CLOCKS, TITLES, TEXTS, strict=True)
    ]
    node = {"@type": "LiveBlogPosting", "headline": "Harbour after the storm: live", "liveBlogUpdate": updates}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def boxes(time: str, *, name: str = "live-post", heading: str = "<h3>{title}</h3>") -> str:
    return "".join(
        f"<div class='{name}'>{time.format(clock=clock)}{heading.format(title=title)}<p>{text}</p></div>"
        for clock, title, text in zip(CLOCKS, TITLES, TEXTS, strict=True)
    )


def test_stated_posts_are_found_on_the_page_in_its_order() -> None:
    shown = "".join(f"<h3>{title}</h3><p>{text}</p>" for title, text in zip(TITLES, TEXTS, strict=True))
    article = read(shown, head=stated())
    assert article.kind is ArticleKind.LIVE
    assert told(article) == EXPECTED


def test_the_body_is_the_posts_with_their_times_as_subheads() -> None:
    article = read("".join(f"<p>{text}</p>" for text in TEXTS), head=stated())
    heads = [f"2026-11-26 {clock} {title}" for clock, title in zip(CLOCKS, TITLES, strict=True)]
    assert article.text == "\n\n".join(part for pair in zip(heads, TEXTS, strict=True) for part in pair)


def test_posts_that_only_the_data_has_are_the_body() -> None:
    article = read("<p>Follow what happens at the harbour.</p><div id='app'></div>", head=stated())
    assert article.kind is ArticleKind.LIVE
    assert told(article) == EXPECTED
    assert article.evidence["blocks"] == "json-ld"


def test_boxes_with_a_machine_readable_time_are_posts() -> None:
    article = read(boxes("<time datetime='2026-11-26T{clock}:00+03:00'>{clock}</time>"))
    assert article.kind is ArticleKind.LIVE
    assert told(article) == EXPECTED


def test_times_of_day_are_on_the_day_of_the_page() -> None:
    assert told(read(boxes("<span class='when'>{clock}</span>"))) == EXPECTED


def test_a_clock_that_goes_back_means_the_day_before() -> None:
    article = read(boxes("<p>{clock} Uhr</p>").replace("11:30", "23:50").replace("09:15", "23:10"))
    assert [f"{post.at:%d %H:%M}" for post in article.posts] == ["26 16:40", "26 14:05", "25 23:50", "25 23:10"]


def test_a_page_that_calls_itself_live_needs_no_names() -> None:
    body = boxes("<time datetime='2026-11-26T{clock}:00+03:00'></time>", name="c7x")
    assert told(read(body, url="https://gazette.example/world/live/harbour")) == EXPECTED


def test_the_same_boxes_of_a_story_are_no_posts() -> None:
    body = boxes("<time datetime='2026-11-26T{clock}:00+03:00'></time>", name="c7x")
    article = read(body, url="https://gazette.example/world/harbour")
    assert (article.kind, article.posts) == (ArticleKind.STORY, ())


def test_a_list_of_teasers_is_no_list_of_posts() -> None:
    story = "".join(f"<p>{text} It was the third storm of this autumn on the coast.</p>" for text in TEXTS)
    teasers = boxes(
        "<time datetime='2026-11-26T{clock}:00+03:00'>{clock}</time>",
        heading="<h3><a href='/other/{title}'>{title}</a></h3>",
    )
    article = read(f"<article>{story}</article><section>{teasers}</section>")
    assert (article.kind, article.posts) == (ArticleKind.STORY, ())


def test_comments_are_no_posts() -> None:
    story = "".join(f"<p>{text}</p>" for text in TEXTS[:2])
    comments = boxes("<time datetime='2026-11-26T{clock}:00+03:00'>{clock}</time>", name="comment live-item")
    article = read(f"<article>{story}</article><section class='comments'>{comments}</section>")
    assert (article.kind, article.posts) == (ArticleKind.STORY, ())
