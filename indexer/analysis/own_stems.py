"""newsdex's own stemmers for Bengali, Swahili and Urdu, and one spelling for Vietnamese syllables.

Bengali and Urdu nouns and names lose their endings (case, number, article); Swahili plurals get the singular prefix of
their noun class, and locative -ni is removed. Verbs are left alone. No list of words with their lemmas was available:
docs/decisions/0003-language-analysis.md says on what they were judged.
"""

from __future__ import annotations

import re

from indexer.analysis.broken_plurals import SINGULARS

# -র, -কে and -তে are endings after a vowel; after a consonant, their letter may be the root's and only -ে the ending
# (সড়কে, ভারতে).
_VOWEL = "[\u0985-\u0994\u09be-\u09cc]"
_BENGALI_ENDING = re.compile(
    f"""(?:
      (?<=..)(?:েরা|দের(?:কে)?|গু(?:লো|লি)(?:তে|কে|র)?|ের)
    | (?<=.{_VOWEL})(?:রা|কে|তে|র)
    | (?<=...)(?:রা|ে)
    | (?<=...)(?:টি|টা)(?:কে|তে|র|য\u09bc)?
    | (?<=..\u09be)য\u09bc
    )$""",
    re.VERBOSE,
)

_SWAHILI_PLACE = re.compile("(?<=....)ni$")  # shuleni
_SWAHILI_CLASSES = tuple(
    (re.compile(f"^(?:{plural})(?={rest})"), singular)
    for plural, rest, singular in (
        ("mawa", "ziri|kili", "m"),  # mawaziri of waziri, which looks like a plural itself
        ("mwa|wa", "....", "m"),  # walimu of mwalimu, watoto of mtoto
        ("vy", "..", "ch"),  # vyama
        ("vi", "....", "ki"),  # vijiji
        ("mi", "...", "m"),  # michezo
        ("ma", "....", ""),  # madaktari
        ("u", "ch...", ""),  # chaguzi of uchaguzi
    )
)

_SWAHILI_IRREGULAR = {"miaka": "mwaka", "miji": "mji", "mito": "mto", "wanawake": "mwanamke", "watu": "mtu"}

# With ہ as ه and ی as ي. Plurals of both genders end in -وں before postpositions, so حملوں may belong to حملہ or حمل:
# it stays as it is, and queries ask for it (inflecting.py)
_URDU_ENDING = re.compile("(?<=..)يں$")
_URDU_LONG = re.compile("ائي?ں$")  # دوائیں of دوا
_URDU_FEMININE = re.compile("(?<=..ي)[او]ں$")  # لڑکیوں, لڑکیاں of لڑکی
_URDU_VOWEL = re.compile("(?<=..)[هاے]$")  # لڑکا, لڑکے; زلزلہ, زلزلے

_SYLLABLE_IN_Y = re.compile("^(?:[hklmstv]|qu)[yýỳỷỹỵ]$")
_Y_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def bengali_stem(word: str) -> str:
    """A Bengali noun without its endings.

    >>> {bengali_stem(word) for word in ("নির্বাচন", "নির্বাচনের", "নির্বাচনে", "নির্বাচনগুলো")}
    {'নির্বাচন'}
    """
    while (shorter := _BENGALI_ENDING.sub("", word)) != word:
        word = shorter
    return word


def swahili_stem(word: str) -> str:
    """A Swahili noun with its singular prefix and without the locative ending.

    >>> {swahili_stem(word) for word in ("mkulima", "wakulima")}, swahili_stem("shuleni")
    ({'mkulima'}, 'shule')
    """
    word = _SWAHILI_PLACE.sub("", _SWAHILI_IRREGULAR.get(word, word))
    for plural, singular in _SWAHILI_CLASSES:
        if found := plural.match(word):
            return singular + word[found.end() :]
    return word


def urdu_stem(word: str) -> str:
    """An Urdu noun in the form shared by most of its cases.

    >>> {urdu_stem(word) for word in ("زلزله", "زلزلے")}, urdu_stem("سڑكيں")
    ({'زلزلے'}, 'سڑك')
    """
    word = _URDU_LONG.sub("ا", SINGULARS["ur"].get(word, word))
    feminine = _URDU_FEMININE.sub("", word)
    return feminine if feminine != word else _URDU_VOWEL.sub("ے", _URDU_ENDING.sub("", word))


def vietnamese_syllable(syllable: str) -> str:
    """A Vietnamese syllable with i for y where either may be written.

    >>> vietnamese_syllable("kỹ"), vietnamese_syllable("tay")
    ('kĩ', 'tay')
    """
    return syllable.translate(_Y_AS_I) if _SYLLABLE_IN_Y.match(syllable) else syllable
