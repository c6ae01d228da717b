"""Headline, dek, section and caption as systems write them whose own markup stands between the parts."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.image_credits import split_credit
from tests.support.clock_story import PARAGRAPHS, STORY, article_of


def test_a_headline_of_several_elements_is_spelled_as_the_data_spells_it() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Clocks: The hall strikes again"})
    article = article_of(
        f"<script type=application/ld+json>{data}</script><body><h1><span class=kick>Clocks</span>"
        f"<span class=visually>: </span><span>The hall strikes again</span></h1>{PARAGRAPHS}"
    )
    assert article.title == "Clocks: The hall strikes again"


def test_a_headline_that_leads_to_its_own_number_is_no_sites_name() -> None:
    article = article_of(
        "<head><title>The hall's clock strikes again - Example News</title></head>"
        f"<body><h1 class=title><a href=/news/1234567>The hall's clock strikes again</a></h1>{PARAGRAPHS}",
        url="https://www.example.com/news/1234567/the-halls-clock-strikes-again",
    )
    assert article.title == "The hall's clock strikes again"


def test_a_lede_marked_for_reading_aloud_stays_in_the_text() -> None:
    article = article_of(
        f'<head><meta name=description content="{STORY[0][:90]}"></head><body><h1>The hall\'s clock strikes again</h1>'
        f"<div class=entry-content><p id=speakable-summary class=block>{STORY[0]}</p>"
        f"{''.join(f'<p class=block>{text}</p>' for text in STORY[1:])}</div>"
    )
    assert article.text.startswith(STORY[0])


@pytest.mark.parametrize("name", ["subtitle", "strapline", "podnaslov"])
def test_a_short_dek_is_one_if_named_so_and_stated(name: str) -> None:
    article = article_of(
        "<head><meta name=description content='It struck at last.'></head><body><div><h1>The hall's clock strikes again"
        f"</h1><h3 class={name}>It struck at last.</h3></div><article>{PARAGRAPHS}</article>"
    )
    assert article.dek == "It struck at last."


def test_a_slug_line_above_the_storys_box_is_the_section() -> None:
    article = article_of(
        "<body><section><div class=slug-wrap><h3 class=slug><a href=/sections/culture/>Culture</a></h3></div><article>"
        f"<div class=storytitle><h1>The hall's clock strikes again</h1></div>{PARAGRAPHS}</article></section>"
    )
    assert article.section == "Culture"


def test_a_link_past_the_menu_is_no_section() -> None:
    article = article_of(
        "<body><div><a href=/contenu>Aller au contenu</a></div><article><div><h1>The hall's clock strikes again</h1>"
        f"</div>{PARAGRAPHS}</article>"
    )
    assert article.section is None


def test_a_pair_in_square_brackets_is_the_credit() -> None:
    assert split_credit("The clock of Stow [Jo Roe/Example]") == ("The clock of Stow", "Jo Roe/Example")
    assert split_credit("The clock of Stow [File: Jo Roe/Example]") == ("The clock of Stow", "Jo Roe/Example")
