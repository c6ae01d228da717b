"""Passages chosen for the story that stand in boxes which the page itself calls advertising."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import Box, Passage, line_of

# Whole classes or ids, never parts of them: "post-and-ads-container", "has-ads" and "body-ad-wrapper" hold stories
_NAMES = re.compile(
    r"(?:^|\s)(?:ads?|adverts?|advertisements?|advertising|ad[-_]?(?:\d+|slot|unit|box|banner|block|break|area|zone|space)"
    r"(?:[-_]?\w+)?|advert[-_]?(?:box|block|slot)|sponsored(?:[-_](?:content|post|text))?|werbung|anzeige|reklam"
    r"|publicidad|reklama)(?=\s|$)",
    re.IGNORECASE,
)
_BITS = bits_of("ad")
# Boxes with a larger share are the story: 16 of 1,421 annotated pages have more of it in a box with such a name
MAX_SHARE = 0.3


def advertised(passages: Sequence[Passage], chosen: Sequence[int]) -> set[int]:
    """The indexes of chosen passages in advertising boxes; none if those hold too much of the story."""
    found = {index for index in chosen if _is_advertising(passages[index].box)}
    sizes = {index: len(passages[index].text) for index in chosen}
    return found if sum(map(sizes.__getitem__, found)) <= MAX_SHARE * sum(sizes.values()) else set()


def _is_advertising(box: Box) -> bool:
    return bool(box.all_bits & _BITS) and any(each.bits & _BITS and _NAMES.search(each.names) for each in line_of(box))
