"""A dek that the page sets apart goes to its field and leaves the text; a lede that repeats it stays."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, Page

TITLE = "Harbour of Kemer reopens after ten years"
DEK = "Forty crews go back to their berths on Thursday, and the mayor speaks of a day that many had stopped hoping for."
SENTENCE = "The council of Kemer voted on Tuesday to open the harbour again after ten years of works on its quays. "
STORY = "".join(f"<p>{SENTENCE * 2}({number})</p>" for number in range(6))
DECLARED = f'<script type="application/ld+json">{{"@type":"Article","headline":"{TITLE}"}}</script>'
STATED = f'<meta name=description content="{DEK}">'


def read(body: str, head: str = DECLARED) -> Article:
    head = f"<title>{TITLE} - Example Times</title><meta property=og:title content='{TITLE}'>{head}"
    markup = f"<html lang=en><head>{head}</head><body><main><article>{body}</article></main></body></html>"
    article = extract(Page(url="https://www.example.com/news/1", body=markup.encode()))
    assert isinstance(article, Article)
    assert article.text.count(SENTENCE.strip()) >= 12
    return article


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<header><h1>{TITLE}</h1><p class=article-excerpt>{DEK}</p><div>January 8, 2026</div></header>"
            f"<section class=content>{STORY}</section>",
            id="in the headline's box",
        ),
        pytest.param(
            f"<header><h1>{TITLE}</h1></header><div class=article__preamble><p>{DEK}</p></div><div>{STORY}</div>",
            id="in a box of its own",
        ),
        pytest.param(f"<h1>{TITLE}</h1><p class=ingress>{DEK}</p><div class=body>{STORY}</div>", id="above the text's"),
        pytest.param(
            f"<div><h1>{TITLE}</h1><h3 class=article-description>{DEK}</h3></div><div>{STORY}</div>", id="as a heading"
        ),
        pytest.param(
            f"<header><h1>{TITLE}</h1><p class=standfirst>{DEK}</p><p class='standfirst wide'>{DEK}</p></header>"
            f"<div>{STORY}</div>",
            id="shown twice for two widths",
        ),
    ],
)
def test_a_dek_set_apart_is_no_text(body: str) -> None:
    article = read(body)
    assert article.dek == DEK
    assert DEK not in article.text


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(f"<h1>{TITLE}</h1><p class=lead>{DEK}</p>", id="a name of ledes as well"),
        pytest.param(f"<h1>{TITLE}</h1><div class='story__blurb lead'><p>{DEK}</p></div>", id="two of them"),
        pytest.param(f"<h3>{TITLE}</h3><h4 class=subheading>{DEK}</h4>", id="below a headline of the third level"),
    ],
)
def test_a_dek_in_the_headlines_box_is_known_by_weak_names(head: str) -> None:
    assert read(f"<header>{head}<div>January 8, 2026</div></header><div>{STORY}</div>", "").dek == DEK


def test_a_byline_in_the_headlines_box_is_no_dek() -> None:
    assert (
        read(f"<header><h1>{TITLE}</h1><p class=subtitle>von Jana Müller, Max Meier</p></header>{STORY}", "").dek
        is None
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<header><h1>{TITLE}</h1><p class=standfirst>{DEK}</p></header><div><p>{DEK}</p>{STORY}</div>",
            id="repeated by the lede",
        ),
        pytest.param(
            f"<header><h1>{TITLE}</h1><p class=standfirst>{DEK}</p></header><div><p>{DEK} {SENTENCE}</p>{STORY}</div>",
            id="with which the lede begins",
        ),
        pytest.param(f"<h1>{TITLE}</h1><div><p>{DEK}</p>{STORY}</div>", id="that the page states is the lede"),
    ],
)
def test_a_lede_that_repeats_the_dek_stays(body: str) -> None:
    article = read(body, DECLARED + STATED)
    assert article.dek == DEK
    assert article.text.count(DEK) == 1


def test_a_dek_that_has_no_name_is_told_by_its_place() -> None:
    meta = "<p><span>By Jane Doe</span> <time datetime=2026-01-08>January 8, 2026</time></p>"
    article = read(f"<div><h1>{TITLE}</h1><p class=has-large-font-size>{DEK}</p>{meta}</div><div>{STORY}</div>")
    assert (article.dek, article.evidence["dek"]) == (DEK, "place")
    assert article.text.count(DEK) == 1
    assert article.dek_apart is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<h1>{TITLE}</h1><div><p>{DEK}</p>{STORY}</div>", id="built as the story"),
        pytest.param(f"<h1>{TITLE}</h1><p class=opening>{DEK}</p><div>{STORY}</div>", id="that nothing parts from it"),
        pytest.param(
            f"<div><h1>{TITLE}</h1><ul><li>{DEK}</li></ul><p>January 8, 2026</p></div><div>{STORY}</div>",
            id="in a list",
        ),
    ],
)
def test_an_opening_that_nothing_sets_apart_is_no_dek(body: str) -> None:
    assert read(body).dek is None


def test_a_short_dek_that_page_and_data_tell_has_words_of_its_own() -> None:
    dek = "A small mystery with large budgets"
    head = f"{DECLARED}<meta name=description content='{dek}'>"
    assert read(f"<h1>{TITLE}</h1><h3 class=subtitle>{dek}</h3><div>{STORY}</div>", head).dek == dek


def test_a_list_of_links_below_a_dek_is_none_of_it() -> None:
    shown = f"<div class=standfirst><p>{DEK}</p><ul><li><a href=/live>Follow our coverage</a></li></ul></div>"
    assert read(f"<h1>{TITLE}</h1>{shown}<div>{STORY}</div>").dek == DEK


@pytest.mark.parametrize(
    ("opening", "stated"),
    [
        pytest.param("KEMER, Turkey — ", "", id="behind the place"),
        pytest.param("", " ", id="as it stands, shown once"),
    ],
)
def test_a_description_that_is_the_lede_is_shown_once(opening: str, stated: str) -> None:
    lede = f"<p>{opening}{DEK}</p>"
    article = read(
        f"<h1>{TITLE}</h1><div>{lede}{STORY}</div>", f"{DECLARED}<meta name=description content='{DEK}{stated}'>"
    )
    assert article.dek_apart is None


@pytest.mark.parametrize(
    "head",
    [
        f"<header><h1>{TITLE}</h1><p class=standfirst>{TITLE}</p></header>",
        f"<ol><li><h1 class=crumb>{TITLE}</h1></li></ol><hgroup><h2>{TITLE}</h2></hgroup><p>8 January 2026</p>",
    ],
)
def test_the_headline_once_more_is_no_dek(head: str) -> None:
    stated = "Forty crews go back to the quays of Kemer on Thursday."
    described = f"{DECLARED}<meta name=description content='{stated}'>"
    assert read(f"{head}<div>{STORY}</div>", described).dek == stated
