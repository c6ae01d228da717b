"""Pages of a site of three sections, each with a template of its own, as its feed names them and as they may break."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape

from news.article import Hints, Page
from tests.support.explore_site import make_story

SITE = "Harbour Courier"
SECTIONS = ("world", "sport", "culture")
START = datetime(2026, 3, 1, 6, tzinfo=UTC)
STORIES_A_DAY = 30

_NAMES = ("Ada Larsson", "Jo Petrov", "Mina Kaya", "Luis Ferrer", "Ines Novak", "Tom Okafor")
_BOXES = {
    "world": '<div class="story-text">{}</div>',
    "sport": '<section class="match"><div class="report">{}</div></section>',
    "culture": '<div class="essay"><div class="essay-body">{}</div></div>',
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What one page shows."""

    number: int
    section: str
    url: str
    headline: str
    dek: str
    author: str | None
    date: str | None
    published_at: datetime  # as the feed has it, whatever the page says
    paragraphs: tuple[str, ...]
    language: str = "en"
    box: str = ""  # the markup around the text
    stated: str = ""  # the text as the page's data has it
    beside: str = ""  # within the article, below the text
    feed_headline: str | None = None  # None = the page's
    in_feed: bool = True  # with its date and headline


Break = Callable[[Sheet], Sheet]


def sheet(number: int) -> Sheet:
    """Story `number` of the site: a third of them in each section, in no order."""
    dice = random.Random(f"sectioned {number}")
    turn = number // len(SECTIONS)
    chosen = random.Random(f"turn {turn}").sample(SECTIONS, len(SECTIONS))[number % len(SECTIONS)]
    story = make_story(number)
    subject = story.headline.split()[1]
    more = make_story(50_000 + number)
    paragraphs = (*story.paragraphs, *more.paragraphs)[: dice.randint(3, 9)]
    paragraphs = tuple(f"Of the {subject}: {text}" for text in paragraphs)
    at = START + timedelta(minutes=number * 1440 // STORIES_A_DAY)
    return Sheet(
        number=number,
        section=chosen,
        url=f"https://courier.example/{chosen}/{at:%Y/%m/%d}/story-{number}",
        headline=story.headline,
        dek=f"{subject.title()} people look back on a year of {dice.choice(('repairs', 'visits'))} in {number} houses",
        author=dice.choice(_NAMES) if dice.random() > 0.04 else None,
        date=at.isoformat(),
        published_at=at,
        paragraphs=paragraphs,
        box=_BOXES.get(chosen, _BOXES["world"]),
    )


def page_and_hints(shown: Sheet) -> tuple[Page, Hints]:
    """The page as a crawl hands it to extraction, and what the feed said of it."""
    page = Page(url=shown.url, body=_html(shown).encode(), content_type="text/html; charset=utf-8")
    hints = Hints(language="en", site_name=SITE)
    if shown.in_feed:
        hints = replace(hints, title=shown.feed_headline or shown.headline, published_at=shown.published_at)
    return page, hints


def _html(shown: Sheet) -> str:
    title = escape(shown.headline)
    metas = [
        f'<meta property="og:title" content="{title}">',
        f'<meta name="description" content="{escape(shown.dek)}">',
        f'<meta property="og:site_name" content="{SITE}">',
        '<meta property="og:type" content="article">',
    ]
    metas += [f'<meta property="article:published_time" content="{shown.date}">'] if shown.date else []
    metas += [f'<meta name="author" content="{escape(shown.author)}">'] if shown.author else []
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": shown.headline}
    data |= {"articleBody": shown.stated} if shown.stated else {}
    metas.append(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    byline = f'<p class="byline">By {escape(shown.author)}</p>' if shown.author else ""
    text = "".join(f"<p>{escape(each)}</p>" if not each.startswith("<") else each for each in shown.paragraphs)
    menu = "".join(f'<a href="/{name}">{name.title()}</a> ' for name in SECTIONS)
    return (
        f'<!doctype html><html lang="{shown.language}"><head><meta charset="utf-8"><title>{title} | {SITE}</title>'
        f"{''.join(metas)}</head><body><nav>{menu}</nav><article><h1>{title}</h1>"
        f'<p class="dek">{escape(shown.dek)}</p>{byline}{shown.box.format(text)}{shown.beside}</article>'
        f"<footer>{SITE}, since 1901</footer></body></html>"
    )
