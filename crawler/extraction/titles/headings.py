"""Remove kickers, subtitles and dates from headings, by the heading's markup or by other statements of the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.tree import names_of, text_of
from crawler.extraction.text import tidy, word_key

MAX_DEPTH = 8  # of elements inside a heading
MAX_KICKER_CHARACTERS = 80
MIN_CORE_WORDS = 4  # of a headline that is looked for inside a longer heading
MIN_KICKER_WORDS = 2  # a single word may be an article or preposition that a shorter statement omits

# Names in ids and classes of what a heading holds besides the headline, in the languages of the corpora.
KICKER_NAMES = (
    "kicker", "over-?line", "top-?line", "roof-?line", "dachzeile", "top-?title", "super-?title", "pre-?title",
    "eyebrow", "spitzmarke", "antetitulo", "volada", "surtitre", "occhiello", "vorzeile", "title-?header", "topic",
    "label", "section", "categor", "rubri[kc]", r"tag\b", "badge", "small", "date", "ober(?:zeile|titel)", "flag",
    "ressort", "prefix", "fake-h[3-6]",
)  # fmt: skip
SUBTITLE_NAMES = (
    "sub-?(?:title|head|line|headline|hed)",
    "under-?(?:title|line)",
    r"deck?\b",
    "standfirst",
    "unterzeile",
)
HIDDEN_NAMES = ("hidden", "invisible", "off-?screen", "sr-only", "screen-?reader", "aural", "a11y")

_KICKER = re.compile("|".join(KICKER_NAMES), re.IGNORECASE)
_SUBTITLE = re.compile("|".join(SUBTITLE_NAMES), re.IGNORECASE)
_HIDDEN = re.compile("|".join(HIDDEN_NAMES), re.IGNORECASE)
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "svg", "button", "sup", "rt", "rp"})
_ASIDE_TAGS = frozenset({"small", "time"})
_WORDS = re.compile(r"\w+")
_OPENING = re.compile(r"[\"'“„«»「『¿¡(#]+$")
_SET_OFF = re.compile(r"(?<!\s):|[–—-]")  # not a colon after a blank, with which templates join a kicker
_JOINTS = " |-–—:·,"  # what templates write between the parts


def headline_part(heading: HtmlElement) -> str:
    """The heading without kickers, subtitles and hidden text; "" if nothing is left."""
    text = tidy(" ".join(_own_text(heading, 0))).strip(_JOINTS)
    return text if word_key(text) else ""


def heading_kicker(heading: HtmlElement) -> str:
    """The kicker that the heading's own markup sets apart before the headline; "" if there is none."""
    for element in heading.iter():
        if element is heading or not isinstance(element.tag, str):
            continue
        if _stands_aside(element):
            names = names_of(element)
            kicker = bool(_KICKER.search(names)) and not (_HIDDEN.search(names) or _SUBTITLE.search(names))
            text = text_of(element, limit=MAX_KICKER_CHARACTERS + 1).strip(_JOINTS) if kicker else ""
            if 1 < len(text) <= MAX_KICKER_CHARACTERS and not find_moment(text):
                return text
        elif (element.text or "").strip():
            return ""  # the headline has begun
        if (element.tail or "").strip():
            return ""
    return ""


def without_kicker(text: str, others: Iterable[tuple[str, ...]]) -> str:
    """A heading without the kicker before, or the date after, a headline that is one of the `others`.

    Only words directly before the headline are a kicker; words set off by a colon or dash belong to the headline.
    """
    key, words = word_key(text), list(_WORDS.finditer(text))
    for other in sorted(others, key=len, reverse=True):
        surplus = len(key) - len(other)
        if len(other) < MIN_CORE_WORDS or surplus < MIN_KICKER_WORDS or len(words) != len(key):
            continue
        if key[surplus:] == other:
            start = words[surplus].start()
            if not _SET_OFF.search(text[words[surplus - 1].end() : start]):
                opening = _OPENING.search(text[:start])
                return (opening[0] if opening else "") + text[start:]
        elif key[: len(other)] == other and find_moment(text[words[len(other)].start() :]):
            return text[: words[len(other)].start()].rstrip(" |•·,-–—(")
    return text


def _own_text(element: HtmlElement, depth: int) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and depth < MAX_DEPTH and not _stands_aside(child):
            yield from _own_text(child, depth + 1)
        if child.tail:
            yield child.tail


def _stands_aside(element: HtmlElement) -> bool:
    if element.tag in _SILENT_TAGS or element.tag in _ASIDE_TAGS or element.get("aria-hidden") == "true":
        return True
    names = names_of(element)
    return len(names) > 1 and bool(_KICKER.search(names) or _SUBTITLE.search(names) or _HIDDEN.search(names))
