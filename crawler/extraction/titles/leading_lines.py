"""The line above a story, for pages that have no first-level heading and state no headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from crawler.extraction.bylines.byline_lines import opening_of
from crawler.extraction.bylines.page_words import NO_NAMES
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import IN_FIGURE, Passage
from crawler.extraction.text import is_part, word_key

PASSAGES_ABOVE = 8  # passages before the first paragraph in which the headline is looked for; a choice
MIN_PROSE_CHARACTERS = 120  # of the first paragraph; a choice
PROSE_PASSAGES = 3  # of which two must be long, so that a notice at the top is not taken for the story
MAX_LINKED_SHARE = 0.3  # of a paragraph's characters
MIN_WORDS = 2
MAX_CHARACTERS = 160
MIN_BOLD_SHARE = 0.9

_OF_PART = re.compile(r"^\d+[.)]|[:：]$")  # "1. Setting out", "In Switzerland:"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TITLE = bits_of("title")
_ELSEWHERE = bits_of("comment", "related", "nav", "foot", "side", "ad")


def leading_line(passages: Sequence[Passage], title: str) -> str | None:
    """The heading, or else the bold line or one named a title, above a page's first paragraphs, or None.

    None also if a line there is part of the page's `title`, which then gives the headline.
    """
    whole = word_key(title)
    first = next((index for index in range(len(passages)) if _begins_story(passages[index:])), None)
    if first is None:
        return None
    near = passages[max(0, first - PASSAGES_ABOVE) : first]
    if any(len(key := word_key(each.text)) >= MIN_WORDS and is_part(key, whole) for each in near):
        return None
    above = [each for each in near if _may_be_headline(each)]
    headings = [each for each in above if each.box.tag in _HEADINGS]
    return next((each.text for each in headings or above), None)


def _begins_story(passages: Iterable[Passage]) -> bool:
    near = list(islice(passages, PROSE_PASSAGES))
    return _is_prose(near[0]) and sum(map(_is_prose, near)) > 1


def _is_prose(passage: Passage) -> bool:
    size = len(passage.text)
    return size >= MIN_PROSE_CHARACTERS and passage.link_characters < MAX_LINKED_SHARE * size


def _may_be_headline(passage: Passage) -> bool:
    text = passage.text
    if len(text) > MAX_CHARACTERS or len(word_key(text)) < MIN_WORDS or passage.box.all_bits & _ELSEWHERE:
        return False
    is_marked = passage.box.tag in _HEADINGS or bool((passage.box.bits | passage.inline_bits) & _TITLE)
    if not (is_marked or passage.bold_characters >= MIN_BOLD_SHARE * len("".join(text.split()))):
        return False
    if passage.link_characters or passage.box.roles & IN_FIGURE or text.casefold() in NO_NAMES:
        return False
    return not (_OF_PART.search(text) or opening_of(text)[1] or find_moment(text) is not None)
