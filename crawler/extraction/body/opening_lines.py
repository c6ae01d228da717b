"""Lines at the start of a story that only say who wrote it and when: "Jane Doe · 3 days ago · 2 min read"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from crawler.extraction.bylines.byline_lines import MAIL, is_byline_line, is_role, opening_of
from crawler.extraction.bylines.name_words import (
    BYLINE_OPENERS,
    DAY_WORDS,
    MORE_OPENERS,
    NAME_JOINERS,
    NOT_NAMES,
    ROLE_WORDS,
)
from crawler.extraction.bylines.page_words import RELEASE_LABELS
from crawler.extraction.bylines.people import names_newsroom
from crawler.extraction.dates.moments import written_moments
from crawler.extraction.dates.relative_days import moment_told
from crawler.extraction.found import Found
from crawler.extraction.text import ends_sentence, word_key
from news.article import Block, BlockKind

MAX_LINE_CHARACTERS = 140
NAMED_CERTAINTY = 0.4  # of a byline at least: then a line of nothing but its names is not story; a choice
MAX_OTHER_WORDS = 4  # besides a name and a day, such as labels in languages without a table; a choice
MAX_LABELLED_WORDS = 10  # the same where a line has labels: "News desk, Example Times Published by Jane Doe Updated …"
MAX_LABEL_WORDS = 2  # besides a day that ends a text; a choice
MAX_PLACE_WORDS = 3  # after a name and a bar: "Jane Doe | Stow"; a choice
MAX_OFFICE_WORDS = 5  # after a name that follows "by": where and for whom somebody writes; a choice

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SUBHEAD})
_CONTACT = re.compile(r"(?:(?:media|press|news media) )?contacts?\s*[:：]", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|\(|\b)\d[\d\s()./–-]{6,}\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d\b(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[時时시点]\s?\d{0,2}\s?[分분]?")
_READING_TIME = re.compile(
    r"\d+[\s-]?(?:min(?:ut[eio]?[ns]?)?\b\.?|мин\w*|хв\w*|dk\b|dakika|分钟?|分鐘|분|perc)"
    r"\s?(?:\w*\s?(?:read\w*|lesezeit|lecture|lectura|leitura|lettura|okuma|чтения|читання|lästid|luku\w*))?",
    re.IGNORECASE,
)
# What broadcasters write for screen readers before a writer's post: "Role, Example News"
_ROLE_ALOUD = re.compile(
    r"(?:role|reporting from|rôle|fonction|cargo|título del autor|unvan|место работы|роль|посада|شغل|عہدہ|भूमिका|পদবি"
    r"|jabatan|wadhifa|vai trò|chức vụ|役職|기자 직책)[,،，:]\s.{2,80}(?<![.!?])$",
    re.IGNORECASE,
)
_PLACE_BEHIND = re.compile(r"\|\s*[^\W\d_][^\d.!?:;|()]{1,40}")
_VOCABULARY = (
    frozenset(
        word
        for entry in (*BYLINE_OPENERS, *MORE_OPENERS, *NOT_NAMES, *ROLE_WORDS, *NAME_JOINERS)
        for word in word_key(entry)
    )
    | DAY_WORDS
)
_LABELS = frozenset({"published", "updated", "edited", "reported", "written", "posted", "by", "author", "editor"})
_THEN = datetime(2020, 1, 1, tzinfo=UTC)  # any time will do: it only matters whether a line has a date


def is_opening_line(block: Block, authors: Found[tuple[str, ...]] | None, *, behind_one: bool) -> bool:
    """Whether a block is no more than the byline or a day; `behind_one` says that it follows such a line."""
    text = block.text
    if block.kind not in _KINDS or block.at is not None or len(text) > MAX_LINE_CHARACTERS:
        return False
    if is_byline_line(text) or (is_role(text) and not ends_sentence(text)) or _ROLE_ALOUD.match(text):
        return True
    key = word_key(text)
    is_office = len(key) <= MAX_OTHER_WORDS and names_newsroom(text)
    if (behind_one and (is_office or _VOCABULARY.issuperset(key))) or _is_of_release(text):
        return True
    rest, named = _without_names(text, authors.value if authors else ())
    rest, dated = _without_days(rest)
    words = [word for word in word_key(rest) if word not in _VOCABULARY and not word.isdigit()]
    if named and dated:
        is_labelled = len(_LABELS.intersection(key)) > 1 and not ends_sentence(text)
        return len(words) <= (MAX_LABELLED_WORDS if is_labelled else MAX_OTHER_WORDS)
    if named and opening_of(text)[1] and not ends_sentence(text):
        return len(words) <= MAX_OFFICE_WORDS
    if named and _PLACE_BEHIND.fullmatch(rest.strip()) and len(words) <= MAX_PLACE_WORDS:
        return True
    if authors and named:
        is_labelled = any(word in _VOCABULARY and not (word.isascii() and len(word) < 3) for word in word_key(rest))
        return not words and (is_labelled or authors.certainty >= NAMED_CERTAINTY)
    return dated and not words


def is_day_only(text: str) -> bool:
    """Whether a line is a day with at most MAX_LABEL_WORDS words besides the usual labels."""
    rest, dated = _without_days(text)
    return dated and sum(word not in _VOCABULARY for word in word_key(rest)) <= MAX_LABEL_WORDS


def _is_of_release(text: str) -> bool:
    """Whether a line is the label of a press release, a mail address or a contact."""
    if text.strip(" :–—-").casefold() in RELEASE_LABELS or MAIL.fullmatch(text.strip()):
        return True
    return bool(_CONTACT.match(text) and (MAIL.search(text) or _PHONE.search(text)))


def _without_names(text: str, names: Sequence[str]) -> tuple[str, bool]:
    """A line without the writers' names and mail addresses, and whether it had a name."""
    rest = MAIL.sub(" ", text) if "@" in text else text
    found = [name for name in names if name.lower() in rest.lower()]
    for name in found:
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    return rest, bool(found)


def _without_days(text: str) -> tuple[str, bool]:
    """A line without days, times and reading time, and whether it had a day."""
    found = written_moments(text, month_first=True)
    dated = bool(found)
    for start, end, _ in reversed(found):
        text = f"{text[:start]} {text[end:]}"
    text = _READING_TIME.sub(" ", _CLOCK.sub(" ", text))
    if moment_told(text.strip(" ·|•"), _THEN) is not None:
        return "", True
    return text, dated
