"""Bylines as readers may see them: short passages near the headline, in boxes named after authors, or behind "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from crawler.extraction.body.passages import IN_FIGURE, Box, Passage, line_of
from crawler.extraction.bylines.byline_labels import from_writer
from crawler.extraction.bylines.name_words import (
    BYLINE_AFTERWORDS,
    BYLINE_MONTHS,
    BYLINE_OPENERS,
    COMMENT_VERBS,
    DAY_WORDS,
    NAME_JOINERS,
    NAME_PARTICLES,
    NOBODY,
    NOT_BYLINE_OPENERS,
    WRITER_WORDS,
)
from crawler.extraction.bylines.people import names_group, names_newsroom
from crawler.extraction.page.nametokens import GROUP_NAMES
from crawler.extraction.page.tree import in_quote
from crawler.extraction.text import AnyCase, ends_sentence, word_key
from crawler.extraction.vocabulary import AGENCIES

MAX_BYLINE_CHARACTERS = 200
PASSAGES_BEFORE = 6  # passages before the headline that are looked at
PASSAGES_BEHIND = 25  # passages behind it
PASSAGES_CLOSE = 5  # there a single capitalised word may be a name
PASSAGES_SIGNED = 12  # behind the last long passage, where a story is signed
PASSAGES_SEARCHED = 1_500  # for boxes that are named after authors, anywhere on the page
TEST_LEVELS = 3  # from a passage to the box that the page's tests call a byline
LISTED_PASSAGES = 8  # around an entry of a table or list that are looked at, a choice
LISTED_LEVELS = 3  # from a passage to the entry that it is of
MAX_LINKED_SHARE = 0.3  # of a long passage that is prose
MAX_OPENING = 80  # characters before a "by" inside a line
MAX_NAMES_CHARACTERS = 160
MAX_DATED_CHARACTERS = 100  # of a line with the date of the story
LOWER_CASE = NAME_PARTICLES | frozenset(NAME_JOINERS) | AGENCIES  # words of a byline that need no capital
PLACES = ("comment", "related", "nav", "foot", "side")  # groups of boxes, of the passage or anything around it
KINDS = ("meta", "caption", "head", "list", "share", "prompt", "title", "body")  # groups of the passage and next to it

_OPENERS = "|".join(sorted((re.escape(word) for word in BYLINE_OPENERS), key=len, reverse=True))
_AT_START = re.compile(
    rf"^[\W_]*(?:{_OPENERS})\s*(?:[:：,]\s*|\s+|(?=[^\W\d_a-zA-Z])|(?<=[a-z])(?=(?-i:[A-Z][a-z])))(?=\S)", re.IGNORECASE
)
_INSIDE = re.compile(
    r"(?:^|\s|(?<=\d))(?:by|von|par|por|door|av|af|By|Von|Par|Por|[Aa]utor(?:in)?:|[Tt]ext(?: von)?:?|Redaktion:"
    r"|Interview:|[Mm]uhabir:|[Yy]azar:|[Аа]втор:)\s+(?=[^\W\d_])"
    r"|(?<![^\s|])(?:(?:作者|撰文|记者|記者)\s?[:：]\s*(?=[^\W\d_])|(?:记者|記者)\s(?=[\u4e00-\u9fff]{2,4}(?:\s|$)))"
)
# "17 พ.ย. 2569 โดย: สมชาย ใจดี", "24 ნოემბერი ავტორი: ნინო ბერიძე"
_INSIDE_OTHER = re.compile(
    r"(?<!\w)(?:โดย|ผู้เขียน|ავტორი|հեղինակ|خبرنگار|نویسنده|लेखक|লেখক|প্রতিবেদক|எழுதியவர்|tác giả)\s?[:：]\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
# One of them is in every such line, whose spaces are single ones: looked for first, since most lines have none.
_INSIDE_PARTS = (
    "by ", "By ", "von ", "Von ", "par ", "Par ", "por ", "Por ", "door ", "av ", "af ", "utor: ", "utorin: ", "ext ",
    "ext: ", "von: ", "Redaktion: ", "Interview: ",
    "uhabir: ", "azar: ", "втор: ", "作者",
    "撰文", "记者", "記者",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s*[|·•⋅—–@]\s*|\s{2,}|\s-\s|(?<=\w);\s|(?<=\d)\s*/\s*(?=[^\W\d])")
_KOREAN_REPORTER = re.compile(
    r"(?:\([^()]{2,12}\)\s?)?([가-힣]{2,4})\s?(?:선임|인턴|수습|전문)?\s?(?:기자|특파원)(?=\s?[=(]|\s+\S+@|$)"
)
# "王小明 责任编辑:李红", "王小明 字号 大 中 小"
_EAST_LABEL = re.compile(r"\s(?:[\u4e00-\u9fff]{2,6}\s?[:：]|(?:字号|字號|字体|字體|打印|分享|收藏)(?![^\s])).*$")
_MAIL = re.compile(r"\S+@\S+\.\w+")
_AFTER = re.compile(
    rf"(?:^|[\s,]+)(?:(?:{'|'.join(BYLINE_AFTERWORDS)})(?:[\s،].*|$)|(?:{'|'.join(BYLINE_MONTHS)})\.?,?\s\d.*$)"
    r"|(?:^|[\s,(])[\s,(]*\d.*$",
    re.IGNORECASE,
)
# "Jane Doe, City Hall Reporter", where nothing but its place says that it is a byline
_WRITER_BEHIND = re.compile(
    rf"(?<=[^\W\d_]),\s(?:[^\W\d_][\w'’&-]*\s){{0,4}}[\w-]*(?:{'|'.join(WRITER_WORDS)})$", re.IGNORECASE
)
_NOT_BYLINE = re.compile(
    rf"^[\W_]*(?:{'|'.join(NOT_BYLINE_OPENERS)}|(?:zeige?|show|view|see) al[le]e?)\b", re.IGNORECASE
)
# "Joe says:", as themes head the comments of readers
_SPEAKERS_SIGNS = (":", "…", "...")
_SPEAKS = re.compile(rf"\b(?:{'|'.join(COMMENT_VERBS)})\s*(?::|…|\.\.\.)$", re.IGNORECASE)
_NAMED = AnyCase(
    r"author|byline|writer|autor(?!i[sz])|auteur|verfasser|yazar|redacteur|journalist|reporter|contributor"
)
_NOT_NAMED = AnyCase(r"comment|related|recommend|sidebar|widget|bio\b|teaser|authorit")
_ENTRIES = {"td": 3, "th": 3, "li": 3, "dd": 2, "dt": 2}  # tag -> entries from which on they are a list of something
_COMMENT = 1 << GROUP_NAMES.index("comment")
_META = 1 << GROUP_NAMES.index("meta")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AGO = re.compile(
    r"\d\s?\w*\s(?:ago|fa|geleden|sedan|siden|temu|назад|önce)\b|\b(?:vor|hace|há|il y a|منذ)\s\d", re.IGNORECASE
)
_DATELINE = re.compile(r"[A-Z][A-Z .'-]{2,40},.{2,60}\)?\s*(?:--|–|—)\s")  # "OSLO, Norway, Nov. 20, 2026 (…) -- "
_GEORGIAN = re.compile("[\u10d0-\u10ff]")  # small letters to Unicode, which its names are written in as well
_SENTENCE = re.compile(r"[.!?。]\s+\S|[!?。]$")


@dataclass(frozen=True)
class ShownByline:
    """One line that may be a byline, without what stands before and behind the names."""

    text: str
    index: int  # of its passage
    is_named: bool  # its box is called after an author
    is_near: bool  # to the headline
    measures: dict[str, float]

    @property
    def rank(self) -> float:
        """Which of several places of the same names is measured: the most telling."""
        found = self.measures
        return 2.0 * found["opened"] + 2.0 * found["named"] + found["near"] - 2.0 * found["in_comment"]


def shown_bylines(passages: Sequence[Passage], headline: int) -> list[ShownByline]:
    """Everything that may be a byline; `headline` is the index of its passage, -1 where none shows it."""
    long = [index for index, passage in enumerate(passages) if _is_prose(passage)]
    first = next((index for index in long if index > headline), len(passages))
    last = long[-1] if long else len(passages)
    return list(_found(passages, headline, first, last))


def is_no_byline(text: str) -> bool:
    """Whether a line is about somebody else than the writer, as a comment's is, or leads to other stories."""
    return bool(_NOT_BYLINE.match(text) or (text.endswith(_SPEAKERS_SIGNS) and _SPEAKS.search(text)))


def is_role(text: str) -> bool:
    """Whether a text says what a writer does: "Technical Writer"."""
    return _WRITER_BEHIND.search(f"x, {text}") is not None


def leads_to_writer(address: str) -> bool:
    """Whether an address is of somebody's page on the site."""
    return "/aut" in address or "/people/" in address or "/profile" in address


def is_running_text(text: str) -> bool:
    """Whether a text is words without a capital or counts: "roadside breakdowns", "0 Threads", "vor 5 Stunden"."""
    if " " not in text:
        return False
    if _GEORGIAN.search(text):
        return False
    counts = text[0].isdigit() or (text[0].islower() and any(map(str.isdigit, text)))
    return counts or (text.islower() and not names_newsroom(text))


def is_signed(passage: Passage) -> bool:
    """Whether a short passage is a byline by its box's name or its "by", wherever on the page it stands."""
    if len(passage.text) > MAX_BYLINE_CHARACTERS or is_no_byline(passage.line):
        return False
    opened, begun = _opened(passage.line)
    text = _names_part(opened if opened is not None else passage.line)
    return (begun or _is_named(passage.box)) and may_name(text, strict=False)


def is_byline_line(text: str) -> bool:
    """Whether a line is names behind "by" and nothing else."""
    opened, begun = _opened(text)
    return bool(begun and opened) and may_name(opened or "", strict=True) and not ends_sentence(text)


def _is_prose(passage: Passage) -> bool:
    size = len(passage.text)
    return size > MAX_BYLINE_CHARACTERS and passage.link_characters < MAX_LINKED_SHARE * size


def _found(passages: Sequence[Passage], headline: int, first: int, last: int) -> Iterator[ShownByline]:
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
        line = _name_before_office(passage) or from_writer(passage.line)
        opened, begun = _opened(line)
        if not (near or named) and (opened is None or not (about or (behind and begun))):
            continue
        if opened is not None and not begun and not named and index > first and not _DIGIT.search(line):
            continue  # "a line by Thomas Mann" in the story
        if is_no_byline(line) or line[0] == "©" or _DATELINE.match(line) or in_quote(passage.box.element):
            continue
        text = _names_part(opened if opened is not None else line)
        if opened is None and not named:
            text = _WRITER_BEHIND.sub("", text)
        if text and _may_be_byline(text, opened=opened is not None, named=named, close=abs(distance) <= PASSAGES_CLOSE):
            measures = _measures(passage, text, named=named, opened=opened is not None, near=near)
            place = {
                "distance": float(distance),
                "in_story": float(index >= first),
                "behind_last": float(index - last),
                "date_near": float(_is_date_near(passages, index)),
            }
            yield ShownByline(text, index, named, near, measures | place)


def _name_before_office(passage: Passage) -> str:
    """The name in a line of two elements that nothing parts, the second of which says where the writer works.

    "Jane Doe" and "BBC News, Kemer"; "" where a line is something else.
    """
    if not passage.apart:
        return ""
    pairs = enumerate(zip(passage.text, passage.apart, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), 0)
    name, office = passage.apart[:at].strip(), passage.apart[at:].strip(" ,").partition(",")[0]
    works = names_group(office) or is_role(office)
    return name if works and may_name(name, strict=True) and not names_group(name) else ""


def is_listed(passages: Sequence[Passage], index: int) -> bool:
    """Whether a passage stands with a picture or is an entry of a table or list of several.

    Bylines are set as lists as well: such a one has a date among its entries.
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
    """Whether a short line holds a year or tells how long ago something was."""
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
    """What speaks for `text`, cut out of the passage, being the byline."""
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
    return float(bool(bits & 1 << GROUP_NAMES.index(group)))


def _is_named(box: Box) -> bool:
    """Whether the box or the one around it is called after an author, or near ones by the page's tests."""
    around = box.parent
    if is_called_author(box) or (around is not None and is_called_author(around)):
        return not box.all_bits & _COMMENT
    return any(["yline" in each.test_name for each in islice(line_of(box), TEST_LEVELS)])  # noqa: C419  half the time


def is_called_author(box: Box) -> bool:
    """Whether a box, no whole page or article, is called after an author."""
    return bool(box.names) and box.tag not in ("body", "main", "article") and _is_author_name(box.names)


@lru_cache(maxsize=10_000)
def _is_author_name(names: str) -> bool:
    """Whether an id and classes are about an author."""
    return _NAMED.is_in(names) and not _NOT_NAMED.is_in(names)


@lru_cache(maxsize=10_000)  # menus are the same on every page of a site
def _opened(text: str) -> tuple[str | None, bool]:
    """What stands behind "by" and its like, and whether that begins the line; None where nothing opens a byline."""
    if match := _AT_START.match(text):
        return text[match.end() :], True
    if not text.isascii() and (reporter := _KOREAN_REPORTER.match(text)):
        return reporter[1], True
    may_open = any([part in text for part in _INSIDE_PARTS])  # noqa: C419  half the time of a generator
    match = _INSIDE.search(text) if may_open else None
    if match is None and not text.isascii() and (named := _INSIDE_OTHER.search(text)):
        return text[named.end() :], False
    if match is None or match.start() > MAX_OPENING:
        return None, False
    # In running text only a capital tells a name from "divided by tens"; a line with a date is a byline.
    is_byline = text[match.end()].isupper() or bool(_DIGIT.search(text))
    return text[match.end() :] if is_byline else None, False


def _names_part(text: str) -> str:
    """The part of a byline that can be names: dates, places and counts behind or before them are cut."""
    text = _MAIL.sub(" ", text) if "@" in text else text
    text = text if text.isascii() else _EAST_LABEL.sub("", text)
    for segment in _SEPARATOR.split(text):
        kept = _AFTER.sub("", segment).strip(" ,;:-–—|")
        if (key := word_key(kept)) and kept.casefold() not in NOBODY and not DAY_WORDS.issuperset(key):
            return kept
    return ""


def may_name(text: str, *, strict: bool) -> bool:
    """Whether a text can be names: few words, the longer ones capitalised; `strict` where nothing else says so."""
    words = [word for word in re.split(r"[\s,;&/]+", text) if word]
    if len(text) > MAX_NAMES_CHARACTERS or not words:
        return False
    capital = [
        not word[0].islower() or bool(_GEORGIAN.match(word)) for word in words if word.casefold() not in LOWER_CASE
    ]
    if strict:
        return 2 <= len(words) <= 4 and len(capital) >= 2 and all(capital) and not any(map(str.isdigit, text))
    return len(words) == 1 or (bool(capital) and all(capital))
