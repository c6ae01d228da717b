"""Named measurements of passages by their words, in any language."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.text import AnyCase, word_key
from crawler.extraction.vocabulary import PROMPT_PARTS, PROMPT_STEMS

SHORT_CHARACTERS = 200  # only shorter passages are labels, credits, addresses
MAX_KEY_CHARACTERS = 2_000  # longer passages are not compared with the page's title and descriptions

WORDING_NAMES = (
    "chars", "words", "ends", "sentences", "commas", "quotes", "digits", "upper", "prompts",
    "is_title", "starts_title", "is_description", "in_description",
    "furniture", "clock", "credit", "address",
)  # fmt: skip
_NOT_COMPARED = [0.0] * 4  # for the names that compare a passage with its page, "is_title" to "in_description"
_NO_LABELS = [0.0] * 4  # for the names that only short passages can have, "furniture" to "address"

_END = re.compile(r"[.!?…。！？؟।:;»”\"')\]]$")
_SENTENCE = re.compile(r"[.!?…。！？؟।](?:\s|$|[\"'”’»)])|[。！？]")
_COMMA = re.compile(r"[,،、，;]")
_QUOTE = re.compile(r"[\"“”„«»「」]")
_DIGIT = re.compile(r"\d")
_ASCII_ENDS = frozenset(".!?:;\"')]")  # the ASCII part of _END
_DIGITS = b"0123456789"
# Every ASCII credit contains one of these: checked first, since most texts have none.
_CREDIT_PARTS = ("/", "ap", "photo", "foto", "image", "bild", "credit", "getty", "reuters", "afp", "(c)")
_CREDIT = AnyCase(r"©|\(c\)|\bphoto|\bfoto|\bimage|\bbild|\bcredit|getty|reuters|\bafp\b|\bap\b|/", _CREDIT_PARTS)
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_ADDRESS = AnyCase(r"@|https?://|www\.|\.com\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")


@dataclass(frozen=True)
class PageFacts:
    """What is known about the page besides its passages."""

    title: tuple[str, ...]
    descriptions: tuple[tuple[str, ...], ...]
    stated_body: str  # JSON-LD's articleBody as words run together, "" if there is none
    is_news: bool = False  # it calls itself a news article
    is_declared: bool = False  # it calls itself an article of any kind


class _Words(NamedTuple):
    """The values of one text that hold on any page, in compact form, as most are cached for the site's other pages."""

    first: str  # the first word; "" if there is none
    values: bytes  # of WORDING_NAMES, eight each; those that compare it with a page are 0


_PACKED = struct.Struct(f"{len(WORDING_NAMES)}d")
_COMPARED = slice(WORDING_NAMES.index("is_title"), WORDING_NAMES.index("furniture"))


def wordings(texts: Iterable[str], facts: PageFacts) -> NDArray[np.float64]:
    """The values of WORDING_NAMES, one row per passage and one column per name."""
    firsts = {key[0] if key else "" for key in (facts.title, *facts.descriptions)}
    rows: list[bytes] = []
    for text in texts:
        first, values = _short_words(text) if len(text) <= SHORT_CHARACTERS else _words(text, _NO_LABELS)
        rows.append(values if first not in firsts else _with_compared(values, text, facts))
    return np.frombuffer(b"".join(rows)).reshape(-1, len(WORDING_NAMES))


def first_word(text: str) -> str | None:
    """The first word of a short text, case-folded, "" if it has none; None for a longer text."""
    return _short_words(text).first if len(text) <= SHORT_CHARACTERS else None


def _with_compared(values: bytes, text: str, facts: PageFacts) -> bytes:
    row = list(_PACKED.unpack(values))
    row[_COMPARED] = _compared(_key(text), facts)
    return _PACKED.pack(*row)


@lru_cache(maxsize=20_000)  # menus and footers are the same on every page of a site; about 10 MB
def _short_words(text: str) -> _Words:
    return _words(text, _labelled(text))


def _words(text: str, labels: list[float]) -> _Words:
    key = _key(text)
    return _Words(key[0] if key else "", _PACKED.pack(*_valued(text, key), *_NOT_COMPARED, *labels))


def _key(text: str) -> tuple[str, ...]:
    return word_key(text) if len(text) < MAX_KEY_CHARACTERS else ()


def _valued(text: str, key: tuple[str, ...]) -> list[float]:
    """The values of a text of any length that hold on any page: "chars" to "prompts"."""
    size = len(text)
    start = text[:SHORT_CHARACTERS]
    signs = _ascii_signs(text) if text.isascii() else _signs(text)
    return [size, len(key) or size / 6, *signs, _capitals(start) / len(start), _prompts(text, key)]


def _signs(text: str) -> list[float]:
    """The values from "ends" to "digits"."""
    return [
        bool(_END.search(text[-2:])), len(_SENTENCE.findall(text)), len(_COMMA.findall(text)),
        len(_QUOTE.findall(text)), len(_DIGIT.findall(text)) / len(text),
    ]  # fmt: skip


def _ascii_signs(text: str) -> list[float]:
    """The values of `_signs` for ASCII text, the most common, in half the time."""
    size = len(text)
    has_end = "." in text or "?" in text or "!" in text
    return [
        text[-1] in _ASCII_ENDS, len(_SENTENCE.findall(text)) if has_end else 0, text.count(",") + text.count(";"),
        text.count('"'), (size - len(text.encode().translate(None, _DIGITS))) / size,
    ]  # fmt: skip


def _capitals(text: str) -> int:
    if text.isascii():  # most texts, in a tenth of the time
        return len(text) - len(text.encode().translate(None, _CAPITALS))
    return sum(map(str.isupper, text))


def _compared(key: tuple[str, ...], facts: PageFacts) -> list[float]:
    """The values from "is_title" to "in_description": how a passage relates to the page's statements."""
    return [
        key == facts.title, len(key) > 2 and key == facts.title[: len(key)], key in facts.descriptions,
        len(key) > 4 and any(_begins(key, other) for other in facts.descriptions if len(other) > 4),
    ]  # fmt: skip


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two texts begins with the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _labelled(text: str) -> list[float]:
    """The values from "furniture" to "address", which only short passages can have."""
    return [is_furniture(text), bool(_CLOCK.search(text)), _is_credit(text), _ADDRESS.is_in(text)]


def _is_credit(text: str) -> bool:
    return _CREDIT.is_in(text)


def _prompts(text: str, key: tuple[str, ...]) -> int:
    """The number of words about paying, registering and consenting."""
    count = sum([word[:6] in PROMPT_STEMS for word in key])
    return count if text.isascii() else count + sum(part in text for part in PROMPT_PARTS)
