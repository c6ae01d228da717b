"""What surely stands apart from a story that a page shows in full: calendars, facts about who posted, columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from crawler.extraction.body.wholes import within
from crawler.extraction.page.passages import Box, Passage
from crawler.extraction.text import ends_sentence

MIN_DAYS = 28  # of a calendar
MAX_WEEKDAYS = 12  # texts of a calendar besides its days: weekdays, months
MIN_SHOWN_DAYS = 15  # of a calendar, taken for story; a choice
MAX_FACTS_CHARACTERS = 300  # about who wrote a post: "Joined: Jan 5, 2019", "Messages: 12"; a choice
MAX_CELL_CHARACTERS = 80  # of a line in a column beside the story, in a page laid out as a table
MIN_BEHIND_CHARACTERS = 300  # of story after the headline: then what is above it in other cells is not story

# Boxes about who wrote a post, as the usual systems for forums name them
_POSTER = re.compile(
    r"(?:^|[\s_-])(?:message-?user(?:details|extras|title|info)?|post-?profile|user-?(?:info|stats|details|extras|block|title|card)|poster(?:-?info)?"
    r"|post_?author|author-?(?:pane|stats)|member-?(?:info|stats|card)|mini-?profile|c-?author-?pane)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TABLES = frozenset({"table"})
_DAY = re.compile(r"[0-3]?\d")


def stands_apart(passages: Sequence[Passage], kept: Sequence[int], headline: int) -> set[int]:
    """The indexes of kept passages that are days of a calendar, facts about posters or cells beside the story.

    `headline` is the index of the headline's passage, -1 if none shows it.
    """
    found = _calendars(passages, kept) | _facts(passages, kept)
    rest = [index for index in kept if index not in found]
    return found | _cells_above(passages, rest, headline)


def _calendars(passages: Sequence[Passage], kept: Sequence[int]) -> set[int]:
    """The passages of tables that hold the numbers of a month's days in their order and hardly anything else."""
    short = [index for index in kept if len(passages[index].text) <= 2]
    if sum(passages[index].text.isdigit() for index in short) < MIN_SHOWN_DAYS:
        return set()
    tables: dict[int, list[int]] = defaultdict(list)
    for index, passage in enumerate(passages):
        if (table := within(passage.box, _TABLES)) is not None:
            tables[table.number].append(index)
    found = (set(each) for each in tables.values() if _counts_days([passages[index].text for index in each]))
    return set().union(*found) & set(kept)


def _counts_days(texts: Sequence[str]) -> bool:
    days = [int(text) for text in texts if _DAY.fullmatch(text)]
    return len(days) >= MIN_DAYS and days == list(range(1, len(days) + 1)) and len(texts) - len(days) <= MAX_WEEKDAYS


def _facts(passages: Sequence[Passage], kept: Sequence[int]) -> set[int]:
    """The passages of boxes about the writers of posts, if the page has several such boxes."""
    boxes: dict[int, Box] = {}
    held: dict[int, set[int]] = defaultdict(set)
    known: dict[int, Box | None] = {}
    for index in kept:
        if box := _poster_around(passages[index].box, known):
            boxes[box.number] = box
            held[box.number].add(index)
    often = Counter(box.path for box in boxes.values())
    return {
        index
        for number, indexes in held.items()
        if often[boxes[number].path] > 1 and sum(len(passages[each].text) for each in indexes) <= MAX_FACTS_CHARACTERS
        for index in indexes
    }


def _poster_around(box: Box | None, known: dict[int, Box | None]) -> Box | None:
    """The innermost box about a post's writer that a box is or stands in; `known` holds results by box number."""
    if box is None:
        return None
    if box.number not in known:
        own = bool(box.names) and _names_a_poster(box.names)
        known[box.number] = box if own else _poster_around(box.parent, known)
    return known[box.number]


@lru_cache(maxsize=10_000)
def _names_a_poster(names: str) -> bool:
    return _POSTER.search(names) is not None


def _cells_above(passages: Sequence[Passage], kept: Sequence[int], headline: int) -> set[int]:
    """The short lines before the headline, in a page laid out as a table, if enough of the story is behind it."""
    if headline < 0 or passages[headline].box.tag not in ("td", "th"):
        return set()
    behind = sum(len(passages[index].text) for index in kept if index > headline)
    above = [index for index in kept if index < headline]
    if behind < MIN_BEHIND_CHARACTERS:
        return set()
    texts = ((index, passages[index].text) for index in above)
    return {index for index, text in texts if len(text) <= MAX_CELL_CHARACTERS and not ends_sentence(text)}
