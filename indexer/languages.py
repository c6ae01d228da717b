"""How the text of each language is analysed: data only, the same for every engine.

See docs/decisions/0003-language-analysis.md.
"""

from __future__ import annotations

from dataclasses import dataclass

UNDETERMINED = "und"  # the analysis of every other language: words, folded, no stems
ANALYSIS_VERSION = 4  # raise it when the same text gives other terms: indexes then ask for a rebuild


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """One language's stems and stop words."""

    code: str  # ISO 639-1
    snowball: str  # the embedded engine's name of its stemmer and stop words; engines/stemming.py has some of our own
    stop_words: tuple[str, ...] = ()  # lower case; empty = the list of that name in the tantivy package


# Elasticsearch's own analyzer for a language, for people who search in Kibana; every one comes with a plain server.
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


def _analysis(code: str, snowball: str, *, stop_words: str = "") -> Analysis:
    return Analysis(code=code, snowball=snowball, stop_words=tuple(stop_words.split()))


_ARABIC_STOP_WORDS = (
    "من في على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين ما لا لم لن إن ان أن كان كانت قد هو هي هم و أو ثم بعد"
    " قبل بين كل"
)
# Snowball's English list, as the other languages have theirs; the tantivy package's is Lucene's 33 words.
_ENGLISH_STOP_WORDS = (
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it"
    " its itself they them their theirs themselves what which who whom this that these those am is are was were be been"
    " being have has had having do does did doing would should could ought will can cannot a an the and but if or"
    " because as until while of at by for with about against between into through during before after above below to"
    " from up down in out on off over under again further then once here there when where why how all any both each few"
    " more most other some such no nor not only own same so than too very must might shall also s t d ll m re ve"
)
_GREEK_STOP_WORDS = (
    "ο η το οι τα του της των τον την τη τους τις και κι σε στο στη στην στον στα στους στις με για από απο ως προς που"
    " πως πώς ότι οτι να θα δεν δε μη μην είναι ειναι ήταν ηταν έχει εχει έχουν εχουν ένα ενα ένας ενας μια μία μιας"
    " ενός ενος αυτό αυτο αυτή αυτη αυτός αυτος αλλά αλλα αν ή όταν οταν όπως οπως τι ποιος ποια πιο μας σας"
)
_ROMANIAN_STOP_WORDS = (
    "a al ale am ar are au ca că care ce cel cu de din după ei el este eu fi fost iar în la le lor mai ne nu o pe"
    " pentru prin sa să sau se si și sunt un una unei unui va"
)
_TURKISH_STOP_WORDS = (
    "ve veya ya ile için bir bu şu o da de ki mi mı mu mü ama fakat ancak gibi kadar daha en çok ne her hem ise olan"
    " olarak olduğu sonra önce diye"
)


ANALYSES = {
    analysis.code: analysis
    for analysis in (
        _analysis("ar", "arabic", stop_words=_ARABIC_STOP_WORDS),
        _analysis("da", "danish"),
        _analysis("de", "german"),
        _analysis("el", "greek", stop_words=_GREEK_STOP_WORDS),
        _analysis("en", "english", stop_words=_ENGLISH_STOP_WORDS),
        _analysis("es", "spanish"),
        _analysis("fi", "finnish"),
        _analysis("fr", "french"),
        _analysis("hu", "hungarian"),
        _analysis("it", "italian"),
        _analysis("nl", "dutch"),
        _analysis("no", "norwegian"),
        _analysis("pt", "portuguese"),
        _analysis("ro", "romanian", stop_words=_ROMANIAN_STOP_WORDS),
        _analysis("ru", "russian"),
        _analysis("sv", "swedish"),
        _analysis("tr", "turkish", stop_words=_TURKISH_STOP_WORDS),
    )
}
ANALYSIS_CODES = (*ANALYSES, UNDETERMINED)
_SAME = {"nb": "no", "nn": "no"}


# Letters that readers do not tell apart, beyond what accent folding covers; the empty ones are marks left out.
LETTERS = {
    **dict(zip("ЁёİΆΈΉΊΌΎΏάέήίόύώϊϋΐΰςΣ", "ЕеiΑΕΗΙΟΥΩαεηιουωιυιυσσ", strict=True)),  # a last Σ in lower case is ς
    **dict(zip("أإآٱىیک", "اااايي\u0643", strict=True)),
    **dict.fromkeys("\u0640\u0670" + "".join(map(chr, range(0x064B, 0x0653))), ""),
    **dict.fromkeys(map(chr, (*range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7)), ""),  # Hebrew
}
LANGUAGE_LETTERS = {"tr": {"I": "ı"}}  # before lower-casing: the dotless i is a letter of its own


def analysis_of(language: str | None) -> str:
    """The analysis code for a document's language code; None and languages without stems give UNDETERMINED.

    >>> analysis_of("pt-BR"), analysis_of("ja"), analysis_of(None)
    ('pt', 'und', 'und')
    """
    primary = primary_code(language)
    return primary if primary in ANALYSES else UNDETERMINED


def primary_code(language: str | None) -> str:
    """The language without its region, the two Norwegians as one; empty for None."""
    primary = (language or "").lower().replace("_", "-").split("-")[0]
    return _SAME.get(primary, primary)
