"""Further stories below the page's own: boxes with a headline and their own address, byline or date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from crawler.extraction.bylines.shown_bylines import MAX_DATED_CHARACTERS, is_signed
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.passages import IN_FIGURE, Box, Passage, characters_in, is_inside, line_of
from crawler.extraction.text import ends_sentence

MIN_STORY_CHARACTERS = 800  # of the page's own story before another one can begin
MIN_OTHER_CHARACTERS = 500  # of the other story: a shorter one is a list item; a choice
MIN_HEADLINE_CHARACTERS = 15  # a choice
PROSE_CHARACTERS = 200
LINKED_SHARE = 0.9  # of a heading's characters: then it is a link to another page
HEAD_PASSAGES = 8  # in which a headline's byline and date are looked for

_HEADINGS = frozenset({"h1", "h2"})


def other_stories(passages: Sequence[Passage], chosen: Sequence[int], headline: int) -> set[int]:
    """The numbers of boxes that hold other stories; `chosen` are the indexes of passages taken for the story.

    Such a box begins with a headline, which is a first-level heading or stands in the same kind of box as the page's
    own, and the box states its address or shows its writer or day. Dated posts also have boxes of one kind, but the
    page's headline does not stand in one of them. Pages that load the next story while the reader scrolls may put it
    into the first one's own box. There it must be as long as a story, show both its writer and its day, and be an
    article element, state its address, or have a headline that links elsewhere.
    """
    if headline < 0:
        return set()
    found: set[int] = set()
    around = {box.number for box in line_of(passages[headline].box)}
    taken, held = set(chosen), 0
    refused: set[int] = set()  # each box is checked once, at its first heading
    for index, passage in enumerate(passages):
        if found and any(box.number in found for box in line_of(passage.box)):
            continue
        if index > headline and held >= MIN_STORY_CHARACTERS and _may_be_headline(passage):
            box = _own_box(passage.box, around)
            if box is not None and box.number not in refused:
                if _is_other(passages, index, box, passages[headline], taken):
                    found.add(box.number)
                    continue
                refused.add(box.number)
        if index in taken:
            held += len(passage.text)
            around |= {box.number for box in line_of(passage.box)}
    return found


def _may_be_headline(passage: Passage) -> bool:
    return passage.box.tag in _HEADINGS and len(passage.text) >= MIN_HEADLINE_CHARACTERS


def _own_box(heading: Box, around: set[int]) -> Box | None:
    """The largest box around a heading without any of the story before it; None if it stands in the story."""
    own = None
    for box in line_of(heading.parent):
        if box.number in around:
            return own
        own = box
    return None


def _is_other(passages: Sequence[Passage], index: int, box: Box, headline: Passage, taken: set[int]) -> bool:
    heading = passages[index]
    inside = list(_indexes_inside(passages, index, box))
    if characters_in(passages, (each for each in inside if each in taken)) < MIN_OTHER_CHARACTERS:
        return False
    shared = box.parent
    around = list(takewhile(lambda each: each is not shared, line_of(heading.box.parent)))
    twins = _kinds(around) & _kinds(takewhile(lambda each: each is not shared, line_of(headline.box.parent)))
    if heading.box.tag != "h1" and not twins:
        size = characters_in(passages, (each for each in inside if each in taken))
        return size >= MIN_STORY_CHARACTERS and _is_nested(passages, heading, inside, around)
    if _addresses(around) - _addresses(line_of(headline.box)):
        return True
    lines = _head_lines(passages, heading, inside)
    if any(map(is_signed, lines)):
        return True
    may_be_post = heading.box.tag != "h1" and twins == {"article"}
    return not may_be_post and any(map(_is_dated, lines))


def _is_nested(passages: Sequence[Passage], heading: Passage, inside: Sequence[int], around: Sequence[Box]) -> bool:
    """Whether a box within the first story's own box holds another story."""
    is_marked = any(box.tag == "article" for box in around) or bool(_addresses(around))
    if not is_marked and not _leads_away(heading):
        return False
    lines = _head_lines(passages, heading, inside)
    return any(map(is_signed, lines)) and any(map(_is_dated, lines))


def _leads_away(heading: Passage) -> bool:
    """Whether all of a heading is a link to another page."""
    return heading.link_characters >= LINKED_SHARE * len(heading.text) and "/" in heading.leads_to.partition("#")[0]


def _head_lines(passages: Sequence[Passage], heading: Passage, inside: Sequence[int]) -> list[Passage]:
    """The lines around a headline, up to its story, that are neither sentences nor captions."""
    head = takewhile(lambda each: not _is_prose(each), (passages[each] for each in inside[:HEAD_PASSAGES]))
    return [each for each in head if each is not heading and _is_line(each)]


def _is_dated(passage: Passage) -> bool:
    return len(passage.line) <= MAX_DATED_CHARACTERS and find_moment(passage.line) is not None


def _is_line(passage: Passage) -> bool:
    """Whether a passage may be a byline or date: neither a sentence nor in a figure."""
    return not (passage.box.roles & IN_FIGURE or ends_sentence(passage.line))


def _indexes_inside(passages: Sequence[Passage], index: int, box: Box) -> Iterator[int]:
    """The indexes of the passages that a box holds, given one of them."""
    first = index
    while first and is_inside(passages[first - 1].box, box):
        first -= 1
    while first < len(passages) and is_inside(passages[first].box, box):
        yield first
        first += 1


def _is_prose(passage: Passage) -> bool:
    return len(passage.text) >= PROSE_CHARACTERS


def _kinds(boxes: Iterable[Box]) -> set[str]:
    """The kinds of the boxes: the tag with the first class, or an article's tag alone."""
    names = {box.path.rpartition("/")[2] for box in boxes}
    return {name for name in names if "." in name or name == "article"}


def _addresses(boxes: Iterable[Box]) -> set[str]:
    return {box.address for box in boxes} - {""}
