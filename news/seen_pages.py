"""The blocks of an article page as digests, its text and what stands beside it, for comparing pages."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from news.words import CLOSING_SIGNS, SENTENCE_ENDS, SPACELESS, words_of

MAX_SHOWN_CHARACTERS = 200  # of a block's text, for people
MIN_KEY_CHARACTERS = 12  # shorter lines ("Yes.", "Background") are ordinary words
MAX_FURNITURE = 400  # blocks of one page
MAX_BODY = 300
SAMPLE = 8  # about every eighth shingle, chosen by its words so that all pages choose alike
SHINGLE_WORDS = 3
MAX_SHINGLES = 24  # of one block
MIN_TOPIC_CHARACTERS = 4  # shorter words of headlines are mostly grammar

_SENTENCE_END = re.compile(rf"[{SENTENCE_ENDS}][{CLOSING_SIGNS}]*\s*$")
_KEY = re.compile(r"\w+")
_ASCII_SIGNS = bytes(code for code in range(128) if not _KEY.match(chr(code)))  # the characters it drops
_SPACELESS_SIGN = re.compile(f"[{SPACELESS}]")


class BodyBlock(NamedTuple):
    """A block within the text of a story."""

    words: int
    is_sentence: bool  # ends like one, so it may be quoted; a headline in a list does not
    shingles: frozenset[int]  # a sample


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenPage:
    """The blocks of one article page, as digests."""

    topic: frozenset[int]  # words of the headline
    furniture: frozenset[int]  # outside the text, or entirely links
    body: Mapping[int, BodyBlock]
    held: frozenset[int] = frozenset()  # of the stored text, including links
    texts: Mapping[int, str] = field(default_factory=dict)  # for showing to people; kept for known blocks only
    article_id: str = ""  # set by the store
    seen_at: datetime | None = None

    @property
    def shown(self) -> frozenset[int]:
        """All blocks of the page."""
        return self.furniture | self.body.keys()

    @property
    def links(self) -> frozenset[int]:
        """Blocks of the stored text that are entirely links to other stories; none if they make up most of it."""
        links = self.held - self.body.keys()
        return links if len(links) < len(self.body) else frozenset()


def block_digest(text: str) -> int | None:
    """A digest equal for blocks that differ only in case, spacing and punctuation; None if too short.

    >>> block_digest("Sign up for our newsletter!") == block_digest("SIGN UP for  our newsletter")
    True
    """
    if len(text) < MIN_KEY_CHARACTERS:  # most passages of a page, such as menu entries
        return None
    if text.isascii():  # most texts, at a fifth of the time
        letters = text.lower().encode().translate(None, _ASCII_SIGNS)
        return _digest(letters) if len(letters) >= MIN_KEY_CHARACTERS else None
    key = "".join(_KEY.findall(_folded(text)))
    return digest_of(key) if len(key) >= MIN_KEY_CHARACTERS else None


def is_sentence(text: str) -> bool:
    """Whether a block ends the way sentences do."""
    return bool(_SENTENCE_END.search(text))


def seen_page(title: str, body: Iterable[str], furniture: Iterable[str], *, held: Iterable[str] = ()) -> SeenPage:
    """The digests of a page: the blocks of its text, and those that stand beside it or are entirely links.

    `held` are the blocks its article was stored with.
    """
    texts: dict[int, str] = {}
    digests = _Digests()  # most texts come in two of the three
    story = {key: _body_block(text) for key, text in _keyed(body, MAX_BODY, texts, digests)}
    beside = frozenset(key for key, _ in _keyed(furniture, MAX_FURNITURE, texts, digests)) - story.keys()
    kept = frozenset(key for key, _ in _keyed(held, MAX_BODY, {}, digests))
    return SeenPage(topic=_topic(title), furniture=beside, body=story, held=kept, texts=texts)


class _Digests(dict[str, int | None]):
    """The digests of one page's blocks, each computed once."""

    def __missing__(self, text: str) -> int | None:
        found = self[text] = block_digest(text)
        return found


def _keyed(
    blocks: Iterable[str], limit: int, texts: dict[int, str], digests: Mapping[str, int | None]
) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for text in blocks:
        if len(found) >= limit:
            break
        if len(text) >= MIN_KEY_CHARACTERS and (key := digests[text]) is not None:
            found[key] = text
            texts[key] = text[:MAX_SHOWN_CHARACTERS]
    return list(found.items())


def _body_block(text: str) -> BodyBlock:
    words = _units(text)
    marks = list(map(crc32, " ".join(words).encode("utf-8", "replace").split(b" ")))
    neighbours = enumerate(zip(marks, marks[1:], marks[2:], strict=False))
    starts = [at for at, (one, two, three) in neighbours if ((3 * one + 5 * two + 7 * three) >> 7) % SAMPLE == 0]
    sample = [digest_of(" ".join(words[at : at + SHINGLE_WORDS])) for at in starts]
    return BodyBlock(len(words), is_sentence(text), frozenset(sorted(sample)[:MAX_SHINGLES]))


def _topic(title: str) -> frozenset[int]:
    words = _units(title)
    signs = pairwise(words)  # in scripts without spaces a unit is one character: two of them are about a word
    pairs = [one + two for one, two in signs if len(one) == len(two) == 1 and not one.isascii()]
    long = [word for word in words if len(word) >= MIN_TOPIC_CHARACTERS and not word.isnumeric()]
    return frozenset(map(digest_of, [*long, *pairs]))


def _units(text: str) -> list[str]:
    folded = _folded(text)
    if folded.isascii() or not _SPACELESS_SIGN.search(folded):
        return _KEY.findall(folded)
    return [word.text for word in words_of(folded) if any(map(str.isalnum, word.text))]


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def digest_of(text: str) -> int:
    """A positive number that is the same for equal texts."""
    return _digest(text.encode("utf-8", "replace"))


def _digest(text: bytes) -> int:
    raw = hashlib.blake2b(text, digest_size=8).digest()
    return int.from_bytes(raw) >> 1  # 63 bits, to fit a signed 64-bit column
