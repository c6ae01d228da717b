"""Captions among a page's passages: beside the story of news, except where the pictures tell it."""

from __future__ import annotations

import re

from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import ROLES, WHOLE_TAGS, Passage, characters_in

MIN_CAPTIONS = 3  # of a story told in pictures, with most of its text in captions; a choice
MAX_TOLD_BESIDE = 600  # characters of such a story outside its captions; a choice

_CAPTION_BITS = bits_of("caption")
_CAPTION_NAMES = re.compile(r"(?:^|[\s_-])(?:(?:embed|image|photo|media|fig)[-_]?)?caption(?:$|[\s_-])", re.IGNORECASE)


def is_caption(passage: Passage) -> bool:
    """Whether a passage is a caption or a first-level heading, which are not part of the story in news."""
    box = passage.box
    if box.roles & ROLES["figcaption"] or box.tag == "h1":
        return True
    return any(
        each.tag not in WHOLE_TAGS and each.bits & _CAPTION_BITS and _CAPTION_NAMES.search(each.names)
        for each in (box, box.parent)
        if each is not None
    )


def telling_captions(passages: list[Passage], told: list[bool], sure_of: list[float], least: float) -> set[int]:
    """The indexes of the captions of a story told in pictures, with little text beside them, each that sure."""
    captions = {
        index
        for index, passage in enumerate(passages)
        if passage.box.roles & ROLES["figcaption"] and sure_of[index] >= least
    }
    if len(captions) < MIN_CAPTIONS:
        return set()
    beside = (index for index, is_told in enumerate(told) if is_told and not is_caption(passages[index]))
    most_beside = min(MAX_TOLD_BESIDE, characters_in(passages, captions))
    return captions if characters_in(passages, beside) <= most_beside else set()
