"""Sites of different kinds on the test publisher, for looking at an unknown site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, TypeVar

import pytest

from config.settings import CrawlSettings
from crawler.politeness.turns import Turns
from crawler.proposals.autopilot import CannotFollow, propose
from crawler.proposals.probing import Prober
from crawler.proposals.proposal import Proposal
from store.service import Store
from tests.support.documents import Item
from tests.support.publisher import Publisher

P = ParamSpec("P")
T = TypeVar("T")
NOW = datetime.now(UTC).replace(microsecond=0)
TEXT = [
    "Water finds its level in every vessel that is joined to another, however wide or narrow the two were made.",
    "It does so in a pipe as well as in a canal, and the keepers of the old locks knew it long before it was written.",
    "The gates are opened twice a day, at the turn of the tide, when the pressure on both sides is nearly the same.",
    "Boats that come late wait for the next turn, which may be in the night, and pay for their place at the quay.",
    "Nobody in the town complains of it, since the sound of the gates has told the hours here for two hundred years.",
]


class Looker:
    """Looks at unknown sites, by what a record says of their hosts."""

    def __init__(self, store: Store, settings: CrawlSettings) -> None:
        self.store, self.settings = store, settings

    def __call__(self, address: str, **clocks: Any) -> Proposal:
        with closing(Turns(self.settings, self.store, **clocks)) as turns:
            prober = Prober(settings=self.settings, turns=turns, **clocks)
            return propose(address, prober=prober, read=read_here, now=NOW)

    def refusal(self, address: str) -> str:
        """Why a site cannot be followed, in one line."""
        with pytest.raises(CannotFollow) as refused:
            self(address)
        assert "\n" not in str(refused.value)
        return str(refused.value)


def read_here(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Read in this process what is else read in another."""
    return function(*args, **kwargs)


def story_path(number: int) -> str:
    """The path of a site's story."""
    return f"/world/the-lock-keepers-story-{10_000 + number}"


def stories(site: Publisher, count: int, *, first: int = 0) -> list[Item]:
    """Put so many articles on the site, the newest first; each is an hour older than the one before."""
    items = []
    for number in range(first, first + count):
        at = NOW - timedelta(hours=number)
        title = f"The lock keepers of town number {number}"
        body = _page(title, [f"In town number {number}: {line}" for line in TEXT], at)
        site.page(story_path(number), body)
        items.append(Item(link=site.url + story_path(number), title=title, published_at=at, modified_at=at))
    return items


def front(site: Publisher, items: Sequence[Item], *, head: str = "", path: str = "/") -> str:
    """A front page that links to these stories."""
    links = "".join(f'<li><a href="{item.link}">{item.title}</a></li>' for item in items)
    return site.page(
        path,
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Front page | The Canal Post</title>'
        f'<meta property="og:site_name" content="The Canal Post">{head}'
        '<script>var settings = {"timezone":"Europe/London"}</script></head>'
        '<body><nav><a href="/world">World</a><a href="/about-us">About</a><a href="/login">Log in</a></nav>'
        f"<main><ul>{links}</ul></main></body></html>",
    )


def _page(title: str, paragraphs: Sequence[str], at: datetime) -> str:
    text = "".join(f"<p>{line}</p>" for line in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Canal Post</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{at.isoformat()}"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )
