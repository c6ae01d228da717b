"""Lines recognized as furniture by their words alone: labels, prompts, pointers to other stories, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler.extraction.body.inner_prompts import INNER_PROMPTS
from crawler.extraction.body.notices import NOTICES
from crawler.extraction.body.prompts import PROMPT_PATTERNS
from crawler.extraction.bylines.page_words import BUTTONS
from crawler.extraction.text import AnyCase, tidy
from crawler.extraction.vocabulary import (
    LINK_BOX_LABELS,
    LINK_LINE_OPENERS,
    SOURCE_OPENERS,
)

MAX_LABEL_CHARACTERS = 60
MAX_LINK_LINE_CHARACTERS = 250
MAX_SOURCE_CHARACTERS = 140
MAX_ENTRY_CHARACTERS = 500  # of what old themes of WordPress say below a post about its feed and comments
MAX_BUTTONS_CHARACTERS = 100
MIN_NOTICE_CHARACTERS = 16  # entries of menus are shorter
_BETWEEN_BUTTONS = re.compile(r"\s*[|·•]\s*")
_DASHES = " -–—"
_LABEL_TRIM = " \t\n:：»›>→…-–—|•▶"
_LINK_OPENERS = "|".join(sorted((re.escape(word) for word in LINK_LINE_OPENERS), key=len, reverse=True))
LINK_LINE = re.compile(rf"^[\W_]*(?:{_LINK_OPENERS})\s*(?:[:：|>»】\]]|[-–—]\s)\s*\S", re.IGNORECASE)
_LINK_LINE_SIGN = re.compile(r"[:：|>»】\]\-–—]")  # in every such line: checked first, since most lines have none
LINKED_LINE = re.compile(rf"^[\W_]*(?:{_LINK_OPENERS})\b", re.IGNORECASE)
SOURCE_LINE = re.compile(
    r"^(?-i:SOURCE\s+(?=[A-Z0-9].*[a-z])(?P<firm>.{2,120}))$|"  # at the end of companies' press releases
    rf"^[\W_]*(?:{'|'.join(map(re.escape, SOURCE_OPENERS))})\s*[:：]\s*(?P<source>.{{2,120}})$",
    re.IGNORECASE,
)
# "2026-01-08 10:30 来源:新华社 作者:王小明"
_EAST_SOURCE = re.compile(r"\d.{0,30}?(?:来源|來源|稿源)\s?[:：]\s*([^\s:：|]{2,30})")
_DAY_BEHIND = re.compile(r"(?<![,;])\s+\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b.*$")
_PROMPTS = AnyCase("|".join(f"(?:{pattern})" for pattern in PROMPT_PATTERNS))
_INNER_PROMPTS = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in INNER_PROMPTS.items())
_NOTICES = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in NOTICES.items())
_ENTRY = re.compile(
    r"(?:this entry was (?:posted|written)|dieser (?:eintrag|beitrag|artikel) wurde|cet(?:te entrée| article) a été"
    r"|esta entrada (?:fue|se)|quest(?:o articolo|a voce) è stat|este (?:post|artigo) foi|dit bericht (?:is|werd)"
    r"|ten wpis został|detta inlägg|запись опубликована)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:\s*(?:\{[{%*#].{0,80}?[}%*#]\}|<%.{0,80}?%>|\$\{[^}]{0,80}\}|\[/?[a-z][\w-]{2,30}(?:\s+[\w-]+=[^\]]{0,200})?/?\]))+\s*"
)  # an unfilled template or a content system's shortcode


def is_label(text: str | None, labels: frozenset[str]) -> bool:
    """Whether a short text is one of the labels, ignoring arrows and a closing colon."""
    return bool(text) and len(text or "") <= MAX_LABEL_CHARACTERS and _bare(text or "") in labels


@lru_cache(maxsize=10_000)
def _bare(text: str) -> str:
    """A short text in the form of the labels: case-folded, without arrows and closing colon."""
    return tidy(text).strip(_LABEL_TRIM).casefold().replace("’", "'")


def is_furniture(text: str) -> bool:
    """Whether a whole line is a label, a prompt or a pointer to another story."""
    if is_label(text, LINK_BOX_LABELS):
        return True
    if len(text) > MAX_LINK_LINE_CHARACTERS:
        return len(text) <= MAX_ENTRY_CHARACTERS and "RSS" in text and _ENTRY.match(text) is not None
    line = text.strip()
    if _LINK_LINE_SIGN.search(text) and LINK_LINE.match(text):
        return True
    if _is_placeholder(text) or (_has_bar(line) and _are_buttons(line)) or _PROMPTS.is_all_of(line.strip(_DASHES)):
        return True
    folded = line.casefold()
    for word, pattern in _INNER_PROMPTS:
        if word in folded and pattern.fullmatch(line):
            return True
    if len(line) < MIN_NOTICE_CHARACTERS:
        return False
    for word, pattern in _NOTICES:  # noqa: SIM110  any() would take longer than the search
        if word in folded and pattern.fullmatch(line):
            return True
    return False


def _has_bar(text: str) -> bool:
    return "|" in text or "·" in text or "•" in text


def _are_buttons(text: str) -> bool:
    """Whether a line is nothing but the texts of several buttons: "Print | Send to a friend"."""
    parts = _BETWEEN_BUTTONS.split(text) if len(text) <= MAX_BUTTONS_CHARACTERS else []
    return len(parts) > 1 and all(part.casefold() in BUTTONS for part in parts)


def opens_pointer(text: str) -> bool:
    """Whether a line starts like a pointer to another story; it is one if all of it is a link."""
    return len(text) <= MAX_LINK_LINE_CHARACTERS and LINKED_LINE.match(text) is not None


def _is_placeholder(text: str) -> bool:
    return ("{" in text or "<%" in text or "[" in text) and _PLACEHOLDER.fullmatch(text) is not None


def is_source_line(text: str) -> bool:
    """Whether a text names the story's sources: "SOURCE: AA and agencies"."""
    return len(text) <= MAX_SOURCE_CHARACTERS and SOURCE_LINE.match(text) is not None


def source_line_in(texts: Iterable[str]) -> str | None:
    """The sources named by the last source line of a page's texts ("SOURCE: AA and agencies"), or None."""
    found = None
    for text in texts:
        if len(text) > MAX_SOURCE_CHARACTERS:
            continue
        if match := SOURCE_LINE.match(text):
            found = source_of(match)
        elif not text.isascii() and (named := _EAST_SOURCE.search(text)):
            found = named[1]
    return found


def source_of(match: re.Match[str]) -> str:
    """The sources that a line names, without an unmatched closing bracket."""
    source = _DAY_BEHIND.sub("", (match["source"] or match["firm"]).partition(" | ")[0]).strip()
    return source.removesuffix(")").rstrip() if source.count(")") > source.count("(") else source
