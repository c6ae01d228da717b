"""Attributions: the lines after a quote of the story that say who said it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import ROLES, WHOLE_TAGS, Box, Passage, is_inside, line_of

MAX_ATTRIBUTION_CHARACTERS = 150
CITED_SHARE = 0.8  # of its letters in italics: a dash or comma may be outside
MAX_LINES = 3  # after a quote: name, position, organization
MAX_LEVELS = 4  # from the words of a quote up to the box that also holds the speaker

_QUOTE_BITS = bits_of("quote")
_SHARE_BITS, _META_BITS = bits_of("share"), bits_of("meta")
_QUOTED = re.compile(r"quote|zitat|citation|testimonial", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:author|attribution|source|cite|citation|caption|name|speaker|person|credit|autor|auteur|quelle)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


def attributions(passages: Sequence[Passage], chosen: Sequence[bool]) -> Iterator[int]:
    """The indexes of the lines that attribute the quotes among the chosen passages."""
    for index, is_chosen in enumerate(chosen):
        whole = _whole_quote(passages[index].box) if is_chosen else None
        if whole is None:
            continue
        for each in range(index + 1, min(index + 1 + MAX_LINES, len(passages))):
            if is_inside(passages[each].box, whole) and _says_who(passages[each], whole):
                yield each


def _whole_quote(box: Box) -> Box | None:
    """The blockquote, figure or box named as a quote that holds quote and speaker; None outside quotes."""
    found = None
    for each in islice(line_of(box), MAX_LEVELS):
        if each.tag in WHOLE_TAGS:
            break
        is_named = bool(each.bits & _QUOTE_BITS and _QUOTED.search(each.names))
        if each.tag == "blockquote" or is_named or (each.tag == "figure" and found is not None):
            found = each
    return found


def _says_who(passage: Passage, whole: Box) -> bool:
    """Whether a line of a quote is marked as the one about the speaker."""
    if len(passage.text) > MAX_ATTRIBUTION_CHARACTERS or passage.box.bits & _SHARE_BITS or is_furniture(passage.text):
        return False
    roles = passage.box.roles
    if roles & ROLES["figcaption"] or (passage.box.tag == "footer" and roles & ROLES["blockquote"]):
        return True
    around = takewhile(lambda box: box is not whole, line_of(passage.box))
    return (
        bool(passage.inline_bits & _META_BITS) or any(_NAMED.search(box.names) for box in around) or _is_cited(passage)
    )


def _is_cited(passage: Passage) -> bool:
    """Whether a passage in a blockquote is in italics, which include cite elements."""
    letters = len(passage.text.replace(" ", ""))
    return bool(passage.box.roles & ROLES["blockquote"]) and passage.italic_characters >= CITED_SHARE * letters
