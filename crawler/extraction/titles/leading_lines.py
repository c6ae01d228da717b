"""The line that stands over a story on pages that have no heading of the first level and state no headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from crawler.extraction.body.passages import IN_FIGURE, Passage
from crawler.extraction.bylines.byline_lines import opening_of
from crawler.extraction.bylines.page_words import NO_NAMES
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.nametokens import GROUP_NAMES
from crawler.extraction.text import is_part, word_key

PASSAGES_ABOVE = 8  # the first paragraph, within which the headline stands; a choice
MIN_PROSE_CHARACTERS = 120  # of the first paragraph; a choice
PROSE_PASSAGES = 3  # of which two are long, so that a notice above the page is not taken for its story
MAX_LINKED_SHARE = 0.3  # of a paragraph
MIN_WORDS = 2
MAX_CHARACTERS = 160
MIN_BOLD_SHARE = 0.9

_OF_PART = re.compile(r"^\d+[.)]|[:：]$")  # "1. Setting out", "In Switzerland:"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TITLE = 1 << GROUP_NAMES.index("title")
_ELSEWHERE = sum(1 << GROUP_NAMES.index(name) for name in ("comment", "related", "nav", "foot", "side", "ad"))


def leading_line(passages: Sequence[Passage], title: str) -> str | None:
    """The heading, or line that is bold or called a title, over a page's first paragraphs; None where there is none.

    So it is where a line there is a part of the page's `title`, which tells the headline then.
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
