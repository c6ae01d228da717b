"""Who wrote a story, according to a note about the writer: "Jane Doe is a historian and teaches in Oslo."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.bylines.people import names_group
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import Passage
from crawler.extraction.text import AnyCase

MAX_NOTE_CHARACTERS = 600
MIN_ITALIC_SHARE = 0.8  # of a note in italics

_CAPITAL = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
# "Jane Doe, a historian, is …", "Jane van der Berg (1950) teaches …", in seven languages
_NOTE = re.compile(
    rf"(?P<name>{_CAPITAL}(?:\s(?:(?:de|da|van|von|der|den|al|bin|del|la|du)\s){{0,2}}{_CAPITAL}){{1,3}})"
    r"(?:\s\([^()]{1,40}\))?(?:,\s[^.;]{2,80},)?\s(?P<rest>"
    r"(?:is|was) (?:an?|the|our|currently|based)\b.*|(?:teaches|writes|covers|reports|studies|lives)\s.*"
    r"|(?:ist|est|es|è|é|är|er)\s.*)"
)
_CALLED = AnyCase(r"author|bio\b|biograph|contributor|writer|autor|auteur")
_NOT_CALLED = AnyCase(r"comment|related|promo|recommend")
_TRADE = AnyCase(
    r"\b(?:writer|reporter|journalist|editor|columnist|correspondent|professor|lecturer|historian|essayist|novelist|poet"
    r"|contributor|freelancer?|critic|researcher|fellow|scholar|playwright|broadcaster|blogger"
    r"|journaliste|professeure?|chercheu(?:r|se)|historien(?:ne)?|écrivaine?|periodista|profesora?|escritora?|historiadora?"
    r"|giornalista|docente|scrittor(?:e|ice)|jornalista|professora?|redakteur(?:in)?|journalistin|autor(?:in)?|hoogleraar"
    r"|publizist(?:in)?|historiker(?:in)?)\b"
)
_ELSEWHERE = bits_of("comment", "related", "nav", "foot")


def noted_writer(passages: Sequence[Passage], headline: int) -> str | None:
    """The person described in a note after the headline; None if there is no note, or notes on different people.
    `headline` is the index of its passage, -1 if none shows it.
    """
    names = {
        name
        for passage in passages[headline + 1 :]
        if len(passage.text) <= MAX_NOTE_CHARACTERS and (name := _noted(passage))
    }
    return names.pop() if len(names) == 1 else None


def _noted(passage: Passage) -> str | None:
    match = _NOTE.match(passage.text)
    if match is None or passage.box.all_bits & _ELSEWHERE:
        return None
    name = match["name"]
    is_apart = passage.italic_characters >= MIN_ITALIC_SHARE * len(passage.text) or _is_called(passage)
    if not (is_apart and _TRADE.is_in(match["rest"][:200])):
        return None
    return name if may_name(name, strict=True) and not names_group(name) else None


def _is_called(passage: Passage) -> bool:
    names = f"{passage.box.names} {passage.box.parent.names if passage.box.parent else ''}"
    return _CALLED.is_in(names) and not _NOT_CALLED.is_in(names)
