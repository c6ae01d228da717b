"""Chooses the passages that are the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.body.advertising import advertised
from crawler.extraction.body.apart import stands_apart
from crawler.extraction.body.bodymodel import body_model
from crawler.extraction.body.caption_passages import is_caption, telling_captions
from crawler.extraction.body.features import measure
from crawler.extraction.body.furniture_lines import is_label, opens_pointer
from crawler.extraction.body.gaps import filled
from crawler.extraction.body.inset_boxes import inset_boxes
from crawler.extraction.body.kinship import drawn_together
from crawler.extraction.body.own_story import own_story
from crawler.extraction.body.quotes import attributions
from crawler.extraction.body.second_look import looked_again
from crawler.extraction.body.standfirst import beside_dek, dek_apart, placed_dek, without_second_headline
from crawler.extraction.body.story_blocks import blocks_of
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.page.passages import Box, Passage, characters_in, line_of
from crawler.extraction.trees import Column
from crawler.extraction.vocabulary import LINK_BOX_LABELS
from news.article import Block

# A passage at least this certain is story. Chosen by cross-validation on the developers' corpora, where precision and
# recall balance; a page that calls itself news has more furniture that reads like a story.
STORY_CERTAINTY = 0.55
NEWS_CERTAINTY = 0.65
_LABEL = re.compile(r"[^\d:]{2,25}")  # a label before a link to another story
_LABELLED_TAGS = frozenset({"p", "div"})
MIN_LINKED_CHARACTERS = 25  # of the headline in such a link
DESPITE_CERTAINTY = 0.9  # from which a passage is story even in a doubted element
ALIKE_CERTAINTY = 0.85  # the same of one built like others of the story; a choice
POINTER_LINK_SHARE = 0.9  # of a pointer to another story
MAX_POINTERS = 8  # under one label; a choice


@dataclass(frozen=True)
class Story:
    """The story of a page and how certain it is."""

    blocks: tuple[Block, ...]
    certainty: float  # 0 to 1: mean over the characters; 0 without blocks
    dek: str | None = None  # one of the passages, recognized by its place
    dek_beside: str | None = None  # a dek recognized by its place, outside the story


def judge_passages(passages: list[Passage], boxes: list[Box], facts: PageFacts, headline: int | None = None) -> Column:
    """How certain it is that each passage is story, 0 to 1; `headline` is its passage's index if known."""
    columns = measure(passages, boxes, facts, headline)
    return looked_again(passages, columns, body_model().odds(columns))


def read_story(
    passages: list[Passage],
    certainties: Column,
    not_story: set[HtmlElement],
    *,
    is_news: bool,
    headline: int = -1,
    doubted: set[HtmlElement] | None = None,
    dek: str | None = None,
    dek_is_shown: bool = True,
) -> Story:
    """The story from the passages that are certain enough, outside `not_story` elements.

    In `doubted` elements only passages of at least DESPITE_CERTAINTY are kept, or ALIKE_CERTAINTY where they are built
    like others of the story. `dek` is the dek's text, which is removed if it stands apart from the story. Unless a dek
    is known to be shown (`dek_is_shown`), one is looked for by its place, and the story keeps it.
    `headline` is the index of the headline's passage, -1 if none shows it.
    """
    certainties = drawn_together(passages, certainties)
    least = NEWS_CERTAINTY if is_news else STORY_CERTAINTY
    sure_of: list[float] = certainties.tolist()
    told = [certainty >= least and not _is_pointer(passages, index) for index, certainty in enumerate(sure_of)]
    told_in = telling_captions(passages, told, sure_of, STORY_CERTAINTY) if is_news else set()
    sure = [is_told and not (is_news and is_caption(passages[each])) for each, is_told in enumerate(told)]
    sure = [is_sure or index in told_in for index, is_sure in enumerate(sure)]
    chosen = filled(passages, certainties, sure)
    spoken = set(attributions(passages, chosen))
    kept = [
        index
        for index, passage in enumerate(passages)
        if (chosen[index] or index in spoken) and (index in told_in or not _within(passage.box, not_story))
    ]
    kept = _undoubted(passages, kept, sure_of, doubted or set())
    kept = without_second_headline(passages, own_story(passages, kept, headline), headline)
    ads = advertised(passages, kept) | inset_boxes(passages, kept) | stands_apart(passages, kept, headline)
    kept = [index for index in kept if index not in ads]
    apart = dek_apart(passages, kept, headline, dek) if dek is not None else ()
    kept = [index for index in kept if index not in apart]
    placed = None if dek_is_shown else placed_dek(passages, kept, headline)
    blocks = blocks_of(passages, kept, spoken)
    size = characters_in(passages, kept)
    certainty = sum(len(passages[each].text) * sure_of[each] for each in kept) / size if size else 0.0
    return Story(
        blocks, certainty, None if placed is None else passages[placed].line, beside_dek(passages, kept, headline)
    )


def _undoubted(
    passages: Sequence[Passage], kept: Sequence[int], sure_of: Sequence[float], doubted: set[HtmlElement]
) -> list[int]:
    """The kept indexes without passages of doubted elements, unless they are sure; less if built like the story's."""
    inside = {index for index in kept if sure_of[index] < DESPITE_CERTAINTY and _within(passages[index].box, doubted)}
    paths = {passages[index].box.path for index in kept if index not in inside} if inside else set()
    alike = {index for index in inside if sure_of[index] >= ALIKE_CERTAINTY and passages[index].box.path in paths}
    return [index for index in kept if index not in inside or index in alike]


def _is_pointer(passages: list[Passage], index: int) -> bool:
    """Whether a passage is a pointer to another story: a link in a run of links below a label for them.

    The label may also be the start of the link itself.
    """
    own = passages[index]
    if _is_labelled_link(own):
        return True
    if own.link_characters >= POINTER_LINK_SHARE * len(own.text) and opens_pointer(own.text):
        return True
    for passage in reversed(passages[max(0, index - MAX_POINTERS) : index + 1]):
        if passage.link_characters < POINTER_LINK_SHARE * len(passage.text):
            return passage is not passages[index] and is_label(passage.text, LINK_BOX_LABELS)
    return False


def _is_labelled_link(passage: Passage) -> bool:
    """Whether a passage is a bold label, a colon and one linked headline: "More: …", in any language."""
    if passage.link_count != 1 or not passage.bold_characters:
        return False
    label, colon, rest = passage.text.partition(":")
    if not colon or not _LABEL.fullmatch(label) or passage.box.tag not in _LABELLED_TAGS:
        return False
    linked, bold = len("".join(rest.split())), len("".join(label.split()))
    is_link = passage.link_characters == len(rest.strip()) >= MIN_LINKED_CHARACTERS
    return is_link and bold <= passage.bold_characters < linked and passage.text[-1] not in ".!"


def _within(box: Box | None, elements: set[HtmlElement]) -> bool:
    return bool(elements) and any(each.element in elements for each in line_of(box))
