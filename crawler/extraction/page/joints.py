"""The text of elements that only the style sheet sets apart: with blanks where words would run together."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from crawler.extraction.text import MAX_BLOCK_CHARACTERS, tidy

_JOINT = "\0"  # put between two elements' texts; it never occurs in parsed text
_BETWEEN_NAMES = frozenset({"and", "und", "et", "og", "och", "ve", "en"})  # as the whole text of an element
_VOWELS = r"\u0900-\u0903\u093a-\u094d\u0980-\u0d4d\u0e31-\u0e4e"  # signs that Indic and Thai words may end in
# Matches where "7 May 2026" ends an element and "Updated" begins the next; not after a drop cap, nor before "th".
_RUN = re.compile(rf"{_JOINT}(?![a-z])(?=[^\W_])(?:(?<=\w(?:[^\W_]|[{_VOWELS}]){_JOINT})|(?<=\d{_JOINT}))")
_LAST_WORD = re.compile(r"[^\W\d_]{2}$")


def spaced_text(pieces: list[str], links: list[int], openings: Collection[int] = ()) -> str:
    """Join the pieces of a short text, with a blank where one word or number would run into the next; "" if none does.

    Between two links it is a comma, since writers are linked one by one. `links` has each piece's link, 0 for none;
    `openings` are the indexes of pieces that begin an element right behind another one.
    """
    if not openings and _RUN.search(_JOINT.join(pieces)) is None and _BETWEEN_NAMES.isdisjoint(pieces):
        return ""
    runs = [
        _runs_on(*pair) or (index in openings and _ends_name(*pair)) for index, pair in enumerate(pairwise(pieces), 1)
    ]
    if True not in runs:
        return ""
    joints = [
        "" if not run else ", " if before and behind and before != behind else " "
        for run, (before, behind) in zip(runs, pairwise(links), strict=True)
    ]
    spaced = "".join(f"{piece}{joint}" for piece, joint in zip(pieces, (*joints, ""), strict=True))
    return tidy(spaced, limit=MAX_BLOCK_CHARACTERS)


def _ends_name(piece: str, behind: str) -> bool:
    """Whether an element of several words ends in a letter where the next begins: "Jane Doe", "edited by"."""
    return " " in piece.strip() and _LAST_WORD.search(piece) is not None and behind[:1].isalpha()


def _runs_on(piece: str, behind: str) -> bool:
    """Whether the word that ends one piece would run into the one that begins the next."""
    if behind in _BETWEEN_NAMES or piece in _BETWEEN_NAMES:
        return piece[-1:].isalpha() and behind[:1].isalpha()
    return _RUN.search(f"{piece[-2:]}{_JOINT}{behind[:1]}") is not None
