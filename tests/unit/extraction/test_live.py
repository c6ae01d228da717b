"""Live blogs as dated posts, stated as data or shown as boxes; lists of other stories are none."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.live.flat import opening_of
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


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param("<p><strong>{clock} Uhr:</strong> {text}</p>", id="bold times"),
        pytest.param("<p>[{clock}] {text}</p>", id="times in brackets"),
        pytest.param("<p>{clock} – {text}</p>", id="a dash behind the time"),
        pytest.param("<p>Um {clock} Uhr: {text}</p><p>{text} {text}</p>", id="posts of several paragraphs"),
        pytest.param("<h3>{clock} Uhr: {title}</h3><p>{text}</p>", id="times in subheads"),
        pytest.param("{clock} h | {text}<br><br>", id="lines of one box"),
    ],
)
def test_paragraphs_that_begin_with_times_are_posts(opening: str) -> None:
    shown = "".join(
        opening.format(clock=clock, title=title, text=text)
        for clock, title, text in zip(CLOCKS, TITLES, TEXTS, strict=True)
    )
    article = read(f"<article><div>{shown}</div></article>")
    assert article.kind is ArticleKind.LIVE
    assert [f"{post.at:%d %H:%M %z}" for post in article.posts] == [f"26 {clock} +0300" for clock in CLOCKS]
    assert all(text in post.text for text, post in zip(TEXTS, article.posts, strict=True))
    assert [post.title for post in article.posts] == (TITLES if "h3" in opening else [""] * 4)


@pytest.mark.parametrize("opening", ["<p><strong>{clock} GMT — {title}</strong></p>", "<p>{clock} GMT — {title}</p>"])
def test_a_paragraph_of_a_time_and_a_title_is_the_posts_subhead(opening: str) -> None:
    shown = "".join(
        f"{opening.format(clock=clock.replace(':', ''), title=title)}<p>{text}</p>"
        for clock, title, text in zip(CLOCKS, TITLES, TEXTS, strict=True)
    )
    article = read(f"<article><div>{shown}</div></article>")
    assert [post.title for post in article.posts] == TITLES
    assert not any(" GMT — " in block.text for block in article.blocks)


def test_clocks_in_gmt_are_told_in_the_publishers_offset() -> None:
    shown = "".join(
        f"<p><strong>{clock.replace(':', '')} GMT — {title}</strong></p><p>{text}</p>"
        for clock, title, text in zip(CLOCKS, TITLES, TEXTS, strict=True)
    )
    head = '<meta property="og:title" content="Live blog: Harbour after the storm">'
    article = read(f"<article><div>{shown}</div></article>", head=head, url="https://gazette.example/article/3e946db4")
    assert article.kind is ArticleKind.LIVE
    assert [f"{post.at:%d %H:%M %z}" for post in article.posts] == [
        f"26 {clock} +0300" for clock in ("19:40", "17:05", "14:30", "12:15")
    ]


def test_times_that_open_paragraphs_of_a_story_make_no_posts() -> None:
    shown = "".join(f"<p>{clock} Uhr: {text}</p>" for clock, text in zip(CLOCKS, TEXTS, strict=True))
    article = read(f"<article>{shown}</article>", url="https://gazette.example/programme")
    assert (article.kind, article.posts) == (ArticleKind.STORY, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.31 Uhr: The boat leaves", "12.31"),
        ("+++ 9:05 Uhr +++ The boat leaves", "9:05"),
        ("14h05 - Le bateau part", "14h05"),
        ("kl. 14.05: Båten går", "14.05"),
        ("A las 10:15 | Sale el barco", "10:15"),
        ("26.11.2026, 12:31 Uhr: The boat leaves", "26.11.2026 12:31"),
        ("11:59 pm GMT — The boat leaves", "11:59 pm GMT"),
        ("1405 GMT — The boat leaves", "14:05 GMT"),
        ("1405 ت.غ — غادر القارب", "14:05 GMT"),
        ("14:05 بتوقيت غرينتش — غادر القارب", "14:05 GMT"),
        ("1405 tonnes — The boat is heavy", None),
        ("12.31 metres: The boat is long", None),
        ("3:2 – the score at half time", None),
        ("At 25:10: no time", None),
    ],
)
def test_a_time_of_day_opens_a_text(text: str, expected: str | None) -> None:
    assert opening_of(text) == expected
