"""Sketches: small samples of a text's shingles and figures, by which copies are found and compared."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from news.words import SPACELESS

# The sample is the bottom sketch of A. Broder, "On the resemblance and containment of documents" (1997): a shingle's
# hash is its rank in one random order of all shingles, and a text keeps its lowest ranks, its minima under that order.
# Unlike many permutations with one minimum each, it also estimates containment, and short texts are kept whole.
RECIPE = 2  # raise it when a text's sketch changes: articles of an older recipe are then sketched again
SHINGLE_WORDS = 3  # measured in benchmarks/near_duplicates.py
SHINGLE_CHARACTERS = 6  # for scripts without spaces; about as much text as three words
MIN_UNITS = 40  # fewest words of a text that can be a copy; in scripts without spaces twice as many characters
SKETCH_SIZE = 256  # hashes kept: a standard error of .03 when half of a text is shared; shorter texts are exact
FIGURE_COUNT = 64  # figures kept, the lowest hashes as above; a choice: few stories have more
BAND_COUNT = 16  # lowest hashes used for lookup; a copy cut to a third shares five of them on average

_RANK_BYTES = 4
Unit = TypeVar("Unit", str, bytes)
_UNITS = re.compile(rf"[{SPACELESS}]|[^\W{SPACELESS}]+")
SPACELESS_UNIT = re.compile(f"[{SPACELESS}]")
_WITHOUT_MARKS = {ord(mark): None for mark in ".,:/"}
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")  # as one, however its thousands and decimals are set apart


@dataclass(frozen=True, slots=True)
class Sketch:
    """The part of a text's shingles that is kept."""

    hashes: tuple[int, ...] = ()  # the lowest ones, ascending, 32 bits each; empty for a text too short to judge
    shingle_count: int = 0  # distinct ones in the whole text
    figures: tuple[int, ...] = ()  # the lowest hashes of its distinct figures, ascending

    @property
    def bands(self) -> tuple[int, ...]:
        """The keys the text is looked up by: texts that share one may be copies."""
        return self.hashes[:BAND_COUNT]


def sketch_of(text: str) -> Sketch:
    """The sketch of a text in any language.

    >>> sketch_of("Too short to be judged.")
    Sketch(hashes=(), shingle_count=0, figures=())
    """
    units = units_of(text)
    length = _shingle_length(units)
    if len(units) * SHINGLE_WORDS < MIN_UNITS * length:
        return Sketch()
    ranks = _ranks(units, length)
    return Sketch(_lowest(ranks, SKETCH_SIZE), len(ranks), _lowest(map(_rank, figures_of(text)), FIGURE_COUNT))


def units_of(text: str) -> list[str]:
    """The words of a text, or its characters in scripts without spaces, folded in case and compatibility forms.

    >>> units_of("“Ankara” – US$3.5m, ﬁnally")
    ['ankara', 'us', '3', '5m', 'finally']
    """
    return _UNITS.findall(text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold())


def figures_of(text: str) -> set[str]:
    """The figures of a text by their digits alone, since desks set thousands and decimals apart in their own ways.

    >>> sorted(figures_of("1,500 at 10.30, 1.500 in ٢٠٢٦")) == ["1030", "1500", "2026"]
    True
    """
    return {_digits_of(found) for found in set(_FIGURE.findall(text))}


def _digits_of(figure: str) -> str:
    if figure.isascii():
        return figure.translate(_WITHOUT_MARKS)
    return "".join(str(int(digit)) for digit in figure if digit.isdecimal())


def shingles(units: Sequence[Unit], length: int) -> Iterator[tuple[Unit, ...]]:
    """Every run of `length` consecutive units."""
    return zip(*(islice(units, start, None) for start in range(length)), strict=False)


def packed(sketch: Sketch) -> bytes:
    """The hashes as they are stored, four bytes each: those of shingles, then those of figures."""
    return struct.pack(f">{len(sketch.hashes) + len(sketch.figures)}I", *sketch.hashes, *sketch.figures)


def unpacked(stored: bytes, shingle_count: int) -> Sketch:
    """The sketch that was stored; one of recipe 1 has no figures."""
    hashes = struct.unpack(f">{len(stored) // _RANK_BYTES}I", stored)
    kept = min(shingle_count, SKETCH_SIZE)
    return Sketch(hashes[:kept], shingle_count, hashes[kept:])


def _shingle_length(units: Sequence[str]) -> int:
    if not SPACELESS_UNIT.search(" ".join(units)):  # most texts; far faster than testing each unit
        return SHINGLE_WORDS
    characters = sum(1 for unit in units if SPACELESS_UNIT.match(unit))
    return SHINGLE_CHARACTERS if characters * 2 > len(units) else SHINGLE_WORDS


def _ranks(units: Sequence[str], length: int) -> set[bytes]:
    """The ranks of all shingles, big-endian, so that they sort as their numbers do."""
    encoded = " ".join(units).encode("utf-8", "replace").split(b" ")
    return {blake2b(b" ".join(one), digest_size=_RANK_BYTES).digest() for one in shingles(encoded, length)}


def _rank(unit: str) -> bytes:
    return blake2b(unit.encode(), digest_size=_RANK_BYTES).digest()


def _lowest(ranks: Iterable[bytes], count: int) -> tuple[int, ...]:
    lowest = b"".join(sorted(set(ranks))[:count])
    return struct.unpack(f">{len(lowest) // _RANK_BYTES}I", lowest)
