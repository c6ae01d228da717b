"""The dek among the passages taken for the story: it leaves them where the page sets it apart from the text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crawler.extraction.body.passages import Box, Passage, line_of
from crawler.extraction.text import is_part, word_key

MIN_PART_CHARACTERS = 60  # of one of several paragraphs of a dek; a choice
PROSE_CHARACTERS = 100  # of the story's text: what stands below it is no dek
_RUN_TAGS = frozenset({"p", "div", "li"})


def dek_apart(passages: Sequence[Passage], chosen: Sequence[int], headline: int, dek: str) -> set[int]:
    """The indexes of chosen passages that show the text of the dek above the story and not as its first paragraph.

    Such a passage shares with the headline a box that holds none of the story, or stands in one of its own beside the
    story's. A lede that repeats the dek stands among the story's paragraphs and stays.
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


def _opening(passages: Sequence[Passage], chosen: Sequence[int]) -> list[int]:
    """The chosen passages up to the second long one."""
    opening: list[int] = []
    long = 0
    for index in chosen:
        opening.append(index)
        long += len(passages[index].text) >= PROSE_CHARACTERS
        if long > 1:
            break
    return opening


def _own_box(box: Box, around: Collection[int], held: Collection[int]) -> Box | None:
    """The largest box around a passage that is not the headline's; None where it holds some of the story."""
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
