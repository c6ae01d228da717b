"""Stemmers for Arabic and Turkish, and corrections where Snowball gives forms of a word different stems.

In Arabic (فلسطين) and Turkish (deprem), Snowball's stem depends on which suffix or article a form happens to have, so
that a word does not find its own plural. Here affixes are removed repeatedly until none is left, which gives all forms
of a word one stem, at times shared with another word. Words come in lower case with letters made equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from indexer.analysis.broken_plurals import DEFINITE, SINGULARS
from indexer.analysis.own_stems import bengali_stem, swahili_stem, urdu_stem, vietnamese_syllable

# The affixes of light10 (Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval", 2007), and
# those of countries and their people (سوريا, سوري; فرنسا, فرنسي); at least three letters are left.
_ARABIC_ARTICLE = re.compile("^(?:وال|بال|كال|فال|ال|لل)(?=.{3})")
_ARABIC_SUFFIX = re.compile("(?:(?<=.{3})(?:اتهم|اتنا|ها|ان|ات|ون|ين|يه|ية|يا|ه|ة|ي)|(?<=.{4})[او])$")
_ARABIC_AND = re.compile("^و(?=.{3})")
_ARABIC_WHOSE = re.compile("(?<=...)(?:ها|هم|ه|نا)$")
_ARABIC_PREPOSITION = re.compile("^[وفبل](?=...)")
_ARABIC_STATE = "ولاي"  # ولاية and ولايات, which would be stemmed to "and not"

# Plural, cases, third-person possessives and -ki of nouns; vowel harmony is ignored, so that a word typed without its
# dots gets the same stem. The n belongs to the root in "bakanın" but to the suffix in "ülkenin": the letters before it
# mostly tell.
_TURKISH_SUFFIX = re.compile(
    """(?:
      (?<=..)l[ae]r
    | (?<=..[çfhkpsşt])t[ae]n?
    | (?<=..[^çfhkpsşt])d[ae]n?
    | (?<=...[dt][ae])ki
    | (?<=..[aeıioöuü])(?:y[aeıiuü]|s[ıiuü]n?|yl[ae])
    | (?<=..[ae])(?<![klmrs]a)(?<![dm]e)n[ıiuü]n
    | (?<=...m[ae])n[ıiuü]n
    | (?<=..[^aeıioöuü])l[ae]
    | (?<=...)(?:[ıiuü]m[ıiuü]z|[ıiuü]n|[aeıiuü])
    )$""",
    re.VERBOSE,
)
_TURKISH_ENDING = re.compile(  # what follows a name and an apostrophe: İzmir'den; not Kur'an
    "(?:l[ae]r)?(?:[yn]?[aeıiuü]|[ns]?[ıiuü]n?(?:[ae]|[dt][ae]n?)?|[dt][ae]n?(?:ki)?|[ns]?[ıiuü]n|y?l[ae]|l[ıiuü]|[dt][ıiuü]r?)?"
)
# Roots that lose a vowel before a suffix with a vowel: şehir, şehri; not resm, which may also come from resmî
_TURKISH_LOSING = """
    akıl beyin cisim devir emir fikir hüküm isim izin kısım metin nehir nesil oğul ömür şehir şekil
    akil hukum kisim ogul omur sehir sekil
"""
_TURKISH_SHORTENED = {root[:-2] + root[-1]: root for root in _TURKISH_LOSING.split()}
_TURKISH_HARD = str.maketrans("bcdğg", "pçtkk")  # ends of a root before a vowel -> otherwise: kitabı, kitap
_TURKISH_ROOT = re.compile(  # common in news, and looks as if it ended with a suffix
    "adres|alt[ıi]n|ate[şs]kes|bas[ıi]n|dolar|g[üu]ney|hatay|herkes|kad[ıi]n|k[ıi]br[ıi]s|kolay|kuzey|meclis|olay"
    "|polis|sald[ıi]r|saray|suriye|t[üu]rkiye|uzay|vir[üu]s|yak[ıi]n|yar[ıi]n"
)
# Other such roots, if only suffixes follow (hasta, not hastalık; Osman, not Osmanlı), and roots of two letters
_TURKISH_NOUN = re.compile(
    """(
      aday|anayasa|banka|borsa|bu[ğg]day|d[üu][şs]man|euro|fabrika|g[öo][çc]men|hasta(?:ne)?|kahraman|komutan|liman
    | mahkeme|metro|orman|osman|otob[üu]s|[öo][ğg]retmen|piyasa|politika|protesto|roman(?!ya)|sanayi|se[çc]men|sendika
    | tiyatro|t[öo]?ren|t[üu]rkmen|uzman|yapay|y[öo]netmen|zaman
    | ay|ev|iş|is(?!e$)|oy(?!un)|su(?!dan$)
    )
    (?:l[ae]r)?(?:[ıiuü]?[ysn]?[ıiuü]?[nm]?)?(?:y?[aeıiuü]|[ıiuü]?n[ıiuü]n|[dt][ae]n?(?:ki)?|y?l[ae])?""",
    re.VERBOSE,
)

# Accented letters that each language's stemmer knows. Others, mostly in names (José, Mbappé, Société Générale), lose
# their accents before stemming: the stemmer does not recognize an ending with a foreign accent, so the word would get a
# different stem when typed without it. English loses every accent, and so does Portuguese, which Snowball stems as well
# without them; Spanish, French and Italian need theirs (analysis/variants.py). No entry: all are kept.
OWN_LETTERS = {
    "de": "äöüß",
    "en": "",
    "es": "áéíóúüñ",
    "fi": "äöå",
    "fr": "àâæçèéêëîïôœùûüÿ",
    "it": "àèéìòù",
    "pt": "",
    "tr": "çğıöşü",
}

# Different stems that Snowball gives to forms of one word, common in news -> one stem.
_STEMS = {
    "de": [
        (re.compile("(?<=..)(rzt|wält|(?<=.)(?:ist|ent|ert|[ao]t))inn?$"), r"\1"),  # Ärztin, as Lehrerin is lehr
        (re.compile("(?<=...)inn$"), "in"),  # Chefinnen
    ],
    "el": [(re.compile("(?<=..[^ε])ι$"), "")],  # πυρκαγιές, βιβλίο
    "fi": [
        (re.compile("(?<=..)u(?:ks|d)$"), "us"),  # hallituksen, oikeuden
        (re.compile("(?<=..)yks$"), "ys"),  # yrityksen
        (re.compile("(?<=...[uy]s)t$"), ""),  # vanhusten
        (re.compile("(?<=...)e$"), "i"),  # Suomessa, vaaleissa
        (re.compile("(?<=...)ng$"), "nk"),  # kaupungit, Helsingissä
    ],
}


def arabic_stem(word: str) -> str:
    """An Arabic word without article, conjunction and suffixes.

    >>> {arabic_stem(word) for word in ("وزير", "الوزير", "والوزير")}
    {'زير'}
    """
    bare = _bare(_ARABIC_ARTICLE, word)
    word = DEFINITE.get(bare, bare) if bare != word else bare
    word = _arabic_singular(word)
    if word.startswith(_ARABIC_STATE):
        return _ARABIC_STATE
    return _ARABIC_AND.sub("", _bare(_ARABIC_SUFFIX, word)).replace("ة", "ه")  # Gaza: غزة, typed غزه


def _arabic_singular(word: str) -> str:
    """The singular of a broken plural, which may have a preposition and a possessive attached; else the word."""
    own = _ARABIC_WHOSE.sub("", word)
    for each in (word, own, _ARABIC_PREPOSITION.sub("", own)):
        if singular := SINGULARS["ar"].get(each):
            return singular
    return word


def turkish_stem(word: str) -> str:
    """A Turkish noun without its inflections; little is removed from verbs.

    >>> {turkish_stem(word) for word in ("seçim", "seçimi", "seçimlerde", "seçiminin")}
    {'seçim'}
    """
    if root := _TURKISH_ROOT.match(word):
        return root.group()
    if noun := _TURKISH_NOUN.fullmatch(word):
        return noun[1]
    word = _bare(_TURKISH_SUFFIX, word)
    word = _TURKISH_SHORTENED.get(word, word)
    return word[:-1] + word[-1:].translate(_TURKISH_HARD)


def is_turkish_ending(letters: str) -> bool:
    """Whether the letters after a name's apostrophe are an inflection of it."""
    return _TURKISH_ENDING.fullmatch(letters.lower()) is not None


def one_stem(stem: str, analysis: str) -> str:
    """Snowball's stem, corrected where it gives forms of a word different stems."""
    for one, other in _STEMS.get(analysis, ()):
        stem = one.sub(other, stem)
    return stem


def _bare(affix: re.Pattern[str], word: str) -> str:
    while (shorter := affix.sub("", word)) != word:
        word = shorter
    return word


STEMMERS: Mapping[str, Callable[[str], str]] = {  # by language
    "ar": arabic_stem,
    "bn": bengali_stem,
    "sw": swahili_stem,
    "tr": turkish_stem,
    "ur": urdu_stem,
    "vi": vietnamese_syllable,
}
