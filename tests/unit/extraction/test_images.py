"""The lead image: what it shows and who made it."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.captions import said
from crawler.extraction.image_credits import split_credit, tidy_credit
from crawler.extraction.images import LeadImage, read_image, whole_image
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
        ("A street in Tehran. (Courtesy of Jo Roe)", "A street in Tehran.", "Jo Roe"),
        ("A street in Tehran. (Reuters)", "A street in Tehran.", "Reuters"),
        ("A street in Tehran. Jane Roe (EFE)", "A street in Tehran.", "Jane Roe (EFE)"),
        ("A street in Tehran. — AFP", "A street in Tehran.", "AFP"),
        ("A street in Tehran — Reuters/File", "A street in Tehran", "Reuters/File"),
        ("A street in Tehran. Photograph: Jane Roe/Reuters", "A street in Tehran.", "Jane Roe/Reuters"),
        ("Eine Straße in Teheran. Foto: dpa", "Eine Straße in Teheran.", "dpa"),
        ("A street in Tehran", "A street in Tehran", None),
    ],
)
def test_a_caption_line_is_parted_from_its_credit(line: str, shown: str, credit: str | None) -> None:
    assert split_credit(line) == (shown, credit)


@pytest.mark.parametrize(
    ("line", "shown", "credit"),
    [
        ("The wall at low tide. Credit... Jane Roe for The Times", "The wall at low tide.", "Jane Roe for The Times"),
        ("Το λιμάνι το πρωί / φωτ.: Eurokinissi", "Το λιμάνι το πρωί", "Eurokinissi"),
        ("الميناء صباح الثلاثاء (رويترز)", "الميناء صباح الثلاثاء", "رويترز"),
        ("הנמל בבוקר (צילום: רון לוי)", "הנמל בבוקר", "רון לוי"),
        ("再開した旧港＝31日、佐藤花子撮影", "再開した旧港＝31日", "佐藤花子"),
        ("港口的早晨。記者王小明／攝影", "港口的早晨。", "王小明"),
        ("항구의 아침 모습. 사진=항구일보", "항구의 아침 모습.", "항구일보"),
        ("Port o poranku. Fot. Jan Kowalski", "Port o poranku.", "Jan Kowalski"),
        ("بندرگاہ کی صبح — فوٹو: آن لائن", "بندرگاہ کی صبح", "آن لائن"),
        ("პორტი დილით. ფოტო: ნინო ბერიძე", "პორტი დილით.", "ნინო ბერიძე"),
        ("Foto: Petani memeriksa pompa air (Rina Putri/kabar)", "Petani memeriksa pompa air", "Rina Putri/kabar"),
        ("Kirjasto on suljettu. Kuva: Matti Salo / Ylu", "Kirjasto on suljettu.", "Matti Salo / Ylu"),
        ("Wakulima wakivuna kahawa / Picha: AA", "Wakulima wakivuna kahawa", "AA"),
        ("El puerto por la mañana. | J. Mena", "El puerto por la mañana.", "J. Mena"),
        ("चौपाल पर लिखती छात्राएं। (फोटो- जगत)", "चौपाल पर लिखती छात्राएं।", "जगत"),
        ("학생이 태엽을 손질하고 있다. 한빛일보 제공", "학생이 태엽을 손질하고 있다.", "한빛일보"),
        ("朝の旧港（北杜町提供）", "朝の旧港", "北杜町"),
        ("Uostas rytą. Jono Jonaičio nuotr.", "Uostas rytą.", "Jono Jonaičio"),
        ("La provinciale interrotta - RIPRODUZIONE RISERVATA", "La provinciale interrotta", None),
        ("(Photos by Jo Roe; collage by Al Poe / Example)", "", "Jo Roe; collage by Al Poe / Example"),
    ],
)
def test_a_credit_is_told_in_each_language(line: str, shown: str, credit: str | None) -> None:
    assert split_credit(line) == (shown, credit)


def test_an_image_address_asks_for_the_whole_image() -> None:
    inner = "https://cdn.example.com/a.jpg"
    assert whole_image(f"https://www.example.com/_next/image?url={inner}&w=640&q=75") == inner
    assert whole_image(inner) == inner


def test_the_stated_image_is_captioned_by_its_own_figure_only() -> None:
    other = "<figure><img src='/quay-800.jpg'><figcaption>The quay. / AFP</figcaption></figure>"
    menu = "<img src='/menu.png'>" * 50
    own = "<figure><img src='/harbour-800.jpg'><img src='/zoom.svg'><figcaption>The harbour.</figcaption></figure>"
    behind = lead_of(f"{menu}{other}{own.replace('harbour-800', 'harbour-1600')}").image
    bare = lead_of(f"<p><img src='/harbour-1600.jpg'></p>{other}").image
    assert behind is not None
    assert bare is not None
    assert (behind.caption, bare.caption) == ("The harbour.", None)


@pytest.mark.parametrize(
    "markup",
    [
        "<figure>{}<span class='caption'>The harbour.</span><span class='copyright'>Jo Roe</span></figure>",
        "<div><figure>{}</figure><div class='caption'><figcaption>The harbour.</figcaption>"
        "<figcaption>Photo: Jo Roe</figcaption></div></div>",
        "<div><div>{}<p class='copyright'>© Jo Roe</p></div><p class='img-desc'>The harbour.</p></div>",
        "<figure>{}<figcaption>The harbour. All rights reserved: <cite class='credit'>Jo Roe</cite></figcaption>"
        "</figure>",
        "<figure>{}<figcaption>The harbour. Photo: Jo Roe</figcaption></figure>",
    ],
)
def test_a_credit_is_found_beside_before_and_behind_its_caption(markup: str) -> None:
    image = lead_of(markup.format("<img src='/harbour-1600.jpg'>")).image
    assert image is not None
    assert image.credit == "Jo Roe"
    assert (image.caption or "").startswith("The harbour.")


@pytest.mark.parametrize(
    ("markup", "credit"),
    [
        pytest.param(
            "<div class=image__caption>The harbour.</div><figcaption class=image__credit>Jo Roe/Getty</figcaption>",
            "Jo Roe/Getty",
            id="a figcaption that is named a credit",
        ),
        pytest.param("<figcaption>The harbour. <cite>(<span>Jo Roe</span>)</cite></figcaption>", "Jo Roe", id="cited"),
        pytest.param("<figcaption><span>The harbour.</span><span>ANP</span></figcaption>", "ANP", id="an agency apart"),
        pytest.param(
            "<div class=caption><p>The harbour. <b>Jo Roe/AFP</b> <b>hide caption</b></p></div>"
            "<span class=credit>Jo Roe/AFP</span>",
            "Jo Roe/AFP",
            id="with a button's words",
        ),
        pytest.param(
            "<div class=foto-info>The harbour. | foto: <em>Jo Roe</em>, Dnes</div>", "Jo Roe, Dnes", id="info"
        ),
        pytest.param(
            "<figcaption><div class=bildautor>Bild: Jo Roe</div>The harbour.</figcaption>", "Jo Roe", id="before it"
        ),
        pytest.param(
            "<figcaption>The harbour. <span class=credit>Jo Roe</span> <span class=sr-only>play, 8 min</span>"
            "</figcaption>",
            "Jo Roe",
            id="with what is only spoken",
        ),
    ],
)
def test_caption_and_credit_are_told_apart_by_their_elements(markup: str, credit: str) -> None:
    image = lead_of(f"<figure><div><img src='/harbour-1600.jpg'></div>{markup}</figure>").image
    assert image is not None
    assert (image.caption, image.credit) == ("The harbour.", credit)


@pytest.mark.parametrize("name", ["teaser", "widget", "story-promo", "related"])
def test_a_figure_that_shows_the_stated_image_is_the_storys_whatever_its_box_is_called(name: str) -> None:
    figure = "<figure><img src='/harbour-1600.jpg'><figcaption>The harbour. / AFP</figcaption></figure>"
    assert lead_of(f"<div class={name}>{figure}</div>").caption_lines[:1] == ("The harbour. / AFP",)
    other = figure.replace("harbour-1600", "another-story")
    assert lead_of(f"<div class={name}>{other}</div>").caption_lines == ()


def test_sizes_of_one_image_may_end_in_names_of_their_own() -> None:
    figure = "<figure><img src='/quay-at-dawn/wide__822x462'><figcaption>The quay. / AFP</figcaption></figure>"
    image = lead_of(figure, image="https://cdn.example.com/quay-at-dawn/wide__1300x731").image
    assert image is not None
    assert (image.caption, image.credit) == ("The quay.", "AFP")


def test_an_agency_right_behind_an_image_is_its_credit() -> None:
    shown = (
        "<div><img src='/harbour-1600.jpg'><span>PA Media</span></div><div><figcaption>The harbour</figcaption></div>"
    )
    image = lead_of(f"<figure>{shown}</figure>").image
    assert image is not None
    assert (image.caption, image.credit) == ("The harbour", "PA Media")


def test_a_caption_that_opens_with_its_maker_keeps_the_name() -> None:
    caption = "<figcaption>Jo Roe at the harbour. <span class=credit>Jo Roe</span></figcaption>"
    image = lead_of(f"<figure><img src='/harbour-1600.jpg'>{caption}</figure>").image
    assert image is not None
    assert (image.caption, image.credit) == ("Jo Roe at the harbour.", "Jo Roe")


def test_a_credit_without_a_caption_is_kept() -> None:
    image = lead_of("<div><img src='/harbour-1600.jpg'><div class='field-credit'>Photo credit Jo Roe</div></div>").image
    assert image is not None
    assert (image.caption, image.credit) == (None, "Jo Roe")


@pytest.mark.parametrize("name", ["apple-touch-icon-1.png", "facebook.png", "facebook-default-wide-s1400.jpg"])
def test_a_sites_own_mark_is_no_lead_image(name: str) -> None:
    assert lead_of("", image=f"https://cdn.example.com/i/{name}").image is None


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='byline'><div class='thumb'>{}</div><div class='caption'>By Jo Roe of the coast</div></div>",
        "<div>{}<div class='credit-box'><h3>By Jo Roe</h3>jo@example.com</div></div>",
        "<figure>{}<figcaption>Harbour</figcaption></figure>",
    ],
)
def test_what_stands_beside_a_portrait_or_is_one_word_is_no_caption(markup: str) -> None:
    image = lead_of(markup.format("<img src='/harbour-1600.jpg'>")).image
    assert image is not None
    assert (image.caption, image.credit) == (None, None)


def test_a_caption_that_is_all_credit_says_nothing() -> None:
    figure = "<figure><img src='/harbour-1600.jpg'><figcaption><i class='x'></i>{}</figcaption></figure>"
    image = lead_of(figure.format("<span class='media-credit'>Jo Roe / Coast</span>")).image
    assert image is not None
    assert (image.caption, image.credit) == (None, "Jo Roe / Coast")


def test_a_caption_right_behind_an_image_beside_the_headline_is_its_own() -> None:
    page = "<div><h1>Storm hits the coast</h1><span><img src='/harbour-1600.jpg'></span>{}</div>"
    image = lead_of(page.format("<span class='image-description'>The harbour at noon</span>")).image
    dek = lead_of(page.format("<p>Text.</p><p class='caption'>What to know of the storm</p>")).image
    assert image is not None
    assert dek is not None
    assert (image.caption, dek.caption) == ("The harbour at noon", None)


@pytest.mark.parametrize(
    ("stated", "credit"),
    [
        ("Foto: Jo Roe (Copyright)", "Jo Roe"),
        ("Tesla (Roe 2022)", "Tesla (Roe 2022)"),
        ("Jo Roe/Pool via Reuters).", "Jo Roe/Pool via Reuters"),
        ("© Foto Jo Roe", "Jo Roe"),
        ("picture alliance / dpa", "picture alliance / dpa"),
        ("Jo Roe Vis mer", "Jo Roe"),
        ("Bildrechte: dpa", "dpa"),
    ],
)
def test_a_credit_keeps_whole_brackets_and_no_opener(stated: str, credit: str) -> None:
    assert tidy_credit(stated) == credit


def test_a_credit_that_only_the_data_tells_is_kept() -> None:
    node = {"@type": "NewsArticle", "image": {"url": "https://cdn.example.com/1.jpg", "creditText": "Photo: Jane Roe"}}
    data = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    image = lead_of(f"{data}<h1>Storm hits the coast</h1>").image
    assert image is not None
    assert image.credit == "Jane Roe"


def test_a_caption_that_only_an_attribute_of_the_figure_holds_is_read() -> None:
    told = '<div data-c-caption="The quay at night." data-c-credit="Jane Roe"></div>'
    markup = f"<h1>Storm</h1><figure><img src=/a-harbour.jpg>{told}</figure>"
    image = lead_of(markup, image="").image
    assert image is not None
    assert (image.caption, image.credit) == ("The quay at night.", "Jane Roe")


def test_what_a_caption_is_called_for_those_who_cannot_see_is_none_of_it() -> None:
    assert said("Pie de foto, El muelle de noche.") == "El muelle de noche."
