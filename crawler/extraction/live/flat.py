"""Live blogs written as one text, where each post begins with its time: "12.31 Uhr: The first boat has left …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from crawler.extraction.page.passages import Box, Passage, line_of

MAX_OPENING_CHARACTERS = 60

_UNIVERSAL = frozenset({"GMT", "UTC", "ت.غ", "تغ", "بتوقيت غرينتش"})

# An opening is a time of day, maybe in brackets or between words for "at" and "o'clock", and what separates it from
# the text: a colon, dash or bar. A date may come before it. In "1405 GMT" the time itself needs no colon.
_OPENING = re.compile(
    r"^[\W_]*(?:(?P<date>\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?(?:\d{4}|\d{2})?),?\s+)?"
    r"(?:(?:um|at|à|a las|às|alle|ore|kl\.?|klo|saat|om|o|u|в)\s+)?"
    r"(?:(?P<clock>(?:[01]?\d|2[0-3])\s?[:.hH]\s?[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?)"
    r"|(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?=\s?(?:GMT\b|UTC\b|ت\.?غ|بتوقيت غرينتش)))"
    r"\s*(?P<zone>uhr|h|hrs?|uur|ت\.?غ|بتوقيت غرينتش|[A-Z]{2,5}|\([A-Z]{2,5}\))?\s*"
    r"(?:[\]):|•·»+]+|[-–—]\s)\s*(?=\S)",
    re.IGNORECASE,
)


def opening_of(text: str) -> str | None:
    """The time that a text begins with, including its date and GMT if stated; None if it begins otherwise."""
    match = _OPENING.match(text[:MAX_OPENING_CHARACTERS])
    if match is None:
        return None
    clock = match["clock"] or f"{match['hour']}:{match['minute']}"
    is_universal = (match["zone"] or "").strip("()").upper() in _UNIVERSAL
    return " ".join(part for part in (match["date"], clock, "GMT" if is_universal else None) if part)


def without_opening(text: str) -> str:
    """A text without the time that it begins with."""
    match = _OPENING.match(text[:MAX_OPENING_CHARACTERS])
    return text[match.end() :] if match else text


def flat_runs(passages: Sequence[Passage]) -> list[tuple[str, tuple[int, ...]]]:
    """(stated time, passage indexes) of each post, from one opening to the next in the box around all."""
    starts = _alike(passages, [index for index, passage in enumerate(passages) if opening_of(passage.text)])
    if not starts:
        return []
    around = max(set[int].intersection(*(_numbers(passages[start].box) for start in starts)))
    runs = []
    for start, end in pairwise([*starts, len(passages)]):
        indexes = tuple(index for index in range(start, end) if around in _numbers(passages[index].box))
        runs.append((opening_of(passages[start].text) or "", indexes))
    return runs


def _alike(passages: Sequence[Passage], indexes: list[int]) -> list[int]:
    """The indexes of passages whose kind of box is the most common among them."""
    kinds = Counter(passages[index].box.path for index in indexes)
    most = next((path for path, _ in kinds.most_common(1)), "")
    return [index for index in indexes if passages[index].box.path == most]


def _numbers(box: Box | None) -> set[int]:
    """The numbers of a box and those around it; inner boxes have higher numbers."""
    return {each.number for each in line_of(box)}
