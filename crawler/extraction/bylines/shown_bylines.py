"""Bylines that readers can see: short passages near the headline, in boxes named after authors, or after "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crawler.extraction.bylines.byline_labels import from_writer
from crawler.extraction.bylines.byline_lines import (
    is_no_byline,
    is_role,
    is_running_text,
    may_name,
    name_behind_place,
    names_part,
    opening_of,
    without_role,
)
from crawler.extraction.bylines.card_writers import is_of_card
from crawler.extraction.bylines.east_signatures import bracketed_reporters
from crawler.extraction.bylines.other_lines import is_of_menu, is_other_line, tells_last_edit
from crawler.extraction.bylines.people import names_group
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import IN_FIGURE, Box, Passage, line_of
from crawler.extraction.page.tree import in_quote
from crawler.extraction.text import AnyCase, ends_sentence

MAX_BYLINE_CHARACTERS = 200
PASSAGES_BEFORE = 6  # passages before the headline that are examined
PASSAGES_BEHIND = 25  # passages after it
PASSAGES_CLOSE = 5  # from the headline, where a single capitalised word may be a name
PASSAGES_SIGNED = 12  # after the last long passage, where a story may be signed
PASSAGES_SEARCHED = 1_500  # of a page, for boxes named after authors
TEST_LEVELS = 3  # from a passage to a box with a test name that says byline
LISTED_PASSAGES = 8  # examined on each side of an entry of a table or list; a choice
LISTED_LEVELS = 3  # from a passage to its entry
MAX_LINKED_SHARE = 0.3  # of a long passage that is prose
MAX_DATED_CHARACTERS = 100  # of a line with the story's date
PLACES = ("comment", "related", "nav", "foot", "side")  # groups of the passage's box or any box around it
KINDS = ("meta", "caption", "head", "list", "share", "prompt", "title", "body")  # groups of its box and next to it

_NAMED = AnyCase(
    r"author|byline|writer|autor(?!i[sz])|auteur|verfasser|yazar|redacteur|journalist|reporter|contributor"
    r"|szerz[oő]|forfatter|skribent|kirjoittaja|giornalista|penulis|muhabir"
)
_NOT_NAMED = AnyCase(r"comment|related|recommend|sidebar|widget|bio\b|teaser|authorit")
_ENTRIES = {"td": 3, "th": 3, "li": 3, "dd": 2, "dt": 2}  # tag -> how many entries make a list
_COMMENT = bits_of("comment")
_META = bits_of("meta")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AGO = re.compile(
    r"\d\s?\w*\s(?:ago|fa|geleden|sedan|siden|temu|назад|önce)\b|\b(?:vor|hace|há|il y a|منذ)\s\d", re.IGNORECASE
)
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,40},.{2,60}\)?\s*(?:--|–|—)\s")  # "OSLO, Norway, Nov. 20, 2026 (…) -- "
_JOINED = re.compile(r"[\s,;]*\b(?:and|und|et|og|och|y|e|ve|en)?[\s,;]*$")  # what joins a writer to the next
_SENTENCE = re.compile(r"[.!?。]\s+\S|[!?。]$")


@dataclass(frozen=True)
class ShownByline:
    """A line that may be a byline, reduced to the names."""

    text: str
    index: int  # of its passage
    is_named: bool  # its box is named after an author
    is_near: bool  # near the headline
    measures: dict[str, float]

    @property
    def rank(self) -> float:
        """How telling this place is; of several with the same names, the highest is measured."""
        found = self.measures
        return 2.0 * found["opened"] + 2.0 * found["named"] + found["near"] - 2.0 * found["in_comment"]


def shown_bylines(passages: Sequence[Passage], headline: int) -> list[ShownByline]:
    """Every line that may be a byline; `headline` is the index of its passage, -1 if none shows it."""
    long = [index for index, passage in enumerate(passages) if _is_prose(passage)]
    first = next((index for index in long if index > headline), len(passages))
    last = long[-1] if long else len(passages)
    return list(_found(passages, headline, first, last))


def leads_to_writer(address: str) -> bool:
    """Whether an address is a person's page on the site."""
    return "/aut" in address or "/people/" in address or "/profile" in address or "/staff/" in address


def is_signed(passage: Passage) -> bool:
    """Whether a short passage is a byline by its box's name or its "by", anywhere on the page."""
    if len(passage.text) > MAX_BYLINE_CHARACTERS or is_no_byline(passage.line):
        return False
    opened, begun = opening_of(passage.line)
    text = names_part(opened if opened is not None else passage.line)
    return (begun or _is_named(passage.box)) and may_name(text, strict=False)


def _is_prose(passage: Passage) -> bool:
    size = len(passage.text)
    return size > MAX_BYLINE_CHARACTERS and passage.link_characters < MAX_LINKED_SHARE * size


def _found(passages: Sequence[Passage], headline: int, first: int, last: int) -> Iterator[ShownByline]:
    told = passages[headline].text.casefold() if headline >= 0 else ""
    for index, passage in enumerate(passages[:PASSAGES_SEARCHED]):
        if len(passage.text) > MAX_BYLINE_CHARACTERS or index == headline:
            continue
        distance = index - max(headline, 0)
        near = -PASSAGES_BEFORE <= distance <= PASSAGES_BEHIND
        named = _is_named(passage.box)
        behind = last <= index <= last + PASSAGES_SIGNED
        about = index < first or bool(passage.box.all_bits & _META)
        if not (near or named or about or behind):
            continue
        line = name_before_office(passage) or bracketed_reporters(passage.text) or from_writer(passage.line)
        opened, begun = opening_of(line := name_behind_place(line) if named else line)
        if not (near or named) and (opened is None or not (about or (behind and begun))):
            continue
        if opened is not None and not begun and not named and index > first and not _DIGIT.search(line):
            continue  # "a line by Thomas Mann" within the story
        if opened and not begun and opened[0].islower() and ends_sentence(line):
            continue  # "Places can be had by calling 555 0142."
        if opened is not None and distance > PASSAGES_CLOSE and tells_last_edit(line):
            continue  # below the text of a manual
        if is_no_byline(line) or line[0] == "©" or _DATELINE.match(line) or in_quote(passage.box.element):
            continue
        if opened is None and not named and is_other_line(passages, index, told):
            continue
        text = names_part(opened if opened is not None else line)
        if opened is None and not named:
            text = "" if index < headline and is_of_menu(passages, index, text) else without_role(text)
        if text and _may_be_byline(text, opened=opened is not None, named=named, close=abs(distance) <= PASSAGES_CLOSE):
            if (index > first or (distance > 0 and first == len(passages))) and is_of_card(passage.box.element):
                continue
            measures = _measures(passage, text, named=named, opened=opened is not None, near=near)
            place = {
                "distance": float(distance),
                "in_story": float(index >= first),
                "behind_last": float(index - last),
                "date_near": float(_is_date_near(passages, index)),
            }
            yield ShownByline(text, index, named, near, measures | place)


def without_joint(line: str) -> str:
    """A line of a list of writers without what joins it to the next: "Jane Doe,", "Jane Doe and"."""
    return _JOINED.sub("", line)


def name_before_office(passage: Passage) -> str:
    """The name in a line of two adjacent elements, the second of which is the person's office or employer.

    For example "Jane Doe" and "BBC News, Kemer"; in a box named after authors, the second may be anything but a date.
    "" if the line is something else.
    """
    if not passage.apart:
        return ""
    pairs = enumerate(zip(passage.text, passage.apart, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), 0)
    name, office = passage.apart[:at].strip(), _JOINED.sub("", passage.apart[at:].strip(" ,").partition(",")[0])
    works = names_group(office) or is_role(office) or (is_called_author(passage.box) and not find_moment(office))
    return name if works and may_name(name, strict=True) and not names_group(name) else ""


def is_listed(passages: Sequence[Passage], index: int) -> bool:
    """Whether a passage is in a figure or is one of several entries of a table or list.

    Bylines may be set as lists as well; a list with a date among its entries is taken for one.
    """
    if passages[index].box.roles & IN_FIGURE:
        return True
    own = next((box for box in islice(line_of(passages[index].box), LISTED_LEVELS) if box.tag in _ENTRIES), None)
    if own is None:
        return False
    around = passages[max(0, index - LISTED_PASSAGES) : index + LISTED_PASSAGES + 1]
    entries = {
        box.number: each for each in around for box in islice(line_of(each.box), LISTED_LEVELS) if box.path == own.path
    }
    least = _ENTRIES[own.tag]
    return len(entries) >= least and not any(_is_dated(each.line) for each in entries.values())


def _is_date_near(passages: Sequence[Passage], index: int) -> bool:
    texts = (passage.line for passage in passages[max(0, index - 2) : index + 3])
    return any(len(text) <= MAX_DATED_CHARACTERS and _is_dated(text) for text in texts)


@lru_cache(maxsize=10_000)
def _is_dated(text: str) -> bool:
    """Whether a short line has a year or says how long ago something was."""
    return bool(_YEAR.search(text) or _AGO.search(text))


def _may_be_byline(text: str, *, opened: bool, named: bool, close: bool) -> bool:
    if is_running_text(text):
        return False
    if opened:
        return True
    if not may_name(text, strict=False):
        return False
    return named or may_name(text, strict=True) or (close and len(text.split()) <= 4)


def _measures(passage: Passage, text: str, *, named: bool, opened: bool, near: bool) -> dict[str, float]:
    """The measures of `text`, cut out of the passage, as a byline."""
    box, size = passage.box, len(passage.line)
    next_to = box.bits | passage.inline_bits | (box.parent.bits if box.parent else 0)
    return {
        "opened": float(opened), "named": float(named), "near": float(near), "length": float(size),
        "names_share": len(text) / size, "strict": float(may_name(text, strict=True)),
        "capital": float(may_name(text, strict=False)),
        "linked": passage.link_characters / size, "dated": float(bool(_YEAR.search(passage.line))),
        "sentence": float(bool(_SENTENCE.search(text))), "lower": float(text.islower()),
        "tag_address": float(box.tag in ("address", "byline")), "tag_item": float(box.tag == "li"),
        "tag_paragraph": float(box.tag == "p"), "tag_heading": float(box.tag in ("h1", "h2", "h3", "h4", "h5")),
        **{f"in_{name}": _has(box.all_bits, name) for name in PLACES},
        **{f"at_{name}": _has(next_to, name) for name in KINDS},
    }  # fmt: skip


def _has(bits: int, group: str) -> float:
    return float(bool(bits & bits_of(group)))


def _is_named(box: Box) -> bool:
    """Whether a box or its parent is named after an author, or a box close around it has a test name saying byline."""
    around = box.parent
    if is_called_author(box) or (around is not None and is_called_author(around)):
        return not box.all_bits & _COMMENT
    return any(["yline" in each.test_name for each in islice(line_of(box), TEST_LEVELS)])  # noqa: C419  half the time


def is_called_author(box: Box) -> bool:
    """Whether a box is named after an author and is not the whole page or article."""
    return bool(box.names) and box.tag not in ("body", "main", "article") and _is_author_name(box.names)


@lru_cache(maxsize=10_000)
def _is_author_name(names: str) -> bool:
    """Whether an id and classes name an author."""
    return _NAMED.is_in(names) and not _NOT_NAMED.is_in(names)
