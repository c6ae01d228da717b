"""The lead image: what it shows and who made it."""

from __future__ import annotations

import pytest

from crawler.extraction.images import LeadImage, read_image, split_credit, whole_image
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.structured import read_structured
from news.article import Page

STORY = "<p>Ships waited outside the harbour for two days, and the crews went ashore to the inn.</p>" * 3


def lead_of(markup: str, *, image: str = "https://cdn.example.com/harbour-1600.jpg") -> LeadImage:
    html = f'<html><head><meta property="og:image" content="{image}"></head><body>{markup}{STORY}</body></html>'
    document = parse_page(Page(url="https://www.example.com/1", body=html.encode()))
    assert isinstance(document, Document)
    return read_image(document, read_structured(document), "Storm hits the coast", None)


def test_what_stands_near_the_sites_logo_is_no_caption() -> None:
    menu = "<div class='text-caption'>You are signed in as user@example.com</div>"
    lead = lead_of(f"<div><div><img src='/static/logo-light.svg'></div>{menu}</div>")
    assert lead.image is not None
    assert (lead.image.caption, lead.caption_elements) == (None, ())
    shown = lead_of("<figure><img src='/harbour-800.jpg'><figcaption>The harbour. / AFP</figcaption></figure>").image
    assert shown is not None
    assert (shown.caption, shown.credit) == ("The harbour.", "AFP")


def test_a_writers_portrait_is_not_captioned_by_their_name() -> None:
    writer = "By <a rel='author' href='/jo'>Jo Roe</a>, 5 May"
    portrait = f"<figure><img src='/jo-60.jpg'><figcaption>{writer}</figcaption></figure>"
    assert lead_of(portrait).caption_elements == ()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Caption: The harbour.", "The harbour."),
        ("harbour-1600.jpg", None),
        ("…", None),
        ("Storm hits the coast", None),
    ],
)
def test_a_caption_says_what_the_image_shows(line: str, shown: str | None) -> None:
    image = lead_of(f"<figure><img src='/harbour-1600.jpg'><figcaption>{line}</figcaption></figure>").image
    assert image is not None
    assert image.caption == shown


@pytest.mark.parametrize(
    "name", ["blank.jpg", "social_placeholder.png?w=200", "1x1.gif", "favicon-96.png", "docs.ico", "logo.svg"]
)
def test_a_blank_image_is_none(name: str) -> None:
    assert lead_of("", image=f"https://cdn.example.com/i/{name}").image is None


def test_an_image_named_after_a_logo_among_other_words_is_one() -> None:
    assert lead_of("", image="https://cdn.example.com/i/ferry-line-shows-new-logo.jpg").image is not None


def test_images_of_amp_are_images() -> None:
    image = lead_of(
        "<figure><amp-img src=/harbour-1600.jpg width=800></amp-img><figcaption>The harbour. / AA</figcaption></figure>"
    ).image
    assert image is not None
    assert (image.caption, image.credit) == ("The harbour.", "AA")


@pytest.mark.parametrize(
    ("line", "shown", "credit"),
    [
        ("A street in Tehran. / AFP", "A street in Tehran.", "AFP"),
        ("A street in Tehran. Unsplash/Jo Roe", "A street in Tehran.", "Unsplash/Jo Roe"),
        ("A street in Tehran. (Bildquelle: Roe)", "A street in Tehran.", "Roe"),
        ("A street in Tehran. Photographer: Jo Roe/Getty Images", "A street in Tehran.", "Jo Roe/Getty Images"),
        ("The storm on Friday. (NOAA/SPC)", "The storm on Friday.", "NOAA/SPC"),
        ("テヘランの通り＝ＡＰ", "テヘランの通り", "ＡＰ"),
        ("항구의 모습이다. 연합뉴스", "항구의 모습이다.", "연합뉴스"),
        ("A street in Tehran / Photo: Anadolu", "A street in Tehran", "Anadolu"),
        ("A street in Tehran. (Reuters)", "A street in Tehran.", "Reuters"),
        ("A street in Tehran. Photograph: Jane Roe/Reuters", "A street in Tehran.", "Jane Roe/Reuters"),
        ("Eine Straße in Teheran. Foto: dpa", "Eine Straße in Teheran.", "dpa"),
        ("A street in Tehran", "A street in Tehran", None),
    ],
)
def test_a_caption_line_is_parted_from_its_credit(line: str, shown: str, credit: str | None) -> None:
    assert split_credit(line) == (shown, credit)


def test_an_image_address_asks_for_the_whole_image() -> None:
    inner = "https://cdn.example.com/a.jpg"
    assert whole_image(f"https://www.example.com/_next/image?url={inner}&w=640&q=75") == inner
    assert whole_image(inner) == inner
