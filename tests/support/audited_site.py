"""Pages of a site with a template that can be broken in ten ways, as a redesign does."""

from __future__ import annotations

import json
import random
from html import escape

from tests.support.explore_site import make_story

SITE_NAME = "Gazette of the Coast"
BREAKS = (
    "body container renamed", "body only in a script", "consent wall", "date gone", "title is the site's name",
    "body cut to the teaser", "related list in the body", "encoding broken", "byline gone", "empty body",
)  # fmt: skip

_NAMES = ("Ada Larsson", "Jo Petrov", "Mina Kaya", "Luis Ferrer", "Ines Novak", "Tom Okafor")
_CONSENT = (
    "We use cookies and other technologies to store data on your device. With your consent we and our partners use "
    "cookies for personalised content. You can withdraw your consent at any time in the cookie settings. "
    "Accept all cookies or manage your privacy preferences."
)


def audited_page(number: int, broken: str | None = None) -> bytes:
    """Page `number` of the site, as it usually is or with this break of its template.

    Usual pages differ: lengths by a factor of some twenty, a fifth without byline, some with short summaries.
    """
    dice = random.Random(f"audited {number}")
    stories = [make_story(number * 7 + more) for more in range(dice.choice((1, 1, 2, 3, 5)))]
    paragraphs = [f"“{text}” They don’t agree." for story in stories for text in story.paragraphs]
    paragraphs = paragraphs[: max(1, round(len(paragraphs) * dice.uniform(0.2, 1)))]
    title, teaser = stories[0].headline, paragraphs[0][: dice.randint(60, 160)]
    author = dice.choice(_NAMES) if dice.random() > 0.2 else None
    if broken == "byline gone":
        author = None
    date: str | None = f"2026-{number % 9 + 1:02d}-{number % 27 + 1:02d}T08:00:00+00:00"
    if broken == "date gone":
        date = None
    if broken == "title is the site's name":
        title = SITE_NAME
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    if broken == "related list in the body":
        links = (
            f'<li><a href="/x{i}">{escape(make_story(90_000 + number * 9 + i).headline)}</a></li>' for i in range(9)
        )
        body += f"<ul>{''.join(links)}</ul><p>{escape(paragraphs[0][::-1])}</p>"
    container = f'<div class="story-text">{body}</div>'
    if broken == "body container renamed":
        container = f'<section class="c-prose"><div class="c-prose__in">{body}</div></section>'
    elif broken == "body cut to the teaser":
        container = f'<div class="story-text"><p>{escape(teaser)}</p></div>'
    elif broken == "empty body":
        container = '<div class="story-text"></div>'
    elif broken == "body only in a script":
        state = json.dumps({"props": {"article": {"headline": title, "body": body}}})
        container = f'<div id="app"></div><script id="__NEXT_DATA__" type="application/json">{state}</script>'
    elif broken == "consent wall":
        container = f"<div class='wall'><p>{_CONSENT}</p></div>"
    html = _page(title, teaser, author, date, container, is_wall=broken == "consent wall")
    if broken == "encoding broken":
        return html.encode().decode("cp1252", "replace").encode()
    return html.encode()


def _page(title: str, teaser: str, author: str | None, date: str | None, container: str, *, is_wall: bool) -> str:
    metas = [
        f'<meta property="og:title" content="{escape(title)}">',
        f'<meta name="description" content="{escape(teaser)}">',
    ]
    metas += [f'<meta property="og:site_name" content="{SITE_NAME}">']
    if not is_wall:
        metas.append('<meta property="og:type" content="article">')
        metas += [f'<meta property="article:published_time" content="{date}">'] if date else []
        metas += [f'<meta name="author" content="{author}">'] if author else []
    byline = f'<p class="byline">By {author}</p>' if author and not is_wall else ""
    menu = "".join(f'<a href="/{name}">{name.title()}</a> ' for name in ("world", "business", "sport", "culture"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{''.join(metas)}</head>"
        f"<body><nav>{menu}</nav><article><h1>{escape(title)}</h1>{byline}{container}</article>"
        f"<footer>{SITE_NAME}, since 1901</footer></body></html>"
    )
