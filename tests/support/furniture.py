"""Article pages whose furniture is another at each fetch: related links, lists, ads, counters, ages, tokens."""

from __future__ import annotations

import random
from html import escape

NOUNS = ("harbour", "bridge", "council", "orchard", "glacier", "museum", "ferry", "school", "market", "stadium")
VERBS = ("reopens", "closes", "expands", "moves", "floods", "recovers", "celebrates", "strikes", "votes", "waits")
PLACES = ("Bergen", "Izmir", "Lagos", "Lima", "Osaka", "Porto", "Quito", "Riga", "Split", "Tunis")
CLAUSES = (
    "officials said the work would take longer than planned",
    "residents had asked for years that something be done",
    "the cost is shared by the city and the region",
    "engineers found cracks in three of the older pillars",
    "nobody was hurt and traffic was led around the site",
    "a report by an outside panel is due in the spring",
    "shop owners fear for their trade in the holiday weeks",
    "the opposition called the decision late but right",
)


class FurnishedSite:
    """Stories by number; `page` draws new furniture at every call, the story stays as it is until `edit`."""

    def __init__(self, *, seed: int = 1) -> None:
        self._furniture = random.Random(seed)
        self._edits: dict[int, int] = {}

    def edit(self, number: int) -> None:
        """Change one sentence of a story."""
        self._edits[number] = self._edits.get(number, 0) + 1

    def page(self, number: int) -> str:
        """The page of a story as one fetch gets it."""
        title, paragraphs = story(number, edit_count=self._edits.get(number, 0))
        body = [f"<p>{escape(text)}</p>" for text in paragraphs]
        body.insert(2, self._box("related", "Related", 3))
        body.insert(4, self._ad())
        published = f"2026-01-{1 + number % 28:02d}T08:{number % 60:02d}:00+00:00"
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{escape(title)} - Furnished Post</title>
<meta name="csrf-token" content="{self._token()}"><meta property="og:type" content="article">
<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="Furnished Post">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="/news/{number}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{escape(title)}", "datePublished": "{published}"}}</script>
<script>window.nonce = "{self._token()}";</script></head><body>
<header><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<div class="ticker">Breaking: {escape(self._headline())}</div></header>
<main><article><h1>{escape(title)}</h1>
<div class="meta"><time datetime="{published}">January 2026</time>
<span class="age">{self._number(59)} minutes ago</span>
<span class="views">{self._number(90_000)} views</span>
<span class="share-count">{self._number(900)} shares</span></div>
<div class="article-body">{"".join(body)}</div>
<div class="comments-link"><a href="#comments">{self._number(300)} comments</a></div></article>
{self._box("most-read", "Most read", 5)}</main>
<aside>{self._box("latest", "Latest", 6)}{self._ad()}</aside>
{self._explore()}<footer>Furnished Post, {self._number(9999)} readers online</footer></body></html>"""

    def _box(self, name: str, heading: str, count: int) -> str:
        items = "".join(
            f'<li><a href="/news/{self._number(99)}">{escape(self._headline())}</a></li>' for _ in range(count)
        )
        return f'<div class="{name}"><h3>{heading}</h3><ul>{items}</ul></div>'

    def _explore(self) -> str:
        cards = "".join(
            f'<div class="card"><a href="/news/{self._number(99)}"><h4>{escape(self._headline())}</h4></a>'
            f"<p>{self._number(23)} hours ago</p></div>"
            for _ in range(18)
        )
        return f'<section class="explore"><h2>Explore</h2>{cards}</section>'

    def _ad(self) -> str:
        place = self._furniture.choice(PLACES)
        return (
            f'<div class="ad" id="slot-{self._token()}"><span>Advertisement</span>'
            f'<a href="/out?{self._token()}">Save {self._number(70)}% on tickets to {place}</a></div>'
        )

    def _headline(self) -> str:
        draw = self._furniture
        return f"{draw.choice(PLACES)} {draw.choice(NOUNS)} {draw.choice(VERBS)} after {self._number(40)} days"

    def _number(self, most: int) -> int:
        return self._furniture.randint(2, most)

    def _token(self) -> str:
        return f"{self._furniture.getrandbits(64):016x}"


def story(number: int, *, edit_count: int = 0) -> tuple[str, list[str]]:
    """Headline and paragraphs of a story; each edit changes a sentence."""
    draw = random.Random(number)
    place, noun, verb = draw.choice(PLACES), draw.choice(NOUNS), draw.choice(VERBS)
    paragraphs = []
    for _ in range(draw.randint(5, 9)):
        clauses = draw.sample(CLAUSES, 3)
        first = clauses[0][0].upper() + clauses[0][1:]
        paragraphs.append(f"{first}, while {clauses[1]}. In {draw.choice(PLACES)}, {clauses[2]}.")
    if edit_count:
        paragraphs[1] += f" This was confirmed in statement number {edit_count} on the {noun}."
    return f"{place} {noun} {verb}, story {number}", paragraphs
