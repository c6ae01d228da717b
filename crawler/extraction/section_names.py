"""How a section is spelled for readers, where only an address or a system's own name tells it."""

from __future__ import annotations

import re
from itertools import groupby
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.kickers import MAX_LABEL_CHARACTERS
from crawler.extraction.page.document import Document
from crawler.extraction.page.tree import text_of
from crawler.extraction.spellings import spelled_in_addresses

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset({"and", "und", "et", "e", "y", "i", "og", "och", "en", "ve"})  # which labels write as "&"
_MAX_MENU_LINKS = 150


def as_shown(section: str, document: Document) -> str:
    """A section as a link of the page spells it, if it is written like a part of an address: "Belföld" for "belfold".

    If no link has these words, each is given a capital.
    """
    if not _SLUG.fullmatch(section):
        return section
    words = re.split("[-_]", section)
    wanted = _telling(words)
    for link in document.elements.tagged("a")[:_MAX_MENU_LINKS]:
        text = text_of(link, limit=MAX_LABEL_CHARACTERS + 1).rstrip(" .:>›»")
        if text[:1].isupper() and len(text) <= MAX_LABEL_CHARACTERS and _is_spelled(text, wanted):
            return text.capitalize() if text.isupper() and len(text) > 4 else text
    led = (link for link in document.elements.tagged("a")[:_MAX_MENU_LINKS] if _leads_to(link, section))
    named = (text for link in led if _is_other_script(text := text_of(link, limit=MAX_LABEL_CHARACTERS + 1)))
    return next(named, "") or " ".join(word.capitalize() for word, _ in groupby(words))


def _leads_to(link: HtmlElement, section: str) -> bool:
    """Whether a link leads to the page whose address has only this part."""
    return urlsplit(link.get("href") or "").path.strip("/").lower() == section


def _is_other_script(text: str) -> bool:
    """Whether a menu's entry is in a script that addresses write in Latin letters: "Κοινωνία" for "koinonia"."""
    return text[:1].isalpha() and not _LATIN.match(text) and len(text) <= MAX_LABEL_CHARACTERS


def _is_spelled(text: str, wanted: list[str]) -> bool:
    found = _WORD.findall(text.casefold())
    return any(_telling(list(spelling)) == wanted for spelling in spelled_in_addresses(found))


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _JOINING] or words
