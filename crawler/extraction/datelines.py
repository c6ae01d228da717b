"""The dateline: the place that opens a wire story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.vocabulary import AGENCIES
from news.article import Block, BlockKind

MAX_PLACE_CHARACTERS = 60
MAX_PLACE_WORDS = 4  # in capitals before a dash, with no agency in between; more words are a label

_AGENCY = "|".join(sorted((re.escape(name) for name in AGENCIES), key=len, reverse=True))
# "TEHRAN, Iran (AFP) — …", "Berlin (dpa) - …", "ANKARA — …": a place in capitals, or any place before an agency
_DATELINE = re.compile(
    rf"(?:(?P<agency_place>[^\W\d][^().!?]{{1,{MAX_PLACE_CHARACTERS}}}?)\s*\((?i:{_AGENCY})(?:/[^()]{{1,20}})?\)"
    rf"|(?P<place>[^\W\d_a-z][^\W\d_a-z]+(?:[ .'-][^\W\d_a-z]+)*(?:, [^\W\d][^().!?–—]{{1,30}})?))\s*[–—-]{{1,2}}\s"
)


def read_dateline(blocks: Sequence[Block]) -> str | None:
    """The place before the dash that opens the first paragraph; None where the story opens differently.

    >>> read_dateline([Block(kind=BlockKind.PARAGRAPH, text="TEHRAN, Iran (AFP) — Talks began on Sunday.")])
    'TEHRAN, Iran'
    """
    first = next((block.text for block in blocks if block.kind is BlockKind.PARAGRAPH), "")
    match = _DATELINE.match(first)
    if match is None:
        return None
    place = (match["agency_place"] or match["place"]).strip(" ,")
    is_place = match["agency_place"] or len(place.split(",")[0].split()) <= MAX_PLACE_WORDS
    return place if is_place and len(place) <= MAX_PLACE_CHARACTERS else None
