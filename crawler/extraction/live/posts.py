"""A live blog's posts: boxes of one kind, each with its own time, or paragraphs that begin with one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

import numpy as np

from crawler.extraction.dates.moments import Moment
from crawler.extraction.live.flat import flat_runs, without_opening
from crawler.extraction.live.post_times import is_time, stated_time, times_of
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import types
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import Box, Passage, Reading, line_of
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import ends_sentence
from crawler.extraction.trees import Column
from crawler.extraction.vocabulary import LIVE_ADDRESS, LIVE_NAMES, LIVE_TITLE
from news.article import Block, BlockKind, post_head

MIN_POSTS = 3
MIN_DECLARED_POSTS = 2  # in boxes named as a live blog's, on a page that calls itself one, as when it has just begun
MIN_POST_CHARACTERS = 40  # of a passage that a box must have to be a post
STORY_SHARE = 0.5  # of the page's story that the posts must hold
SURE = 0.5  # a passage at least this certain counts as story when posts are looked for
LIFTED_CERTAINTY = 0.9  # the least certainty of a post's text, once its passages are lifted
MAX_DEPTH = 12  # boxes looked at around a passage
MAX_TITLE_CHARACTERS = 120  # of a post's title that is not a heading, as for subheads
BOLD_SHARE = 0.95  # of its letters

_NAMES = re.compile(LIVE_NAMES, re.IGNORECASE)
_ADDRESS = re.compile(LIVE_ADDRESS, re.IGNORECASE)
_TITLE = re.compile(LIVE_TITLE, re.IGNORECASE)
_NOT_POSTS = bits_of("comment", "related", "nav", "foot", "side")
_NOT_TEXT = bits_of("share", "related", "ad", "prompt", "nav", "comment")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


@dataclass(frozen=True)
class LivePost:
    """A post as shown on the page."""

    box: Box
    stated: str  # its time as shown or as stated in an attribute
    passages: tuple[int, ...]  # indexes of its passages, in order
    is_flat: bool = False  # it has no box of its own, but begins with its time


def is_live(structured: Structured, document: Document) -> bool:
    """Whether a page calls itself a live blog in its data, its address or the beginning of its headline."""
    if any("LiveBlogPosting" in types(node) for node in structured.nodes):
        return True
    if any(_TITLE.match(title) for title in (structured.field("headline"), structured.meta("og:title"))):
        return True
    return bool(_ADDRESS.search(urlsplit(document.url).path)) or any(
        "LiveBlogPosting" in (each.type or "") for each in document.elements.marked
    )


def shown_posts(reading: Reading, certainties: Column, *, declared: bool) -> list[LivePost]:
    """The posts of a live blog in page order; none if the page is not one.

    Unless the page is `declared` a live blog, the boxes of posts must be named as such.
    """
    if not len(certainties) or not (declared or _is_named_live(reading)):
        return []
    sizes: dict[tuple[int, str], int] = defaultdict(int)
    members: dict[tuple[int, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    total = 0
    for index, passage in enumerate(reading.passages):
        is_story = certainties[index] >= SURE and not _is_linked(passage)
        total += len(passage.text) if is_story else 0
        for box in islice(line_of(passage.box), MAX_DEPTH):
            if box.parent is not None and box.tag in ("article", "li", "div", "section"):
                kin = (box.parent.number, box.path)
                sizes[kin] += len(passage.text) if is_story else 0
                members[kin][box.number].append(index)
    for kin in sorted(sizes, key=lambda each: -sizes[each]):
        if sizes[kin] < STORY_SHARE * total:
            break
        posts = list(_posts(reading, members[kin], declared=declared))
        least = MIN_DECLARED_POSTS if declared and posts and _NAMES.search(posts[0].box.path) else MIN_POSTS
        if len(posts) >= least and len({post.stated for post in posts}) > len(posts) / 2:
            return posts
    return _flat_posts(reading.passages, certainties, STORY_SHARE * total)


def _flat_posts(passages: Sequence[Passage], certainties: Column, least: float) -> list[LivePost]:
    """Posts that are paragraphs beginning with times; none unless they hold `least` characters of story."""
    runs = flat_runs(passages)
    told = (index for _, indexes in runs for index in indexes)
    size = sum(len(passages[index].text) for index in told if certainties[index] >= SURE)
    if len(runs) < MIN_POSTS or size < least or 2 * len({stated for stated, _ in runs}) <= len(runs):
        return []
    return [LivePost(passages[indexes[0]].box, stated, indexes, is_flat=True) for stated, indexes in runs]


def _is_named_live(reading: Reading) -> bool:
    """Whether any box is named as a live blog's; checks each distinct name at the end of a box's path once."""
    return any(map(_is_live_name, {box.path.rpartition("/")[2] for box in reading.boxes}))


@lru_cache(maxsize=20_000)  # most names occur on many boxes of a site
def _is_live_name(name: str) -> bool:
    return _NAMES.search(name) is not None


def lift(certainties: Column, reading: Reading, posts: Sequence[LivePost]) -> Column:
    """The certainties with the text of posts raised to that of story."""
    lifted: Column = np.array(certainties, copy=True)
    for post in posts:
        for index in post.passages[:1] if post.is_flat else post.passages:
            passage = reading.passages[index]
            is_text = len(passage.text) >= MIN_POST_CHARACTERS or passage.box.tag in ("p", "li")
            if is_text and not (_is_linked(passage) or passage.box.bits & _NOT_TEXT or is_time(passage.text)):
                lifted[index] = max(float(lifted[index]), LIFTED_CERTAINTY)
    return lifted


def heads_of(posts: Sequence[LivePost], reading: Reading, day: Moment | None) -> dict[int, Block]:
    """Index of a post's first passage -> its subhead; `day` is the page's date, for times without a date."""
    heads: dict[int, Block] = {}
    for post, at in zip(posts, times_of([post.stated for post in posts], day), strict=True):
        if at is not None:
            heads[post.passages[0]] = post_head(at, _title(post, reading))
    return heads


def title_passages(posts: Sequence[LivePost], reading: Reading) -> set[int]:
    """The indexes of passages that are a post's title or time, which its subhead already has."""
    told = set()
    for post in posts:
        title = _heading(post, reading)
        told |= {
            index
            for index in post.passages
            if (title and reading.passages[index].text == title) or is_time(reading.passages[index].text)
        }
    return told


def _posts(reading: Reading, members: Mapping[int, list[int]], *, declared: bool) -> Iterator[LivePost]:
    linked = 0
    found = []
    for number, indexes in sorted(members.items()):
        box = reading.boxes[number]
        if box.all_bits & _NOT_POSTS or not (declared or _NAMES.search(box.path)):
            continue
        passages = [reading.passages[index] for index in indexes]
        if not any(len(each.text) >= MIN_POST_CHARACTERS and not _is_linked(each) for each in passages):
            continue
        linked += any(each.box.tag in _HEADINGS and _leads_away(each) for each in passages)
        if stated := stated_time(box.element, passages):
            found.append(LivePost(box, stated, tuple(indexes)))
    if 2 * linked < len(found):  # otherwise they are teasers, whose headings link to other pages
        yield from found


def _is_linked(passage: Passage) -> bool:
    return 2 * passage.link_characters > len(passage.text)


def _leads_away(passage: Passage) -> bool:
    if not passage.link_characters:
        return False
    element = passage.box.element
    anchor = next(element.iter("a"), None)
    if anchor is None:
        anchor = next(element.iterancestors("a"), None)
    return anchor is not None and "#" not in (anchor.get("href") or "#")


def _title(post: LivePost, reading: Reading) -> str:
    return without_opening(_heading(post, reading))


def _heading(post: LivePost, reading: Reading) -> str:
    first, *rest = (reading.passages[index] for index in post.passages)
    if post.is_flat and rest and _is_bare_title(first):
        return first.text
    headings = (first, *rest)
    return next((each.text for each in headings if each.box.tag in _HEADINGS and not is_time(each.text)), "")


def _is_bare_title(passage: Passage) -> bool:
    """Whether a paragraph that begins with a time is a post's title: short, and either all bold or not a sentence."""
    if len(passage.text) > MAX_TITLE_CHARACTERS:
        return False
    is_bold = passage.bold_characters >= BOLD_SHARE * len(passage.text.replace(" ", ""))
    return is_bold or not ends_sentence(passage.text)


def has_posts(blocks: Sequence[Block]) -> bool:
    """Whether blocks hold at least two posts of a live blog."""
    return sum(block.at is not None and block.kind is BlockKind.SUBHEAD for block in blocks) >= 2
