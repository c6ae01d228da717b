"""Names of languages for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

LANGUAGE_NAMES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}

_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9-]+)?")  # an ISO 639 code, with whatever may follow it in BCP 47
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def language_name(code: str) -> str:
    """The language's name in English, or the code itself if unknown."""
    return LANGUAGE_NAMES.get(code.casefold(), code)


def no_codes(languages: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    """The values that are not codes, each with the code of the language of that English name, if any.

    >>> no_codes(["en", "pt-BR", "english", "elvish"])
    (('english', 'en'), ('elvish', None))
    """
    codes = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}
    named = [language for language in dict.fromkeys(languages) if not _CODE.fullmatch(language)]
    return tuple((language, codes.get(language.casefold())) for language in named)


def direction(code: str | None) -> str:
    """`rtl` for languages written from right to left, otherwise `ltr`."""
    return "rtl" if code and code.casefold().partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
