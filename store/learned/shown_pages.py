"""Packing what a page showed into a few hundred numbers."""

from __future__ import annotations

import sys
from array import array
from datetime import datetime
from functools import lru_cache

from news.seen_pages import BodyBlock, SeenPage


def pack(page: SeenPage) -> bytes:
    """Pack the digests of a page: counts, three sets, then each block of the text with its shingles."""
    sets = (page.topic, page.furniture, page.held)
    numbers = array("q", [*map(len, sets), len(page.body)])
    for digests in sets:
        numbers.extend(digests)
    for digest, block in page.body.items():
        numbers.extend([digest, block.words, block.is_sentence, len(block.shingles), *block.shingles])
    if sys.byteorder == "big":
        numbers.byteswap()  # a database may move to another machine
    return numbers.tobytes()


@lru_cache(maxsize=256)  # pages of a source or two: successive transactions of a crawl compare with nearly the same
def unpack(record: bytes, *, article_id: str, seen_at: datetime) -> SeenPage:
    """The page of a record made by `pack`, without its texts."""
    numbers = _numbers(record)
    *sizes, blocks = numbers[:4]
    at = 4
    sets: list[frozenset[int]] = []
    for size in sizes:
        sets.append(frozenset(numbers[at : at + size]))
        at += size
    body: dict[int, BodyBlock] = {}
    for _ in range(blocks):
        digest, words, is_sentence, shingles = numbers[at : at + 4]
        at += 4
        body[digest] = BodyBlock(words, bool(is_sentence), frozenset(numbers[at : at + shingles]))
        at += shingles
    topic, furniture, held = sets
    return SeenPage(topic=topic, furniture=furniture, held=held, body=body, article_id=article_id, seen_at=seen_at)


def unpack_held(record: bytes) -> frozenset[int]:
    """Only the blocks that the article was stored with, of a record made by `pack`."""
    topic, furniture, held = _numbers(record[:32])[:3]
    start = 8 * (4 + topic + furniture)
    return frozenset(_numbers(record[start : start + 8 * held]))


def _numbers(record: bytes) -> array[int]:
    numbers = array("q")
    numbers.frombytes(record)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
