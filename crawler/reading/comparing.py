"""Measures of an article beside its headline, its sentences, the rest of its page, and what others state of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zlib import crc32

from crawler.discovery.spans import named_span
from crawler.extraction.page.passages import Passage
from crawler.extraction.text import ends_sentence, joined_key, word_key
from news.article import Article, Hints
from news.shingles import SPACELESS_UNIT
from news.words import CLOSING_SIGNS, SENTENCE_ENDS

MIN_SENTENCE_CHARACTERS = 24  # shorter ones may well occur in several stories: "More follows soon."
KEPT_SENTENCES = 8  # the longest of a body
MIN_PROSE_CHARACTERS = 60  # of a passage
MOST_LINKED_SHARE = 0.5  # of a passage that is prose

# The first letters of a word are much the same in all its forms; choices
STEM_CHARACTERS = 5
MIN_WORD_CHARACTERS = 4  # shorter words are mostly grammar
MIN_STEMS = 3  # of a headline that is compared

_AROUND = f" {CLOSING_SIGNS}"  # of a sentence
_END_CHARACTERS = 4  # of a text, that tell whether it ends like a sentence


def long_sentences(text: str) -> list[tuple[int, int]]:
    """The digest and the length in characters of each longer sentence, in order."""
    lines = text.lower()
    for end in SENTENCE_ENDS:  # takes a tenth of the time of a pattern
        lines = lines.replace(end, "\n")
    pieces = (piece.strip(_AROUND) for piece in lines.split("\n") if len(piece) >= MIN_SENTENCE_CHARACTERS)
    return [(crc32(piece.encode("utf-8", "replace")), len(piece)) for piece in pieces]


def longest(sentences: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The longest of them, each once."""
    return tuple(sorted(set(sentences), key=lambda each: (-each[1], each[0]))[:KEPT_SENTENCES])


def doubled_share(sentences: Sequence[tuple[int, int]]) -> float:
    """The share, by characters, of sentences that occurred before."""
    total = sum(size for _, size in sentences)
    return 1 - sum(size for _, size in set(sentences)) / total if total else 0.0


def line_share(article: Article) -> float:
    """The share of the body's characters in blocks that do not end like a sentence."""
    texts = [block.text for block in article.blocks if block.text]
    lines = sum(len(text) for text in texts if not ends_sentence(text[-_END_CHARACTERS:]))
    return lines / sum(map(len, texts)) if texts else 0.0


def left_share(passages: Iterable[Passage], text: str) -> float | None:
    """The share of the page's prose that is not in the text; None if the page has no prose."""
    prose = [passage.text for passage in passages if _is_prose(passage)]
    total = sum(map(len, prose))
    return sum(len(each) for each in prose if each not in text) / total if total else None


def _is_prose(passage: Passage) -> bool:
    size = len(passage.text)
    is_linked = passage.link_characters > MOST_LINKED_SHARE * size
    return size >= MIN_PROSE_CHARACTERS and not is_linked and ends_sentence(passage.text[-_END_CHARACTERS:])


def topic_share(title: str, words: Collection[str]) -> float | None:
    """The share of a headline's words that are in a text, in any of their forms; None if it has too few.

    Also None in scripts without spaces, where a headline's words cannot be told apart.
    """
    wanted = stems(word_key(title)) if title.isascii() or not SPACELESS_UNIT.search(title) else set()
    if len(wanted) < MIN_STEMS:
        return None
    text = f" {' '.join(words)}"  # searched ten times: faster than the stems of all its words
    return sum(f" {stem}" in text for stem in wanted) / len(wanted)


def title_share(title: str, stated: str | None) -> float | None:
    """The share of the words of the shorter of two headlines that the other has too; None if one has too few."""
    both = stems(word_key(title)), stems(word_key(stated))
    least = min(map(len, both))
    return len(both[0] & both[1]) / least if least >= MIN_STEMS else None


def stems(words: Iterable[str]) -> set[str]:
    """The first letters of the longer words.

    >>> sorted(stems(("the", "ferries", "ferry", "sailed", "2026")))
    ['ferri', 'ferry', 'saile']
    """
    return {word[:STEM_CHARACTERS] for word in words if len(word) >= MIN_WORD_CHARACTERS and not word.isnumeric()}


def days_off(published_at: datetime, url: str, hints: Hints) -> int | None:
    """The whole days between a date and the nearest that the feed, the sitemap or the address states; None if none."""
    gaps = [abs(published_at - hints.published_at)] if hints.published_at is not None else []
    named = named_span(url)
    if named is not None:
        last = named.until_at - timedelta(days=1)
        day = published_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        gaps.append(max(named.since_at - day, day - last, timedelta()))
    return min(gaps).days if gaps else None


def is_own_author(article: Article, hints: Hints) -> bool:
    """Whether the byline names the site itself, and nobody else."""
    own = {joined_key(name) for name in (article.site_name, hints.site_name) if name}
    return bool(article.authors) and all(joined_key(name) in own for name in article.authors)
