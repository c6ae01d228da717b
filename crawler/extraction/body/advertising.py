"""Boxes that a page itself calls advertising, within the passages taken for the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.body.passages import Box, Passage, line_of
from crawler.extraction.page.nametokens import GROUP_NAMES

# A whole class or id, never a part of one: "post-and-ads-container", "has-ads" and "body-ad-wrapper" hold stories
_NAMES = re.compile(
    r"(?:^|\s)(?:ads?|adverts?|advertisements?|advertising|ad[-_]?(?:\d+|slot|unit|box|banner|block|break|area|zone|space)"
    r"(?:[-_]?\w+)?|advert[-_]?(?:box|block|slot)|sponsored(?:[-_](?:content|post|text))?|werbung|anzeige|reklam"
    r"|publicidad|reklama)(?=\s|$)",
    re.IGNORECASE,
)
_BITS = 1 << GROUP_NAMES.index("ad")
# What holds more of the story is the story: 16 of 1,421 annotated pages have more in a box with such a word
MAX_SHARE = 0.3


def advertised(passages: Sequence[Passage], chosen: Sequence[int]) -> set[int]:
    """The indexes of chosen passages in boxes of advertising; none where the boxes hold much of the story."""
    found = {index for index in chosen if _is_advertising(passages[index].box)}
    sizes = {index: len(passages[index].text) for index in chosen}
    return found if sum(map(sizes.__getitem__, found)) <= MAX_SHARE * sum(sizes.values()) else set()


def _is_advertising(box: Box) -> bool:
    return bool(box.all_bits & _BITS) and any(each.bits & _BITS and _NAMES.search(each.names) for each in line_of(box))
