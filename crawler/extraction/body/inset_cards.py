"""Boxes among a story's passages that are for something else: forms to sign up, notes on the writer, other stories.

Each is known by what it holds or is named, whatever its sentences say. None of these boxes held annotated text of the
431 pages with a whole body, apart from pages that are made of them: the caller leaves those alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from crawler.extraction.page.passages import WHOLE_TAGS, Box, Passage, is_inside, line_of

LEVELS = 3  # from a passage up to its box
MAX_FORM_CHARACTERS, MAX_FORM_PASSAGES = 600, 8  # of what a form says; a choice
MAX_CARD_PASSAGES = 4  # headline, kicker, summary, date; a choice
LINKED_SHARE = 0.9  # of a card's headline
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_STORY_TAGS = frozenset({"article", "main"})

# Whole words of a name, whose parts systems join by one or two dashes or underscores: "article--newsletter-signup"
_SIGNS_UP = re.compile(
    r"(?:^|[\s_-])(?:(?:newsletter|e-?mail)[-_]{0,2}(?:sign-?up|subscri(?:be|ption)|form|opt-?in|registration)"
    r"|(?:sign-?up|subscri(?:be|ption))[-_]{1,2}(?:form|box|card|widget|prompt|cta))(?:$|[\s_-])",
    re.IGNORECASE,
)
_WRITER_NOTE = re.compile(
    r"(?:^|[\s_-])(?:(?:author|writer|autor|auteur)[-_]{0,2}(?:bio(?:graphy)?|about|profile|description)"
    r"|about[-_](?:the[-_])?(?:author|writer))(?:$|[\s_-])",
    re.IGNORECASE,
)


def inset_cards(passages: Sequence[Passage], kept: Sequence[int]) -> list[Box]:
    """The boxes that hold kept passages and sign readers up, tell of the writer or lead to another story; each once."""
    judged: dict[int, Box | None] = {}  # each box is looked at once
    for index in kept:
        for box in islice(line_of(passages[index].box), LEVELS):
            if box.number not in judged:
                judged[box.number] = box if _is_inset(passages, index, box) else None
            if box.tag in WHOLE_TAGS:
                break
    return [box for box in judged.values() if box is not None]


def _is_inset(passages: Sequence[Passage], index: int, box: Box) -> bool:
    """Whether a box, of which one passage is given, is none of the story's."""
    if box.tag in WHOLE_TAGS:
        return _is_card(passages, index, box)
    return bool(box.names and _is_named(box.names)) or (box.asks_for_mail and _is_short(passages, index, box))


@lru_cache(maxsize=10_000)
def _is_named(names: str) -> bool:
    return _SIGNS_UP.search(names) is not None or _WRITER_NOTE.search(names) is not None


def _is_card(passages: Sequence[Passage], index: int, box: Box) -> bool:
    """Whether an article inside the story's own is a card: a linked headline, maybe with a kicker and summary."""
    if box.tag != "article" or not any(each.tag in _STORY_TAGS for each in line_of(box.parent)):
        return False
    held = _held(passages, index, box)
    return len(held) <= MAX_CARD_PASSAGES and any(map(_leads_away, held))


def _is_short(passages: Sequence[Passage], index: int, box: Box) -> bool:
    """Whether a box, of which one passage is given, holds no more than a form says."""
    held = _held(passages, index, box)
    return len(held) <= MAX_FORM_PASSAGES and sum(len(each.text) for each in held) <= MAX_FORM_CHARACTERS


def _held(passages: Sequence[Passage], index: int, box: Box) -> Sequence[Passage]:
    """The passages that a box holds, given one of them; not all where they are more than any of these boxes has."""
    first, last = index, index
    while first and index - first <= MAX_FORM_PASSAGES and is_inside(passages[first - 1].box, box):
        first -= 1
    while last + 1 < len(passages) and last - index <= MAX_FORM_PASSAGES and is_inside(passages[last + 1].box, box):
        last += 1
    return passages[first : last + 1]


def _leads_away(passage: Passage) -> bool:
    """Whether a passage is a heading that is a link to another page."""
    is_heading = any(each.tag in _HEADINGS for each in islice(line_of(passage.box), 2))
    is_link = passage.link_characters >= LINKED_SHARE * len(passage.text.replace(" ", ""))
    return is_heading and is_link and "/" in passage.leads_to.partition("#")[0]
