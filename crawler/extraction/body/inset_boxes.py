"""Boxes inside a story that are not part of it: prompts, machine-made summaries and centred captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.body.inset_cards import inset_cards
from crawler.extraction.page.alignment import alignment
from crawler.extraction.page.passages import IN_FIGURE, WHOLE_TAGS, Box, Passage, characters_in, is_inside, line_of
from crawler.extraction.text import ends_sentence

MAX_BOX_SHARE = 0.25  # of the story's characters: a larger box is the story's own
MAX_BOX_PASSAGES = 8
MAX_PROMPT_CHARACTERS = 250
MAX_CAPTION_CHARACTERS = 80  # of a line below a picture that is not a sentence; a choice
LEVELS = 3  # from a passage up to the box that is named as a machine's summary
PROMOTION_LEVELS = 2  # from a passage up to the box that is named as a promotion

_MADE = re.compile(
    r"(?:^|[-_\s])ai[-_]?(?:summary|summaries|overview|generated|highlights|takeaways)|summary[-_]ai\b", re.IGNORECASE
)
# Whole classes, with a prefix as in "o-self-promo": "promo-image" and "article-promo" may hold what is the story's
_PROMOTES = re.compile(
    r"(?:^|\s)(?:[a-z]{1,2}[-_])?(?:self-?promo|promo-?(?:box|block|banner|inline)|(?:inline-?)?newsletter"
    r"(?:-?(?:box|block|banner|inline|teaser|promo|cta|form|sign-?up))?)(?=\s|$)",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def inset_boxes(passages: Sequence[Passage], kept: Sequence[int]) -> set[int]:
    """The indexes of kept passages in boxes of prompts or machine-made summaries, and of centred captions."""
    size = characters_in(passages, kept)
    made: dict[int, bool] = {}
    found = {index for index in kept if _is_made(passages[index].box, made)}
    for box in (*_prompting(passages, kept), *_promoting(passages, kept), *inset_cards(passages, kept)):
        held = [index for index in kept if is_inside(passages[index].box, box)]
        characters = characters_in(passages, held)
        if len(held) <= MAX_BOX_PASSAGES and characters <= MAX_BOX_SHARE * size:
            found.update(held)
    found = found if characters_in(passages, found) <= MAX_BOX_SHARE * size else set()
    return found | _captions(passages, kept)


def _is_made(box: Box, known: dict[int, bool]) -> bool:
    """Whether a box is in one named as a machine's summary; `known` caches results by the surrounding box."""
    around = box.parent or box
    if around.number not in known:
        near = (each.names for each in islice(line_of(around), LEVELS))
        known[around.number] = any(_names_a_machine(names) for names in near if names)
    return known[around.number]


@lru_cache(maxsize=10_000)
def _names_a_machine(names: str) -> bool:
    return _MADE.search(names) is not None


def _prompting(passages: Sequence[Passage], kept: Sequence[int]) -> list[Box]:
    """The boxes of prompts, each once, except those of a kind in which the story has passages elsewhere."""
    paths = [_kind_around(passages[index].box) for index in kept]
    often = Counter(paths)
    boxes: dict[int, Box] = {}
    for index, path in zip(kept, paths, strict=True):
        around = passages[index].box.parent
        if around is None or around.tag in WHOLE_TAGS or often[path] > MAX_BOX_PASSAGES:
            continue
        text = passages[index].text
        if len(text) <= MAX_PROMPT_CHARACTERS and is_furniture(text):
            boxes[around.number] = around
    if not boxes:
        return []
    kinds = {number: box.path for number, box in boxes.items()}
    others = {path for index, path in zip(kept, paths, strict=True) if not _is_in_any(passages[index].box, boxes)}
    return [box for number, box in boxes.items() if kinds[number] not in others]


def _promoting(passages: Sequence[Passage], kept: Sequence[int]) -> list[Box]:
    """The boxes named as promotions or newsletters that hold a short line with a link, each once."""
    boxes: dict[int, Box] = {}
    for passage in (passages[index] for index in kept):
        if passage.link_count and len(passage.text) <= MAX_PROMPT_CHARACTERS and not ends_sentence(passage.text):
            near = (each for each in islice(line_of(passage.box), PROMOTION_LEVELS) if each.tag not in WHOLE_TAGS)
            boxes |= {each.number: each for each in near if each.names and _promotes(each.names)}
    return list(boxes.values())


@lru_cache(maxsize=10_000)
def _promotes(names: str) -> bool:
    return _PROMOTES.search(names) is not None


def _is_in_any(box: Box, boxes: dict[int, Box]) -> bool:
    return any(each.number in boxes for each in line_of(box))


def _kind_around(box: Box) -> str:
    return box.parent.path if box.parent else ""


def _captions(passages: Sequence[Passage], kept: Sequence[int]) -> set[int]:
    """The indexes of short centred lines below a picture; none if most of the story is centred."""
    found = {index for index in kept if _is_caption(passages[index]) and _is_centred(passages[index].box)}
    if found and 2 * sum(_is_centred(passages[index].box) for index in kept) > len(kept):
        return set()
    return found


def _is_centred(box: Box) -> bool:
    return alignment(box) == "center"


def _is_caption(passage: Passage) -> bool:
    """Whether a passage follows a picture and is short, and not a sentence, heading, label or link."""
    if not passage.image_before or len(passage.text) > MAX_CAPTION_CHARACTERS or ends_sentence(passage.text):
        return False
    is_head = passage.box.tag in _HEADINGS or passage.bold_characters or passage.text[-1] in ":："
    return not (is_head or passage.link_characters or passage.box.roles & IN_FIGURE)
