"""How the text of each language is analysed: data only, the same for every engine.

See docs/decisions/0003-language-analysis.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analysis.han import SIMPLIFIED
from indexer.analysis.stop_words import STOP_WORDS

UNDETERMINED = "und"  # the analysis of all other languages: folded words without stemming
ANALYSIS_VERSION = 9  # raised when the same text gives different terms: indexes then ask for a rebuild


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """One language's stems and stop words."""

    code: str  # ISO 639-1
    snowball: str = ""  # tantivy's name for its stemmer and stop words; empty = by stemming.py or endings.py, or none
    stop_words: tuple[str, ...] = ()  # lower case; empty = the tantivy package's list of that name


# Elasticsearch's own analyzer for each language, for people who search in Kibana; a plain server has all of them.
ELASTICSEARCH_ANALYZERS = {
    "ar": "arabic",
    "bg": "bulgarian",
    "bn": "bengali",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "gl": "galician",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "ja": "cjk",
    "ko": "cjk",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "th": "thai",
    "tr": "turkish",
    "zh": "cjk",
}


def _analysis(code: str, snowball: str = "") -> Analysis:
    return Analysis(code=code, snowball=snowball, stop_words=tuple(STOP_WORDS.get(code, "").split()))


ANALYSES = {
    analysis.code: analysis
    for analysis in (
        _analysis("ar"),
        _analysis("bg"),
        _analysis("bn"),
        _analysis("cs"),
        _analysis("da", "danish"),
        _analysis("de", "german"),
        _analysis("el", "greek"),
        _analysis("en", "english"),
        _analysis("es", "spanish"),
        _analysis("fa"),
        _analysis("fi", "finnish"),
        _analysis("fr", "french"),
        _analysis("he"),
        _analysis("hi"),
        _analysis("hr"),
        _analysis("hu", "hungarian"),
        _analysis("id"),
        _analysis("is"),
        _analysis("it", "italian"),
        _analysis("lt"),
        _analysis("lv"),
        _analysis("nl", "dutch"),
        _analysis("no", "norwegian"),
        _analysis("pl"),
        _analysis("pt", "portuguese"),
        _analysis("ro", "romanian"),
        _analysis("ru", "russian"),
        _analysis("sk"),
        _analysis("sl"),
        _analysis("sv", "swedish"),
        _analysis("sw"),
        _analysis("tr"),
        _analysis("uk"),
        _analysis("ur"),
        _analysis("vi"),
        _analysis("zh"),
    )
}
ANALYSIS_CODES = (*ANALYSES, UNDETERMINED)
_SAME = {"nb": "no", "nn": "no"}
_ANALYSED_AS = {"sr": "hr", "bs": "hr", "sh": "hr", "ms": "id", "iw": "he"}  # inflected alike, or another name


# Zero digits of Arabic, Persian, Hindi, Bengali, Punjabi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Thai, Lao,
# Tibetan, Burmese and Khmer
_ZEROS = (0x660, 0x6F0, *range(0x966, 0xD67, 0x80), 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0)

# Letters that readers treat as equal, beyond what accent folding covers; marks mapped to "" are dropped.
LETTERS = {
    **dict(zip("ЁёİΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰςΣ", "ЕеiΑΕΗΙΟΥΩΙΥαεηιουωιυιυσσ", strict=True)),  # a last Σ in lower case is ς
    **dict(zip("أإآٱىیکؤ", "اااايي\u0643ئ", strict=True)),  # مسئول and مسؤول
    **dict(zip("ہۀۂەۃ", "ههههه", strict=True)),  # the h of Urdu and Persian, and its forms on other keyboards
    **dict(zip("ךםןףץ", "כמנפצ", strict=True)),  # Hebrew final forms
    **dict(zip("ґҐۀँ", "гГهं", strict=True)),  # ँ is Devanagari's candrabindu
    "\u093c": "",  # its nukta
    "ৎ": "ত",  # Bengali, before a vowel
    **{chr(zero + digit): str(digit) for zero in _ZEROS for digit in range(10)},
    **dict.fromkeys("\u0640\u0670" + "".join(map(chr, range(0x064B, 0x0656))), ""),
    **dict.fromkeys(map(chr, (*range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7)), ""),  # Hebrew
}
_SERBIAN = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    **dict(zip("љњџ", ("lj", "nj", "dž"), strict=True)),
}
LANGUAGE_LETTERS = {
    "tr": {"I": "ı"},  # before lower-casing: the dotless i is a letter of its own
    "fa": {"ئ": "ي", "ؤ": "ي"},  # رئیس and رییس
    "zh": SIMPLIFIED,
    "hr": {cased: latin for one, latin in _SERBIAN.items() for cased in (one, one.upper())},  # written in either script
}


def analysis_of(language: str | None) -> str:
    """The analysis code for a document's language code; UNDETERMINED for None and for languages without an analysis.

    >>> analysis_of("pt-BR"), analysis_of("ja"), analysis_of(None)
    ('pt', 'und', 'und')
    """
    primary = primary_code(language)
    primary = _ANALYSED_AS.get(primary, primary)
    return primary if primary in ANALYSES else UNDETERMINED


def primary_code(language: str | None) -> str:
    """The language without its region, both written forms of Norwegian as one; empty for None."""
    primary = (language or "").lower().replace("_", "-").split("-")[0]
    return _SAME.get(primary, primary)
