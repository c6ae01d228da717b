"""Who may read a story, and whether its page holds all of it."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.access import WITHHELD
from crawler.extraction.service import extract
from news.article import Article, NotArticle, NotArticleReason, Page

LINE = "The harbour opened again on Sunday after a storm that had kept every ferry at its berth for three days. "


def read(behind: str = "", *, node: object = None, head: str = "", paragraphs: int = 4) -> Article:
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>' if node else ""
    story = "".join(f"<p>{LINE}It was the storm number {number} of the season.</p>" for number in range(paragraphs))
    html = (
        f"<html><head><title>Harbour opens again</title>{head}{script}</head><body><article>"
        f"<h1>Harbour opens again after the storm</h1>{story}{behind}</article>"
        "<footer>The Gazette</footer></body></html>"
    )
    article = extract(Page(url="https://gazette.example/harbour", body=html.encode()))
    assert isinstance(article, Article)
    return article


def told(article: Article) -> tuple[bool | None, bool]:
    return article.is_free, WITHHELD in article.flags


def node(**claims: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": "Harbour opens again after the storm", **claims}


@pytest.mark.parametrize(
    ("claim", "is_free"),
    [(False, False), ("False", False), ("https://schema.org/False", False), (True, True), ("yes", True), ("", None)],
)
def test_the_publishers_claim_is_read_in_its_spellings(claim: object, is_free: bool | None) -> None:
    assert told(read(node=node(isAccessibleForFree=claim))) == (is_free, False)


def test_a_part_that_is_paid_for_makes_the_story_so() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"}
    paid = f"<div class='paid'><p>{LINE}</p></div>"
    assert told(read(paid, node=node(hasPart=part))) == (False, False)
    assert told(read("<div class='paid'></div>", node=node(hasPart=[part]))) == (False, True)
    for selector in ("]broken[", ".not-there"):
        assert told(read(node=node(hasPart={**part, "cssSelector": selector}))) == (False, False)


@pytest.mark.parametrize(("tier", "is_free"), [("free", True), ("metered", False), ("locked", False), ("odd", None)])
def test_the_tier_of_the_content_is_a_claim(tier: str, is_free: bool | None) -> None:
    assert told(read(head=f'<meta property="article:content_tier" content="{tier}">')) == (is_free, False)


@pytest.mark.parametrize(
    "prompt",
    [
        "Subscribe to continue reading.", "This article is for subscribers only.", "Already a subscriber? Log in",
        "Jetzt weiterlesen mit dem Abo", "Dieser Artikel ist nur für Abonnenten", "Abonnez-vous pour lire la suite",
        "Article réservé aux abonnés", "Il vous reste 80 % de cet article à lire.", "Suscríbete para seguir leyendo",
        "Conteúdo exclusivo para assinantes", "Abbonati per continuare a leggere", "Dit artikel is voor abonnees",
        "Devamını okumak için abone olun", "Чтобы продолжить чтение, оформите подписку", "この記事は有料会員限定です",
        "Logga in eller bli prenumerant – första månaden för 1 kr.", "Koko juttu on luettavissa vain tilaajille",
        "S předplatným můžete dočíst celý článek", "Előfizetés után olvashatja tovább",
    ],
)  # fmt: skip
def test_a_prompt_right_behind_the_text_means_that_it_goes_on_for_those_who_pay(prompt: str) -> None:
    assert told(read(f"<div class='wall'><h3>{prompt}</h3></div>")) == (False, True)


@pytest.mark.parametrize("line", ["Subscribe to our newsletter", "Follow us", "Teilen", "Read more about harbours"])
def test_other_prompts_say_nothing_of_it(line: str) -> None:
    assert told(read(f"<div class='box'><h3>{line}</h3></div>")) == (None, False)


def test_a_prompt_behind_a_long_text_says_nothing() -> None:
    assert told(read("<h3>Already a subscriber?</h3>", paragraphs=40)) == (None, False)


def test_a_story_that_is_stated_to_be_free_is_whole() -> None:
    assert told(read("<h3>Already a subscriber?</h3>", node=node(isAccessibleForFree=True))) == (True, False)


def test_pictures_with_captions_are_a_gallery() -> None:
    figures = "".join(f"<figure><img src='/i/{n}.jpg'><figcaption>Boat {n}</figcaption></figure>" for n in range(8))
    html = f"<html><head><title>Boats</title></head><body><h1>The boats of the harbour</h1>{figures}</body></html>"
    result = extract(Page(url="https://gazette.example/pictures/boats", body=html.encode()))
    assert isinstance(result, NotArticle)
    assert result.reason is NotArticleReason.GALLERY


def test_captions_alone_are_no_story_however_long() -> None:
    captions = (f"{n}/8 The boat of the year lies at pier {n}. {LINE}" for n in range(8))
    figures = "".join(f"<figure><img src='/i.jpg'><figcaption>{text}</figcaption></figure>" for text in captions)
    html = f"<html><head><title>Boats</title></head><body><main><h1>The boats</h1>{figures}</main></body></html>"
    result = extract(Page(url="https://gazette.example/gallery/boats", body=html.encode()))
    assert isinstance(result, NotArticle)
    assert result.reason is NotArticleReason.GALLERY


def test_a_story_below_a_gallerys_address_is_a_story() -> None:
    figures = "".join(f"<figure><img src='/i/{n}.jpg'></figure>" for n in range(8))
    story = "".join(f"<p>{LINE}Number {n} of them.</p>" for n in range(9))
    body = f"<h1>The boats</h1>{figures}<article>{story}</article>"
    html = f"<html><head><title>Boats</title></head><body>{body}</body></html>"
    assert isinstance(extract(Page(url="https://gazette.example/photos/boats", body=html.encode())), Article)


@pytest.mark.parametrize(
    "prompt",
    [
        "Per continuare a leggere questo articolo abbonati", "Pro dočtení článku si předplaťte",
        "Για να συνεχίσετε την ανάγνωση, γίνετε συνδρομητής", "Щоб читати далі, оформіть підписку",
        "כדי להמשיך לקרוא, הירשמו כמנויים", "Abonează-te pentru a citi articolul complet",
        "पूरी खबर पढ़ने के लिए सदस्यता लें", "Za nastavak čitanja pretplatite se",
        "За да продължите да четете, абонирайте се", "Berlangganan untuk lanjut membaca", "Đăng ký để đọc tiếp",
    ],
)  # fmt: skip
def test_more_languages_ask_to_pay(prompt: str) -> None:
    assert told(read(f"<div class='paywall'><p>{prompt}</p></div>")) == (False, True)
