"""The language of a story: what the page declares, checked against its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.extraction.found import Found
from crawler.extraction.language_model import identifier
from crawler.extraction.page.document import Document
from crawler.extraction.page.structured import Structured
from news.article import Hints

SAMPLE_CHARACTERS = 900  # for 431 stories of the corpora these gave the same languages as 1,500, as surely
SAMPLE_PIECES = 3  # from beginning, middle and end, because a notice or quotation at the top is not the story
MIN_SAMPLE_CHARACTERS = 60  # of 318 such openings in 23 languages, 97 % were detected, and all the certain ones
CERTAIN = 0.99  # how sure the detector must be to overrule a declaration
# Share of Latin letters below which a text is in no language that is written in them.
MIN_LATIN_SHARE = 0.5

_CODE = re.compile(r"^([a-z]{2,3})(?:$|[-_])", re.IGNORECASE)
# Other codes for languages: old codes, the two written forms of Norwegian, three-letter codes, varieties that the
# detector tells apart, and country codes used for languages.
_SAME = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi",
    "ara": "ar", "ben": "bn", "bul": "bg", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl",
    "ell": "el", "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he",
    "hin": "hi", "hrv": "hr", "hun": "hu", "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no",
    "per": "fa", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "spa": "es", "srp": "sr", "swe": "sv",
    "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "zho": "zh",
    "ary": "ar", "arz": "ar", "sdh": "ku", "uzs": "uz", "wuu": "zh", "yue": "zh",
    "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "kr": "ko", "ua": "uk",
}  # fmt: skip
# Languages that the detector confuses; the publisher knows better.
_NEIGHBOURS = (
    {"bs", "hr", "sr", "sh", "me", "sl"}, {"no", "da", "sv"}, {"id", "ms", "jv"}, {"cs", "sk"}, {"gl", "pt", "es"},
    {"ca", "es", "oc", "an"}, {"hi", "mr", "ne"},
    {"fa", "ps", "ur", "ar", "ug", "ku"}, {"ru", "uk", "be", "bg", "mk", "kk", "ky"},
    {"tr", "az"}, {"nl", "af", "fy"}, {"de", "lb", "als"}, {"zh", "ja"},
)  # fmt: skip

# Languages that are not written in Latin letters.
_NOT_LATIN = frozenset({
    "am", "ar", "as", "be", "bg", "bn", "bo", "dz", "el", "fa", "gu", "he", "hi", "hy", "ja",
    "ka", "kk", "km", "kn", "ko", "ku", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or",
    "pa", "ps", "ru", "si", "sr", "ta", "te", "tg", "th", "ti", "ug", "uk", "ur", "yi", "zh",
})  # fmt: skip
_LAST_LATIN = "\u024f"  # of Latin Extended-B
# Yiddish, which the detector takes for Hebrew: some of its commonest words, which are rare or none in Hebrew.
_YIDDISH = frozenset(["און", "פון", "פֿון", "איז", "דער", "האט", "האָט", "אויף", "נישט", "מיט", "וואס", "וואָס"])
MIN_YIDDISH_SHARE = 0.08  # of the words; Hebrew texts have none, Yiddish ones a fifth; a choice


def read_language(document: Document, structured: Structured, hints: Hints, text: str) -> Found[str] | None:
    """The ISO 639-1 code of the story's language; None if neither the page nor its words tell."""
    declared = _declared(document, structured)
    ranked = _ranked(text)
    detected = next(iter(ranked), None)
    if declared is None:
        return _against_hint(ranked, detected, language_code(hints.language))
    if detected is None or detected == declared.value or _neighbours(detected, declared.value):
        return declared
    other_letters = declared.value not in _NOT_LATIN and _share_of_latin(text) < MIN_LATIN_SHARE
    is_told = other_letters or _group_certainty(ranked, detected) >= CERTAIN
    return Found(detected, "words") if is_told else declared


def _against_hint(ranked: Mapping[str, float], detected: str | None, hinted: str | None) -> Found[str] | None:
    """The language of a page that declares none: what its words surely are, else that of its source."""
    if hinted is None:
        return Found(detected, "words") if detected else None
    is_close = detected is not None and _neighbours(detected, hinted) and ranked[detected] < CERTAIN
    is_told = detected is not None and not is_close and _group_certainty(ranked, detected) >= CERTAIN
    return Found(detected, "words") if detected and is_told else Found(hinted, "hint")


def _share_of_latin(text: str) -> float:
    """The share of Latin letters among a text's letters; 1 where it has no letters."""
    letters = [letter for letter in text[:SAMPLE_CHARACTERS] if letter.isalpha()]
    return sum(letter <= _LAST_LATIN for letter in letters) / len(letters) if letters else 1.0


def language_code(tag: str | None) -> str | None:
    """The primary code of a language tag such as "en-GB" or "tr_TR"; None if it is not a known kind of tag."""
    match = _CODE.match((tag or "").strip())
    if not match:
        return None
    code = match[1].lower()
    code = _SAME.get(code, code)
    return code if len(code) == 2 else None


def detect_language(text: str) -> tuple[str | None, float]:
    """(code, certainty from 0 to 1) of a text, judged by its letters; (None, 0) if it is too short."""
    return next(iter(_ranked(text).items()), (None, 0.0))


def _ranked(text: str) -> dict[str, float]:
    """How likely each language is, the likeliest first; empty for a text that is too short."""
    if len(text) < MIN_SAMPLE_CHARACTERS:
        return {}
    ranked: dict[str, float] = {}
    for stated, share in identifier().rank(_sample(text)):
        code = language_code(str(stated))
        if code is not None:
            ranked[code] = ranked.get(code, 0.0) + float(share)
    if next(iter(ranked), None) == "he" and _is_yiddish(text):
        ranked["yi"] = ranked.pop("he")
    return dict(sorted(ranked.items(), key=lambda each: -each[1]))


def _is_yiddish(text: str) -> bool:
    words = re.findall(r"[^\W\d_\u0591-\u05c7][\w\u0591-\u05c7]*", text[:SAMPLE_CHARACTERS])
    return sum(word in _YIDDISH for word in words) >= MIN_YIDDISH_SHARE * len(words)


def _group_certainty(ranked: Mapping[str, float], code: str) -> float:
    """How likely a text is in this language or one that the detector takes for it: Croatian or Serbian, not English."""
    return sum(share for each, share in ranked.items() if each == code or _neighbours(each, code))


def _sample(text: str) -> str:
    """The text, or pieces from all over a long one."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    size = SAMPLE_CHARACTERS // SAMPLE_PIECES
    step = (len(text) - size) // (SAMPLE_PIECES - 1)
    return " ".join(text[start : start + size] for start in range(0, SAMPLE_PIECES * step, step))


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
