"""Repetition in a body: a whole copy of it, a list shown again, pull quotes, recurring notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.extraction.text import ends_sentence, word_key
from news.article import Block, BlockKind

MIN_REFRAINS = 3
MAX_REFRAIN_SHARE = 0.5  # of the blocks' characters, each text counted once; a choice
MIN_REPEATED_CHARACTERS = 25  # shorter ones repeat by chance: "Yes.", a score, a refrain
MIN_PULLED_WORDS = 5  # of a quote that a paragraph of the story also has
MAX_SPEAKER_CHARACTERS = 100  # of the line after a quote that names the speaker
COPIED_ITEMS = 3  # in a row seen before: the list again. One item may be in several lists; 2 in a row lose more
MIN_COPY_CHARACTERS = 800  # of a block that contains the texts of others
MIN_COPIED_CHARACTERS = 60  # of each of those texts
COPY_SHARE = 0.3  # of a body's characters: of the copy, and of the texts that it repeats
# Lists and tables have equal parts by nature: prices, dates, what two products have in common.
_ALIKE_KINDS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


def without_copy(blocks: list[Block]) -> list[Block]:
    """The blocks without one that repeats much of the others: the whole story for print or behind a paywall."""
    total = sum(len(block.text) for block in blocks)
    for place, block in enumerate(blocks):
        if len(block.text) >= max(MIN_COPY_CHARACTERS, COPY_SHARE * total):
            others = (
                each.text for each in blocks[:place] + blocks[place + 1 :] if len(each.text) >= MIN_COPIED_CHARACTERS
            )
            if sum(len(text) for text in others if text in block.text) >= COPY_SHARE * total:
                return blocks[:place] + blocks[place + 1 :]
    return blocks


def is_repeat(block: Block, seen: set[str]) -> bool:
    """Whether a block repeats a seen text and is long enough, and no subhead, list item or table row."""
    if len(block.text) < MIN_REPEATED_CHARACTERS or block.kind in (BlockKind.SUBHEAD, *_ALIKE_KINDS):
        return False
    return block.text in seen


def copied_items(blocks: Sequence[Block]) -> set[int]:
    """The indexes of list items that recur together with their neighbours: a list shown again."""
    seen: set[tuple[str, ...]] = set()
    copied: set[int] = set()
    for start in range(len(blocks) - COPIED_ITEMS + 1):
        run = blocks[start : start + COPIED_ITEMS]
        if all(block.kind is BlockKind.LIST_ITEM for block in run):
            texts = tuple(block.text for block in run)
            if texts in seen:
                copied.update(range(start, start + COPIED_ITEMS))
            seen.add(texts)
    return copied


def pulled_quotes(blocks: Sequence[Block]) -> set[int]:
    """The indexes of pull quotes, whose words a paragraph also has in a row, and of their speakers' lines."""
    quotes = {index: word_key(block.text) for index, block in enumerate(blocks) if block.kind is BlockKind.QUOTE}
    if not quotes:
        return set()
    told = [f" {' '.join(word_key(block.text))} " for block in blocks if block.kind is BlockKind.PARAGRAPH]
    pulled = {
        index
        for index, words in quotes.items()
        if len(words) >= MIN_PULLED_WORDS and any(f" {' '.join(words)} " in text for text in told)
    }
    return pulled | {index + 1 for index in pulled if _names_speaker(blocks[index + 1 : index + 3])}


def _names_speaker(behind: Sequence[Block]) -> bool:
    """Whether the first block after a quote names the speaker: the last line of the quote, and not a sentence."""
    kinds = [block.kind for block in behind]
    if kinds[:1] != [BlockKind.QUOTE] or kinds[1:] == [BlockKind.QUOTE]:
        return False
    line = behind[0].text
    return len(line) <= MAX_SPEAKER_CHARACTERS and not (line[0].islower() or ends_sentence(line))


def refrains(blocks: Sequence[Block], repeats: Counter[str]) -> frozenset[str]:
    """Texts repeated so often that they are notices of the page; none if they are most of the story."""
    found = {
        block.text
        for block in blocks
        if repeats[block.text] >= MIN_REFRAINS
        and len(block.text) >= MIN_REPEATED_CHARACTERS
        and block.kind not in _ALIKE_KINDS
    }
    return unless_most(found, blocks)


def unless_most(found: set[str], blocks: Sequence[Block]) -> frozenset[str]:
    """These texts, or none if they are more than MAX_REFRAIN_SHARE of the blocks."""
    share = sum(map(len, found)) / (sum(map(len, {block.text for block in blocks})) or 1)
    return frozenset(found) if share <= MAX_REFRAIN_SHARE else frozenset()
