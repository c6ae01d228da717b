"""The language of a story: what the page declares, checked against its words."""

from __future__ import annotations

import mmap
import re
from functools import lru_cache
from typing import Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.extraction.document import Document
from crawler.extraction.found import Found
from crawler.extraction.structured import Structured
from news.article import Hints

SAMPLE_CHARACTERS = 1_500
MIN_SAMPLE_CHARACTERS = 200
CERTAIN = 0.99  # the detector must be this sure to overrule a declaration

_CODE = re.compile(r"^([a-z]{2,3})(?:$|[-_])", re.IGNORECASE)
_SAME = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "spa": "es",
    "tur": "tr",
    "ara": "ar",
    "rus": "ru",
}
# Languages the detector takes for one another; the publisher knows better.
_NEIGHBOURS = (
    {"bs", "hr", "sr", "sh", "me", "sl"}, {"no", "da", "sv"}, {"id", "ms", "jv"}, {"cs", "sk"}, {"gl", "pt", "es"},
    {"ca", "es", "oc", "an"}, {"hi", "mr", "ne"},
    {"fa", "ps", "ur", "ar", "ug", "ku"}, {"ru", "uk", "be", "bg", "mk", "kk", "ky"},
    {"tr", "az"}, {"nl", "af", "fy"}, {"de", "lb", "als"}, {"zh", "ja"},
)  # fmt: skip


def read_language(document: Document, structured: Structured, hints: Hints, text: str) -> Found[str] | None:
    """ISO 639-1 code of the story's language; None when neither page nor words tell."""
    declared = _declared(document, structured)
    detected, certainty = detect_language(text)
    if declared is None:
        hinted = language_code(hints.language)
        if detected and (certainty >= CERTAIN or hinted is None):
            return Found(detected, "words")
        return Found(hinted, "hint") if hinted else None
    if detected and certainty >= CERTAIN and detected != declared.value and not _neighbours(detected, declared.value):
        return Found(detected, "words")
    return declared


def language_code(tag: str | None) -> str | None:
    """The primary code of a language tag such as "en-GB" or "tr_TR"; None when it is none."""
    match = _CODE.match((tag or "").strip())
    if not match:
        return None
    code = match[1].lower()
    code = _SAME.get(code, code)
    return code if len(code) == 2 else None


def detect_language(text: str) -> tuple[str | None, float]:
    """(code, certainty from 0 to 1) of a text by its letters; (None, 0) for too short a one."""
    sample = text[:SAMPLE_CHARACTERS]
    if len(sample) < MIN_SAMPLE_CHARACTERS:
        return None, 0.0
    code, certainty = _identifier().classify(sample)
    return language_code(str(code)), float(certainty)


def load_model() -> None:
    """Read the detector's model now, before processes are forked that need it."""
    _identifier()


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The detector, its model read from the installed package once per process and those forked from it."""
    read = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    moves = _shared(read.tk_nextmove).cast(read.tk_nextmove.typecode)
    read.tk_nextmove = moves  # before the other table is copied: both twice would be the peak of the process
    chances = np.frombuffer(_shared(read.nb_ptc), dtype=read.nb_ptc.dtype).reshape(read.nb_ptc.shape)
    return LanguageIdentifier(
        chances,
        read.nb_pc,
        read.nb_classes,
        moves,
        read.tk_output,
        norm_probs=True,
        tk_row=read.tk_row,
    )


def _shared(table: Any) -> memoryview:
    """A table's bytes where a forked process has only those in memory that it looks at: 68 of the model's 77 MB."""
    raw = memoryview(table).cast("B")
    memory = mmap.mmap(-1, raw.nbytes)
    memory[:] = raw
    return memoryview(memory)


def _declared(document: Document, structured: Structured) -> Found[str] | None:
    stated = [
        ("json-ld", structured.field("inLanguage")),
        ("html lang", document.tree.get("lang") or document.tree.get("xml:lang") or ""),
        ("og:locale", structured.meta("og:locale")),
        ("meta", structured.meta("content-language", "language", "dc.language", "dcterms.language")),
    ]
    return next((Found(code, origin) for origin, tag in stated for code in [language_code(tag)] if code), None)


def _neighbours(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _NEIGHBOURS)
