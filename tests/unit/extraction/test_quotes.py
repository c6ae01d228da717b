"""Who said what is quoted stays with the quote."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from crawler.extraction.body.furniture import clean_blocks
from crawler.extraction.body.quotes import attributions
from crawler.extraction.page.walk import read_passages
from crawler.extraction.service import extract
from news.article import Article, Block, BlockKind, Page

QUOTE = "We have waited ten years for this day and now it has come at last."
SPEAKER = "Ayşe Demir, mayor of Kemer"


def spoken(markup: str) -> list[str]:
    passages, _ = read_passages(document_fromstring(f"<html><body>{markup}<p>Behind it.</p></body></html>"))
    return [passages[index].text for index in attributions(passages, [each.text == QUOTE for each in passages])]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<figure><blockquote><p>{QUOTE}</p></blockquote><figcaption>{SPEAKER}</figcaption></figure>", [SPEAKER]),
        (f"<blockquote><p>{QUOTE}</p><cite>{SPEAKER}</cite></blockquote>", [SPEAKER]),
        (f"<blockquote><p>{QUOTE}</p><footer>— <cite>{SPEAKER}</cite></footer></blockquote>", [f"— {SPEAKER}"]),
        (f"<div class=pull-quote><blockquote>{QUOTE}</blockquote><span class=author>{SPEAKER}</span></div>", [SPEAKER]),
        (f"<div class=quote><p>{QUOTE}</p><p class=quote__name>Ayşe Demir</p><p class=quote__source>Mayor</p></div>",
         ["Ayşe Demir", "Mayor"]),
        (f"<figure><blockquote><p>{QUOTE}</p></blockquote><div class=share>Share this quote</div></figure>", []),
        (f"<figure><img src=a.jpg><p>{QUOTE}</p><figcaption>{SPEAKER}</figcaption></figure>", []),
        (f"<blockquote><p>{QUOTE}</p></blockquote><p class=author>{SPEAKER}</p>", []),
    ],
    ids=["a figure's caption", "a cite element", "a footer", "an element named so", "two lines", "a button",
         "a picture's caption", "a line behind the quote"],
)  # fmt: skip
def test_the_line_that_says_who_said_it_is_told_by_its_place(markup: str, expected: list[str]) -> None:
    assert spoken(markup) == expected


def test_the_speaker_of_a_quote_is_text_below_it() -> None:
    story = "".join(f"<p>{'The council of Kemer voted to open the harbour again. ' * 4}({n})</p>" for n in range(4))
    quote = f"<figure><blockquote><p>{QUOTE}</p></blockquote><figcaption>{SPEAKER}</figcaption></figure>"
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour of Kemer reopens"}</script>'
    markup = f"<html><head>{head}</head><body><article><h1>Harbour of Kemer reopens</h1>{story}{quote}{story}"
    article = extract(Page(url="https://www.example.com/news/1", body=markup.encode()))
    assert isinstance(article, Article)
    quoted = [block for block in article.blocks if block.kind is BlockKind.QUOTE]
    assert [(block.text, block.opens) for block in quoted] == [(QUOTE, True), (SPEAKER, False)]


def test_the_speaker_of_a_quote_that_a_paragraph_has_too_leaves_with_it() -> None:
    story = Block(
        kind=BlockKind.PARAGRAPH, text=f"On the mole the mayor of Kemer said: “{QUOTE}” Then the band played."
    )
    pulled = [Block(kind=BlockKind.QUOTE, text=text) for text in (QUOTE, SPEAKER)]
    end = Block(kind=BlockKind.PARAGRAPH, text="The first crews went back to their berths in the evening.")
    assert clean_blocks([story, *pulled, end], title="", dek=None, captions=()).blocks == (story, end)
