"""The dek among the passages chosen for the story: found by its text or its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crawler.extraction.bylines.shown_bylines import is_signed
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.image_credits import PHOTO_CREDIT
from crawler.extraction.page.passages import IN_FIGURE, Box, Passage, line_of
from crawler.extraction.text import ends_sentence, is_part, word_key

MIN_PART_CHARACTERS = 60  # of one of a dek's several paragraphs; a choice
PROSE_CHARACTERS = 100  # of a paragraph of the story: a dek does not come below one
MIN_PLACED_CHARACTERS = 25  # of a dek recognized only by its place
MIN_BESIDE_CHARACTERS = 50  # of one outside the story: shorter ones are notices, bylines and dates
MAX_PLACED_CHARACTERS = 400
MAX_STEPS_TO_DEK = 4  # passages after the headline: a byline, a date and a button may come before the dek
MAX_LINKED_SHARE = 0.2  # of its characters
MAX_DATED_CHARACTERS = 80  # of a line with a date between headline and story
MIN_PROSE_PASSAGES = 3  # of a story below a dek recognized only by its place
_RUN_TAGS = frozenset({"p", "div", "li"})
_LIST_TAGS = frozenset({"li", "td", "dd"})


def dek_apart(passages: Sequence[Passage], chosen: Sequence[int], headline: int, dek: str) -> set[int]:
    """The indexes of chosen passages that show the dek's text above the story, not as its first paragraph.

    Such a passage shares a box with the headline that holds none of the story, or has a box of its own beside the
    story's. A lede that repeats the dek is among the story's paragraphs and stays.
    """
    if headline < 0:
        return set()
    words = word_key(dek)
    shown = [index for index in _opening(passages, chosen) if _is_shown(passages[index].text, words)]
    story = [passages[index] for index in chosen if index not in set(shown)]
    if not shown or not story:
        return set()
    held = {box.number for passage in story for box in line_of(passage.box)}
    paths = {passage.box.path for passage in story if passage.box.tag in _RUN_TAGS}
    around = {box.number for box in line_of(passages[headline].box)}
    return {
        index
        for index in shown
        if passages[index].box.path not in paths and _own_box(passages[index].box, around, held) is not None
    }


def without_second_headline(passages: Sequence[Passage], chosen: list[int], headline: int) -> list[int]:
    """The choice without a further first-level heading right behind the headline in its box, which words it anew."""
    second = headline + 1
    if headline < 0 or second >= len(passages) or passages[second].box.tag != "h1" or second not in chosen:
        return chosen
    is_beside = passages[second].box.parent is passages[headline].box.parent
    return [index for index in chosen if index != second] if is_beside else chosen


def placed_dek(passages: Sequence[Passage], chosen: Sequence[int], headline: int) -> int | None:
    """The index of the first chosen passage after the headline if its place makes it a dek, or None.

    A byline, date or lead image separates it from the story, and it is not built like the story's paragraphs.
    Of 75 such passages in the corpora that neither a name nor the page's data marks as a dek, 70 are deks.
    """
    first = next((index for index in chosen if index > headline), -1)
    return first if headline >= 0 and _is_placed(passages, chosen, headline, first) else None


def beside_dek(passages: Sequence[Passage], chosen: Sequence[int], headline: int) -> str | None:
    """The sentence right after the headline, in its box and outside the story, if it is placed like a dek."""
    index = headline + 1
    if (
        headline < 0
        or not chosen
        or index >= chosen[0]
        or passages[index].box.parent is not passages[headline].box.parent
    ):
        return None
    text = passages[index].text
    is_sentence = len(text) >= MIN_BESIDE_CHARACTERS and ends_sentence(text)
    return text if is_sentence and _is_placed(passages, chosen, headline, index) else None


def _is_placed(passages: Sequence[Passage], chosen: Sequence[int], headline: int, first: int) -> bool:
    if not 0 < first - headline <= MAX_STEPS_TO_DEK or not _may_be_dek(passages[first]):
        return False
    story = [index for index in chosen if index > first and len(passages[index].text) >= PROSE_CHARACTERS]
    if len(story) < MIN_PROSE_PASSAGES or any(passages[first].box.path == passages[index].box.path for index in story):
        return False
    held = {box.number for index in story for box in line_of(passages[index].box)}
    around = {box.number for box in line_of(passages[headline].box)}
    between = passages[first + 1 : story[0]]
    is_parted = passages[story[0]].image_before or any(map(_parts, between))
    return is_parted and _own_box(passages[first].box, around, held) is not None


def _may_be_dek(passage: Passage) -> bool:
    """Whether a passage has the length of a dek and is not a caption, byline, date, link or list item."""
    text = passage.line
    if not MIN_PLACED_CHARACTERS <= len(text) <= MAX_PLACED_CHARACTERS or passage.box.roles & IN_FIGURE:
        return False
    if passage.box.tag in _LIST_TAGS or passage.link_characters > MAX_LINKED_SHARE * len(text):
        return False
    is_dated = find_moment(text[:MIN_PLACED_CHARACTERS]) is not None
    return not (is_signed(passage) or is_dated or PHOTO_CREDIT.search(text))


def _parts(passage: Passage) -> bool:
    """Whether a passage separates a dek from the story: with a picture, byline or date."""
    if passage.image_before or passage.box.roles & IN_FIGURE or is_signed(passage):
        return True
    return len(passage.line) <= MAX_DATED_CHARACTERS and find_moment(passage.line) is not None


def _opening(passages: Sequence[Passage], chosen: Sequence[int]) -> list[int]:
    """The chosen indexes up to the second long passage."""
    opening: list[int] = []
    long = 0
    for index in chosen:
        opening.append(index)
        long += len(passages[index].text) >= PROSE_CHARACTERS
        if long > 1:
            break
    return opening


def _own_box(box: Box, around: Collection[int], held: Collection[int]) -> Box | None:
    """The largest box around a passage without the headline; None if that holds some of the story."""
    own = None
    for each in line_of(box):
        if each.number in around:
            return own
        if each.number in held:
            return None
        own = each
    return own


def _is_shown(text: str, dek: tuple[str, ...]) -> bool:
    """Whether a passage is the dek or one of its paragraphs."""
    return (words := word_key(text)) == dek or (len(text) >= MIN_PART_CHARACTERS and is_part(words, dek))
