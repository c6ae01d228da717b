"""Whether what a page states or shows as its dek is about the story: no motto of the site, no cut of the text."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extraction.deks import MIN_CUT_CHARACTERS, OTHER_WORDS, Dek
from crawler.extraction.text import ends_sentence, word_key
from news.article import Block

MIN_TELLING_CHARACTERS = 4  # of a word that a dek and its story have in common
BEGINNING_CHARACTERS = 5  # of a word, compared in place of the whole; a choice
MIN_BEGINNINGS = 2  # shared ones that count as much as a shared word; mottos also share one
MIN_CUT_WORDS = 7  # of a description that also opens the story
OPENING_BLOCKS = 6  # any of which a description may begin with
MAX_DATELINE_WORDS = 5  # before a lede that the description repeats; a choice


def is_of_story(dek: Dek, title: str, blocks: Sequence[Block]) -> bool:
    """Whether a dek is about the story: neither the site's motto nor a description cut from the text."""
    if dek.stands_apart or dek.is_with_headline:  # never true of a motto in the corpora
        return True
    return not (_is_motto(dek, title, blocks) or (dek.element is None and _is_cut(dek.text, blocks)))


def _is_motto(dek: Dek, title: str, blocks: Sequence[Block]) -> bool:
    """Whether a dek shares no longer word with headline and story, like a motto on every page of a site.

    A dek that the page shows is no motto if it is a sentence, or shares the beginnings of words.
    """
    words = _telling(dek.text)
    if not words or OTHER_WORDS.search(dek.text):
        return False
    told = {word for line in (title, *(block.text for block in blocks)) for word in _telling(line)}
    if not words.isdisjoint(told):
        return False
    is_told = len(_beginnings(words) & _beginnings(told)) >= MIN_BEGINNINGS or ends_sentence(dek.text)
    return dek.element is None or not is_told


def _telling(text: str) -> set[str]:
    """The longer words of a text."""
    return {word for word in word_key(text) if len(word) >= MIN_TELLING_CHARACTERS}


def _beginnings(words: set[str]) -> set[str]:
    """The beginnings of words, which their inflections share, such as "taslak" and "taslağın"."""
    return {word[:BEGINNING_CHARACTERS] for word in words}


def _is_cut(text: str, blocks: Sequence[Block]) -> bool:
    """Whether a text repeats the story's opening: a cut sentence, whole sentences of the lede, or after a dateline."""
    if _is_cut_inside(text, blocks):
        return True
    words = word_key(text)
    if len(words) < MIN_CUT_WORDS:
        return False
    if any(len(told) > len(words) and told[: len(words)] == words for told in (word_key(blocks[0].text),)):
        return True  # whole sentences of the lede: none of 8 in the corpora was annotated as a summary
    if any(_is_behind_dateline(words, word_key(block.text)) for block in blocks[:OPENING_BLOCKS]):
        return True
    if ends_sentence(text):
        return False
    for first in range(min(OPENING_BLOCKS, len(blocks))):
        told: tuple[str, ...] = ()
        for block in blocks[first:]:
            told += word_key(block.text)
            if len(told) >= len(words):
                break
        if told[: len(words) - 1] == words[:-1] and told != words:
            return True
    return False


def _is_cut_inside(text: str, blocks: Sequence[Block]) -> bool:
    """Whether a text in a script without spaces opens the story and breaks off inside it."""
    signs = "".join(text.split())
    if len(signs) < MIN_CUT_CHARACTERS or not OTHER_WORDS.search(text) or ends_sentence(text):
        return False
    told = "".join("".join(block.text.split()) for block in blocks[:OPENING_BLOCKS])
    return told.startswith(signs)


def _is_behind_dateline(words: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether words are those of a block without the place and agency that open it."""
    return 0 < len(told) - len(words) <= MAX_DATELINE_WORDS and told[-len(words) :] == words
