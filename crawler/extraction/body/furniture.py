"""Page furniture: what stands among the story's text but is not part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.extraction.body.contacts import without_contacts
from crawler.extraction.body.counters import is_counter
from crawler.extraction.body.furniture_lines import (
    MAX_LABEL_CHARACTERS,
    SOURCE_LINE,
    is_furniture,
    is_label,
    is_source_line,
    source_of,
)
from crawler.extraction.body.opening_lines import is_day_only, is_opening_line
from crawler.extraction.body.repeats import copied_items, is_repeat, pulled_quotes, refrains, unless_most, without_copy
from crawler.extraction.bylines.byline_labels import opens_byline, without_opener
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.dates.shown_days import tells_change, tells_publication
from crawler.extraction.found import Found
from crawler.extraction.image_credits import PHOTO_CREDIT
from crawler.extraction.text import ends_sentence, is_part, word_key
from crawler.extraction.vocabulary import COMMENT_LABELS, END_LABELS, TAG_LABELS
from news.article import Block, BlockKind

MAX_HEADLINE_CHARACTERS = 160  # longer lines are not headlines in a list
DATE_LABEL_CHARACTERS = 15  # at the start of a line of dates: "Published", "Veröffentlicht am"
TAIL_BLOCKS = 4  # at the end, where tags and the writer's addresses may stand; a choice
SOURCE_WITHIN_LAST = 4  # blocks at the end, where a source line may stand
BYLINE_BLOCKS = 4  # at the start, where lines with the writer and date may stand
OPENING_BLOCKS = 6  # in which the headline may be repeated
MIN_TITLE_WORDS = 4
MAX_CITATION_CHARACTERS = 500  # a choice
MAX_PLACE_WORDS = 3
MAX_CAPTION_CHARACTERS = 600
# Before the subject of a reply in English, German, Dutch, Scandinavian and Finnish, Polish, Turkish, Russian, Chinese
_REPLY_MARKS = frozenset({"re", "aw", "antw", "sv", "vs", "odp", "ynt", "отв", "回复", "回覆"})
_CREDIT_MARK = re.compile(r"[/(:©]")
# "Tags: bridge, council", "Email: jdoe@example.com"
_TAIL_LINE = re.compile(
    rf"\W*(?:(?:{'|'.join(sorted(map(re.escape, TAG_LABELS), key=len, reverse=True))})\s*[:：]\s*[^.!?]{{2,200}}"
    r"|(?:e-?mail|twitter|instagram)\s*:\s*\S*@\S+)",
    re.IGNORECASE,
)
_MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"\S*://\S*")
_CITED_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAYS_NOTHING = re.compile(r"[\W_]*|[-–—#*]+\s?(?:30|[Ee]nds?|ENDS?)\s?[-–—#*]+")  # "___", "* * *", "-30-"


@dataclass(frozen=True)
class Cleaned:
    """The story's blocks and what was learned from the furniture."""

    blocks: tuple[Block, ...]
    source_line: str | None = None


def clean_blocks(
    blocks: Sequence[Block],
    *,
    title: str,
    dek: str | None,
    captions: Iterable[str],
    authors: Found[tuple[str, ...]] | None = None,
) -> Cleaned:
    """The blocks without repeated headline, dek and captions, prompts, pointers and lists after the end.

    `authors` is the byline, which the first lines may repeat.
    """
    kept = without_contacts(_before_end(without_copy(list(blocks))))
    kept, source_line = _take_source(kept)
    title_key, dek_key = word_key(title), word_key(dek)
    caption_keys = {word_key(line) for line in captions if _CREDIT_MARK.search(line)} - {()}
    repeats = Counter(block.text for block in kept)
    noticed = refrains(kept, repeats) | _photo_captions(kept)
    copied = copied_items(kept) | pulled_quotes(kept)
    openings = _opening_lines(kept, authors) | _signatures(kept, authors)
    story: list[Block] = []
    seen: set[str] = set()
    for index, block in enumerate(kept):
        key = word_key(block.text)
        opens = index < OPENING_BLOCKS
        if (
            _SAYS_NOTHING.fullmatch(block.text)
            or (opens and _repeats_title(block, key, title_key))
            or _heads_reply(block, key, title_key)
            or (index < 3 and key == dek_key and len(kept) > 2)
        ):
            continue
        if (
            key in caption_keys
            or is_furniture(block.text)
            or is_counter(block.text)
            or _cites_page(block, key, title_key)
            or _is_inner_source(block)
            or index in openings
            or (index >= len(kept) - TAIL_BLOCKS and _TAIL_LINE.fullmatch(block.text))
        ):
            continue
        if index in copied or block.text in noticed or (repeats[block.text] > 1 and is_repeat(block, seen)):
            continue
        seen.add(block.text)
        story.append(block)
    return Cleaned(tuple(_without_bare_tail(_without_mail_address(story))), source_line)


def _repeats_title(block: Block, key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether an opening block repeats the headline; if it is a heading, a kicker may come first."""
    if key == title:
        return True
    return block.kind is BlockKind.SUBHEAD and len(title) >= MIN_TITLE_WORDS and key[-len(title) :] == title


def _heads_reply(block: Block, key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a subhead is the headline behind a mark of replies, as above each post of a thread: "Re: …"."""
    return block.kind is BlockKind.SUBHEAD and title != () and key[1:] == title and key[0] in _REPLY_MARKS


def _cites_page(block: Block, key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a paragraph tells how to cite the page: with its whole headline and an address, in any language."""
    if "://" not in block.text or block.kind is not BlockKind.PARAGRAPH or len(title) < MIN_TITLE_WORDS:
        return False
    is_dated = _CITED_YEAR.search(_ADDRESS.sub("", block.text)) is not None  # code has no year
    return len(block.text) <= MAX_CITATION_CHARACTERS and is_dated and is_part(title, key)


def _photo_captions(blocks: Sequence[Block]) -> frozenset[str]:
    """Captions without markup, which end with a photo credit in brackets; none if they are most of a story."""
    found = {
        block.text for block in blocks if len(block.text) <= MAX_CAPTION_CHARACTERS and PHOTO_CREDIT.search(block.text)
    }
    return unless_most(found, blocks)


def _is_inner_source(block: Block) -> bool:
    """Whether a paragraph only names the source of a chart or of what is above it; of 10 none was annotated."""
    return block.kind is BlockKind.PARAGRAPH and is_source_line(block.text) and not ends_sentence(block.text)


def _is_date_line(text: str) -> bool:
    """Whether a line is a date after a word or two, or says when the story was published and changed."""
    is_short = len(text) <= MAX_LABEL_CHARACTERS
    is_short = is_short or (len(text) <= 2 * MAX_LABEL_CHARACTERS and tells_publication(text[:DATE_LABEL_CHARACTERS]))
    return is_short and not ends_sentence(text) and find_moment(text) is not None


def _opening_lines(blocks: Sequence[Block], authors: Found[tuple[str, ...]] | None) -> set[int]:
    """The indexes of opening blocks that only say who wrote the story, when and where."""
    found: set[int] = set()
    for index, block in enumerate(blocks[:BYLINE_BLOCKS]):
        is_date = block.at is None and (_is_date_line(block.text) or _is_place(block, blocks[index + 1 : index + 2]))
        if is_date or is_opening_line(block, authors, behind_one=not index or index - 1 in found):
            found.add(index)
    return found


def _signatures(blocks: Sequence[Block], authors: Found[tuple[str, ...]] | None) -> set[int]:
    """The indexes of blocks that are only "by" and a writer of the page, as above a live blog's posts; of several."""
    names = {word_key(name) for name in authors.value} if authors else set()
    found = {
        index
        for index, block in enumerate(blocks)
        if names and len(block.text) <= MAX_LABEL_CHARACTERS and opens_byline(block.text)
        and word_key(without_opener(block.text)) in names
    }  # fmt: skip
    return found if len(found) > 1 else set()


def _is_place(block: Block, behind: Sequence[Block]) -> bool:
    """Whether a line names the place with which the dateline below it begins: "Ankara", then "ANKARA (AA) - …"."""
    key = word_key(block.text)
    if not behind or not 0 < len(key) <= MAX_PLACE_WORDS or ends_sentence(block.text):
        return False
    opening = behind[0].text[: 2 * len(block.text)]
    return word_key(opening)[: len(key)] == key and opening[: len(block.text)].isupper()


def _before_end(blocks: list[Block]) -> list[Block]:
    """The blocks before a closing label, if (almost) only headline-like lines follow it."""
    for index, block in enumerate(blocks):
        if index and is_label(block.text, END_LABELS):
            rest = [entry for entry in blocks[index + 1 :] if not SOURCE_LINE.match(entry.text)]
            if is_label(block.text, COMMENT_LABELS) and 2 * _size(rest) < _size(blocks[:index]):
                return blocks[:index]
            if not rest or (len(rest) > 1 and sum(map(_is_headline_like, rest)) >= 0.8 * len(rest)):
                return blocks[:index]
    return blocks


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_headline_like(block: Block) -> bool:
    if block.kind is BlockKind.TABLE_ROW:
        return False
    return len(block.text) <= MAX_HEADLINE_CHARACTERS and not ends_sentence(block.text.replace("...", ""))


def _take_source(blocks: list[Block]) -> tuple[list[Block], str | None]:
    for index in range(len(blocks) - 1, max(-1, len(blocks) - 1 - SOURCE_WITHIN_LAST), -1):
        if match := SOURCE_LINE.match(blocks[index].text):
            return blocks[:index] + blocks[index + 1 :], source_of(match)
    return blocks, None


def _without_bare_tail(blocks: list[Block]) -> list[Block]:
    """Drop subheads (unless sentences), "See also:" and dates of changes from the end: what followed was furniture."""
    while len(blocks) > 1 and (_announces(blocks[-1]) or _tells_change(blocks[-1])):
        blocks = blocks[:-1]
    return blocks


def _tells_change(block: Block) -> bool:
    """Whether a block says only when the page was changed or published: "Last updated 06/11/2002"."""
    text = block.text
    if block.kind is not BlockKind.PARAGRAPH or len(text) > MAX_LABEL_CHARACTERS or block.at is not None:
        return False
    return (tells_change(text) or tells_publication(text)) and is_day_only(text)


def _without_mail_address(blocks: list[Block]) -> list[Block]:
    """The blocks without a last one that is only the writer's address, right behind a sentence."""
    if len(blocks) < 2 or not ends_sentence(blocks[-2].text) or blocks[-2].text[-1] in ":：":
        return blocks
    return blocks[:-1] if _MAIL_ADDRESS.fullmatch(blocks[-1].text) else blocks


def _announces(block: Block) -> bool:
    """Whether a block only announces what follows: a subhead, or a short line that ends in a colon."""
    if block.kind is BlockKind.SUBHEAD:
        return not ends_sentence(block.text)
    return block.kind is BlockKind.PARAGRAPH and len(block.text) <= MAX_LABEL_CHARACTERS and block.text[-1] in ":："
