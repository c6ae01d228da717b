"""What stands in the text in boxes that the page itself calls advertising."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, Page

STORY = "The harbour master kept the ferry waiting for {} days because of a storm that the coast guard had warned of."
AD = "Buy the new phone now at half of its price from our store, today only."


def read(box: str) -> str:
    first, second = ("".join(f"<p>{STORY.format(count)}</p>" for count in some) for some in ("234", "5678"))
    body = f"<article><h1>Ferry waits for days</h1>{first}{box}{second}</article>"
    page = Page(url="https://paper.example/ferry", body=f"<title>Ferry</title><body>{body}".encode())
    found = extract(page)
    assert isinstance(found, Article)
    return found.text


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="ad"><p>{AD}</p></div>',
        f'<div class="box advertisement"><div><p>{AD}</p></div></div>',
        f'<p id="ad-3">{AD}</p>',
        f'<aside class="ad_slot-middle">{AD}</aside>',
        f'<div class="Werbung"><p>{AD}</p></div>',
    ],
)
def test_a_box_of_advertising_is_no_text(box: str) -> None:
    assert AD not in read(box)
    assert STORY.format(8) in read(box)


@pytest.mark.parametrize("names", ["has-ads", "body-ad-wrapper", "post-and-ads", "d62c-ad34", "ad-free", "adage"])
def test_a_name_that_only_holds_the_word_is_no_box_of_advertising(names: str) -> None:
    own = STORY.format("nine")
    assert own in read(f'<div class="{names}"><p>{own}</p></div>')


def test_a_box_that_holds_much_of_the_story_is_no_advertising() -> None:
    many = "".join(f"<p>{STORY.format(count)}</p>" for count in range(10, 15))
    assert STORY.format(12) in read(f'<div class="ads">{many}</div>')
