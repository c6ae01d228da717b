"""A writer whom a line near the headline names with their own e-mail address: "Jane Doe jane.doe@example.com"."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extraction.bylines.byline_labels import without_opener
from crawler.extraction.bylines.byline_lines import MAIL, may_name
from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.bylines.people import people_of
from crawler.extraction.page.passages import IN_FIGURE, Passage
from crawler.extraction.page.tree import text_of
from crawler.extraction.spellings import spelled_in_addresses
from crawler.extraction.text import word_key

PASSAGES_BEHIND = 12  # the headline, within which such a line stands; a choice
MAX_LINE_CHARACTERS = 120
MIN_PART_CHARACTERS = 3  # of a name's part that the address must have


def mailed_writer(passages: Sequence[Passage], headline: int) -> tuple[str, ...]:
    """The person of the first line behind the headline that is a name and an address made of that name."""
    if headline < 0:
        return ()
    for passage in passages[headline + 1 : headline + 1 + PASSAGES_BEHIND]:
        line = passage.line
        if "@" in line and len(line) <= MAX_LINE_CHARACTERS and not passage.box.roles & IN_FIGURE:
            address = _address(passage)
            rest = without_opener(line.replace(address, " ").strip(" ,;|<>()"))
            names = tidy_names([rest], frozenset()) if address else ()
            if len(names) == 1 and word_key(names[0]) == word_key(rest) and _is_reached(names[0], address):
                return names
    return ()


def _address(passage: Passage) -> str:
    """The address in a line: a link's text, which may touch the name, or else a word; "" for none."""
    links = (text_of(link, limit=MAX_LINE_CHARACTERS) for link in passage.box.element.iter("a"))
    linked = next((text for text in links if MAIL.fullmatch(text)), "")
    return linked or next(iter(MAIL.findall(passage.line)), "")


def _is_reached(name: str, address: str) -> bool:
    """Whether a person's name spells their address: "jane.doe@", "jdoe@"."""
    if not may_name(name, strict=True) or people_of((name,), None, frozenset()) != (name,):
        return False
    local = "".join(word_key(address.partition("@")[0]))
    spellings = spelled_in_addresses(word_key(name))
    return any(len(words[-1]) >= MIN_PART_CHARACTERS and words[-1] in local for words in spellings)
