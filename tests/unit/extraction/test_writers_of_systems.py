"""Who wrote a story where a system's data and the page's lines name others too: editors, offices, readers, themes."""

from __future__ import annotations

import json

from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.bylines.people import people_of
from crawler.extraction.text import word_key
from news.article import Article
from tests.support import clock_story
from tests.support.clock_story import PARAGRAPHS, STORY


def article_of(markup: str, data: dict[str, object] | None = None) -> Article:
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The hall's clock strikes again"}
    script = f"<script type=application/ld+json>{json.dumps(told | data)}</script>" if data is not None else ""
    return clock_story.article_of(f"{script}{markup}")


def test_the_sites_office_after_a_name_is_nobody_though_it_has_an_and() -> None:
    sites = {"p1"}
    assert tidy_names(["Jane Doe, P1 Serra e Região"], sites) == ("Jane Doe",)
    assert tidy_names(["Jane Doe, P1 Serra e John Roe"], sites)[-1] == "John Roe"
    assert tidy_names(["Jane Doe, John Roe"], sites) == ("Jane Doe", "John Roe")


def test_an_editor_named_beside_the_writer_did_not_write() -> None:
    article = article_of(
        "<body><h1>The hall's clock strikes again</h1><div class=credit><h6>Jane Doe,</h6> <h6>Rita Poe</h6></div>"
        f"<article>{PARAGRAPHS}</article>",
        {"author": {"@type": "Person", "name": "Jane Doe"}, "editor": {"@type": "Person", "name": "Rita Poe"}},
    )
    assert article.people == ("Jane Doe",)


def test_the_card_of_a_post_names_its_writer() -> None:
    article = article_of(
        "<head><meta name=twitter:label1 content='Escrito por'><meta name=twitter:data1 content='Jane Doe'></head>"
        f"<body><h1>The hall's clock strikes again</h1><article>{PARAGRAPHS}</article>"
    )
    assert article.people == ("Jane Doe",)


def test_a_firm_that_the_data_states_as_the_author_is_nobody() -> None:
    article = article_of(
        f"<head><meta name=author content=Brinecell></head><body><h1>The hall's clock strikes again</h1>{PARAGRAPHS}",
        {"author": {"@type": "Organization", "name": "Brinecell"}},
    )
    assert article.people == ()


def test_who_made_the_theme_or_commented_did_not_write() -> None:
    comments = "".join(
        f"<li class=comment><p>{text}</p><p><cite>Kommentar von <a>{name}</a> — 8. Februar 2010</cite></p></li>"
        for name, text in (("Jane Doe", STORY[0]), ("John Roe", STORY[1]), ("Rita Poe", STORY[2]))
    )
    article = article_of(
        f"<body><h1>The hall's clock strikes again</h1><div class=post>{PARAGRAPHS}</div><ol class=commentlist>"
        f"{comments}</ol><div id=footer><p>Bloggen auf WordPress.com. Thema: Andreas09 von Jo Moe.</p></div>"
    )
    assert article.people == ()


def test_a_link_to_a_writers_life_is_no_second_writer() -> None:
    article = article_of(
        "<body><h1>The hall's clock strikes again</h1><div class=author-name><a href=/author/jane>Jane Doe</a></div>"
        f"<article>{PARAGRAPHS}</article><div class=author-bio><a href=/author/jane>View Bio</a></div>"
    )
    assert article.people == ("Jane Doe",)


def test_a_name_between_an_opener_and_a_day_is_the_writer_in_romanian() -> None:
    article = article_of(
        "<body><header><h1>The hall's clock strikes again</h1><p>Publicat de <b>Jane Doe</b> pe 29 ianuarie 2026, 08:15"
        f"</p></header>{PARAGRAPHS}"
    )
    assert article.people == ("Jane Doe",)


def test_a_marked_author_is_who_the_mark_names_and_not_the_score_beside() -> None:
    user = (
        "<div itemprop=author itemscope><a href=/users/1>tilde_wren</a><span class=d-none itemprop=name>"
        "tilde_wren</span><div class=flair>412</div></div>"
    )
    article = article_of(f"<body><h1>The hall's clock strikes again</h1><div class=post>{PARAGRAPHS}</div>{user}")
    assert article.people == ("tilde_wren",)


def test_a_nordic_firm_is_nobody() -> None:
    article = article_of(
        f"<body><h1>The hall's clock strikes again</h1><p>2026-11-05 | <a href=/s>Stadsnät AB</a></p>{PARAGRAPHS}"
    )
    assert article.people == ()


def test_who_is_named_behind_by_comes_before_the_office_that_the_data_states() -> None:
    article = article_of(
        "<head><meta name=author content=Redazione></head><body><h1>The hall's clock strikes again</h1>"
        f"<span class=author><a href=/a>Redazione</a></span>"
        f"<div class=entry><p><em>di Jane Doe</em></p>{PARAGRAPHS}</div>",
        {"author": {"@type": "Person", "name": "Redazione"}},
    )
    assert article.people == ("Jane Doe",)


def test_who_answered_did_not_ask() -> None:
    asked = "<div itemprop=author itemscope><span itemprop=name>Jane Doe</span></div>"
    answered = asked.replace("Jane Doe", "John Roe")
    article = article_of(
        f"<body><h1>Why does the hall's clock stop?</h1><div itemprop=text>{PARAGRAPHS}</div>{asked}"
        f"<div itemprop=acceptedAnswer itemscope><p>{STORY[0]}</p>{answered}</div>"
    )
    assert article.people == ("Jane Doe",)


def test_the_sites_online_desk_is_nobody() -> None:
    assert people_of(("ข่าวไทยรายวันออนไลน์", "Jane Doe"), None, {"".join(word_key("ข่าวไทยรายวัน"))}) == ("Jane Doe",)
    assert people_of(("Stow Mercury Online",), None, {"stowmercury"}) == ()
    assert people_of(("La Comarca",), None, {"lacomarcadigital"}) == ()


def test_a_name_and_place_that_open_the_text_are_the_writers_and_none_of_it() -> None:
    article = article_of(
        "<head><meta property=og:site_name content='La Comarca Digital'>"
        "<meta name=twitter:label1 content='Escrito por'><meta name=twitter:data1 content='Jane Doe'></head><body>"
        f"<h1>The hall's clock strikes again</h1><div class=text>"
        f"<p><strong>Jane Doe | Stow</strong></p>{PARAGRAPHS}</div>",
        {"author": {"name": "La Comarca"}},
    )
    assert article.people == ("Jane Doe",)
    assert article.text == "\n\n".join(STORY)
