"""Strings made safe and comparable: what every value that leaves extraction has passed through."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

MAX_VALUE_CHARACTERS = 2_000  # of one metadata value; longer ones are cut, a choice
MAX_BLOCK_CHARACTERS = 100_000  # of one block of the body, a choice

# Characters that carry no text: C0 and C1 controls except whitespace, lone surrogates, the soft hyphen, zero-width
# space and word joiner, direction overrides and isolates, the byte order mark, interlinear marks, noncharacters.
# Zero-width joiners stay (Persian and the Indic scripts spell with them), and so do the plain marks U+200E and U+200F.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WORD = re.compile(r"\w+")


def scrub(value: str) -> str:
    """The string without characters that carry no text; always encodable as UTF-8."""
    return _UNSAFE.sub("", value)


def tidy(value: str | None, *, limit: int = MAX_VALUE_CHARACTERS) -> str:
    """One clean line: scrubbed, composed (NFC), whitespace folded; "" for nothing."""
    if not value:
        return ""
    return unicodedata.normalize("NFC", " ".join(scrub(value[: 4 * limit]).split()))[:limit].rstrip()


def plain(value: object, *, limit: int = MAX_VALUE_CHARACTERS) -> str:
    """A metadata value as one clean line: entities resolved (also when escaped twice), markup dropped."""
    if not isinstance(value, str):
        return ""
    text = value[: 4 * limit]
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return tidy(text, limit=limit)


def word_key(value: str | None) -> tuple[str, ...]:
    """The case-folded words of a string, by which two spellings of one text are the same."""
    if not value:
        return ()
    folded = value.lower() if value.isascii() else unicodedata.normalize("NFKC", value).casefold()
    return tuple(_WORD.findall(folded))
