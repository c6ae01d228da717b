"""Bylines as readers see them: short passages near the headline that name who wrote the story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .nametokens import GROUP_NAMES
from .passages import Passage
from .text import word_key
from .vocabulary import (
    AGENCIES,
    BYLINE_AFTERWORDS,
    BYLINE_OPENERS,
    NAME_JOINERS,
    NAME_PARTICLES,
    NOBODY,
    NOT_BYLINE_OPENERS,
)

MAX_BYLINE_CHARACTERS = 200
PASSAGES_BEFORE = 4  # passages before the headline that are looked at
PASSAGES_BEHIND = 14  # passages behind it
PASSAGES_RIGHT_BELOW = 4  # of them: there a byline stands most often, whatever its box is called
PASSAGES_SEARCHED = 1_500  # for boxes that are named after authors, anywhere on the page
MIN_SCORE = 2.0
MAX_OPENING = 80  # characters before a "by" inside a line
MAX_NAMES_CHARACTERS = 160
LOWER_CASE = NAME_PARTICLES | frozenset(NAME_JOINERS) | AGENCIES  # words of a byline that need no capital

_OPENERS = "|".join(sorted((re.escape(word) for word in BYLINE_OPENERS), key=len, reverse=True))
_AT_START = re.compile(rf"^[\W_]*(?:{_OPENERS})\s*(?:[:：]\s*|\s+|(?=[^\W\d_a-z]))(?=\S)", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:^|\s|(?<=\d))(?:by|von|par|por|door|av|af|[Aa]utor(?:in)?:|[Tt]ext(?: von)?:?)\s+(?=[^\W\d_])"
)
_SEPARATOR = re.compile(r"\s*[|·•⋅—–@]\s*|\s{2,}|\s-\s|(?<=\w);\s")
_AFTER = re.compile(rf"(?:^|[\s,]+)(?:{'|'.join(BYLINE_AFTERWORDS)})(?:\s.*|$)|(?:^|[\s,(])[\s,(]*\d.*$", re.IGNORECASE)
_NOT_BYLINE = re.compile(rf"^[\W_]*(?:{'|'.join(NOT_BYLINE_OPENERS)})\b", re.IGNORECASE)
_NAMED = re.compile(
    r"author|byline|writer|autor(?!i[sz])|auteur|verfasser|yazar|redacteur|journalist|reporter|contributor",
    re.IGNORECASE,
)
_NOT_NAMED = re.compile(r"comment|related|recommend|sidebar|widget|bio\b|teaser|authorit", re.IGNORECASE)
_OUTSIDE = sum(1 << GROUP_NAMES.index(name) for name in ("comment", "related", "nav", "foot", "side"))
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMMENT = 1 << GROUP_NAMES.index("comment")
_SENTENCE = re.compile(r"[.!?。]\s+\S|[!?。]$")


@dataclass(frozen=True)
class ShownByline:
    """One byline of the page as it is written, without what stands before and behind the names."""

    text: str
    score: float


def shown_bylines(passages: list[Passage], headline: int) -> list[ShownByline]:
    """The bylines of a page, best first; `headline` is the index of its passage, -1 where none shows it."""
    found: list[ShownByline] = []
    story = False  # a long passage stood behind the headline: what follows is the story's text
    for index, passage in enumerate(passages[:PASSAGES_SEARCHED]):
        distance = index - headline if headline >= 0 else index
        story = story or (distance > 0 and len(passage.text) > MAX_BYLINE_CHARACTERS)
        near = -PASSAGES_BEFORE <= distance <= PASSAGES_BEHIND and distance != 0 and not story
        named = _is_named(passage)
        if not (near or named) or len(passage.text) > MAX_BYLINE_CHARACTERS or _NOT_BYLINE.match(passage.text):
            continue
        opened = _opened(passage.text)
        text = _names_part(opened if opened is not None else passage.text)
        if not text or not _may_name(text, strict=opened is None and not named):
            continue
        score = _score(passage, text, distance, opened=opened is not None, named=named, near=near)
        if text.islower() and not (opened is not None and near):
            score -= 1.0  # a user name is believed where something says that it is one
        if score >= MIN_SCORE:
            found.append(ShownByline(text, score))
    return sorted(found, key=lambda byline: -byline.score)


def _score(passage: Passage, text: str, distance: int, *, opened: bool, named: bool, near: bool) -> float:
    """How much speaks for `text`, cut out of the passage, being the byline."""
    right_below = near and 0 < distance <= PASSAGES_RIGHT_BELOW
    score = 1.75 * opened + 2.0 * named + 1.0 * (passage.box.tag in ("address", "byline"))
    if near:
        score += 1.0 if right_below else 0.5
    if not opened and not named:
        score += 1.0 if near and abs(distance) <= 3 and _YEAR.search(passage.text) else 0.0
    if passage.box.all_bits & _OUTSIDE and not named and not right_below:
        score -= 2.0
    if _SENTENCE.search(text):
        score -= 1.5
    return score


def _is_named(passage: Passage) -> bool:
    """Whether the box or the one around it is called after an author."""
    box = passage.box
    for candidate in (box, box.parent):
        if candidate is None or candidate.tag in ("body", "main", "article"):
            continue
        if _is_author_name(f"{candidate.element.get('class') or ''} {candidate.element.get('id') or ''}"):
            return not (passage.box.all_bits & _COMMENT)
    return False


@lru_cache(maxsize=10_000)
def _is_author_name(names: str) -> bool:
    """Whether an id and classes are about an author."""
    return bool(_NAMED.search(names)) and not _NOT_NAMED.search(names)


def _opened(text: str) -> str | None:
    """What stands behind "by" and its like; None where nothing opens a byline."""
    if match := _AT_START.match(text):
        return text[match.end() :]
    match = _INSIDE.search(text)
    if match is None or match.start() > MAX_OPENING:
        return None
    # In running text only a capital tells a name from "divided by tens"; a line with a date is a byline.
    return text[match.end() :] if text[match.end()].isupper() or _DIGIT.search(text) else None


def _names_part(text: str) -> str:
    """The part of a byline that can be names: dates, places and counts behind or before them are cut."""
    for segment in _SEPARATOR.split(text):
        kept = _AFTER.sub("", segment).strip(" ,;:-–—|")
        if kept and word_key(kept) and kept.casefold() not in NOBODY:
            return kept
    return ""


def _may_name(text: str, *, strict: bool) -> bool:
    """Whether a text can be names: few words, the longer ones capitalised; `strict` where nothing else says so."""
    words = [word for word in re.split(r"[\s,;&/]+", text) if word]
    if len(text) > MAX_NAMES_CHARACTERS or not words:
        return False
    capital = [not word[0].islower() for word in words if word.casefold() not in LOWER_CASE]
    if strict:
        return 2 <= len(words) <= 4 and len(capital) >= 2 and all(capital) and not any(map(str.isdigit, text))
    return len(words) == 1 or (bool(capital) and all(capital))
