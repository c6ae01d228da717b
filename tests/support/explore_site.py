"""A news site whose pages end in a list of other stories' headlines, which changes as the hours go by."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.support.publisher import Publisher

LISTED = 12  # headlines in the list at any time
PROMPT = "Our channel on the messenger of your choice tells more stories like this one."
# How the list is marked up: as links, as cards that a script opens, and within the story's own container
LAYOUTS = ("links", "cards", "inside")

_SUBJECTS = (
    "harbour", "orchard", "glacier", "railway", "library", "volcano", "theatre", "pharmacy", "reservoir", "lighthouse",
    "vineyard", "observatory", "tannery", "quarry", "monastery", "shipyard", "aqueduct", "brewery", "museum", "mill",
)  # fmt: skip
_EVENTS = (
    "reopens after ten years", "was sold to its workers", "loses its oldest roof", "finds a buyer at last",
    "counts its winter guests", "is measured from the air", "gets a second bridge", "stands empty again",
)  # fmt: skip
_VERBS = ("repaired", "counted", "painted", "measured", "carried", "closed", "lent", "described", "guarded", "weighed")
_THINGS = ("beams", "ledgers", "lanterns", "barrels", "ropes", "windows", "maps", "wheels", "stones", "letters")
_PLACES = ("Kemer", "Oulu", "Varna", "Sligo", "Tartu", "Zadar", "Bergen", "Nafplio", "Gdansk", "Lugo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One story of the site."""

    path: str
    headline: str
    paragraphs: tuple[str, ...]


def make_story(number: int) -> Story:
    """A story whose sentences no other has."""
    dice = random.Random(number)
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    headline = f"The {subject} of {dice.choice(_PLACES)} {_EVENTS[number * 3 % len(_EVENTS)]} ({number})"

    def sentence() -> str:
        count, verb, thing, place = dice.randint(11, 9_999), *map(dice.choice, (_VERBS, _THINGS, _PLACES))
        more = dice.randint(11, 999)
        return f"In {place} they {verb} {count} {thing} of the {subject}, {more} more than the year before."

    paragraphs = tuple(" ".join(sentence() for _ in range(3)) for _ in range(dice.randint(4, 7)))
    return Story(path=f"/story/{number}", headline=headline, paragraphs=paragraphs)


class ExploreSite:
    """Serves its stories; the list under each shows the newest headlines at the hour it is asked for."""

    def __init__(self, publisher: Publisher, *, layout: str) -> None:
        self.stories: list[Story] = []
        self._publisher = publisher
        self._layout = layout
        self._extra = [make_story(10_000 + number) for number in range(200)]  # headlines of stories not crawled

    def publish(self, count: int) -> list[str]:
        """New stories, their addresses."""
        new = [make_story(len(self.stories) + number) for number in range(count)]
        self.stories += new
        return [f"{self._publisher.url}{story.path}" for story in new]

    def headlines_at(self, hour: int) -> list[str]:
        """The list as it is then: own stories of late and others, a few of them new each hour."""
        others = [story.headline for story in self._extra[hour * 2 : hour * 2 + LISTED // 2]]
        return [*(story.headline for story in self.stories[-LISTED // 2 - hour % 3 :]), *others][:LISTED]

    def show(self, hour: int) -> None:
        """Serve every page as it looks at an hour."""
        for story in self.stories:
            self._publisher.page(story.path, self.page(story, hour))

    def page(self, story: Story, hour: int) -> str:
        """A story's page as it looks at an hour."""
        return self._html(story, [headline for headline in self.headlines_at(hour) if headline != story.headline])

    def _html(self, story: Story, listed: Sequence[str]) -> str:
        body = "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)
        prompt = f"<p>{escape(PROMPT)}</p>"
        title = escape(story.headline)
        inside, outside = "", ""
        if self._layout == "links":
            outside = "".join(f'<p><a href="/story/x{i}">{escape(text)}</a></p>' for i, text in enumerate(listed))
        elif self._layout == "cards":
            outside = "".join(f'<div class="text"><p>{escape(text)}</p></div>' for text in listed)
        else:
            inside = "".join(f"<p>{escape(text)}</p>" for text in listed)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
            f'<meta property="article:published_time" content="2026-01-05T08:00:00+00:00"></head>'
            f"<body><article><h1>{title}</h1><div class='text'>{body}{prompt}{inside}</div>{outside}</article>"
            "<footer>Test publisher</footer></body></html>"
        )
