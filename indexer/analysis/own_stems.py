"""Stems of Bengali, Swahili and Urdu, and one spelling of Vietnamese syllables, by rules of newsdex's own.

Of Bengali and Urdu the endings of nouns and names (case, number, the article); of Swahili the prefixes of the noun
classes, of which each plural gets its singular's, and the place's -ni. Verbs are left alone. No list of words with
their lemmas was at hand: docs/decisions/0003-language-analysis.md tells on what they were judged.
"""

from __future__ import annotations

import re

from indexer.analysis.broken_plurals import SINGULARS

# Behind a vowel -র, -কে and -তে are endings; behind a consonant the root may end so and -ে be the ending (সড়কে, ভারতে).
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
        ("mawa", "ziri|kili", "m"),  # mawaziri of waziri, which begins as if it were many
        ("mwa|wa", "....", "m"),  # walimu of mwalimu, watoto of mtoto
        ("vy", "..", "ch"),  # vyama
        ("vi", "....", "ki"),  # vijiji
        ("mi", "...", "m"),  # michezo
        ("ma", "....", ""),  # madaktari
        ("u", "ch...", ""),  # chaguzi of uchaguzi
    )
)

_SWAHILI_IRREGULAR = {"miaka": "mwaka", "miji": "mji", "mito": "mto", "wanawake": "mwanamke", "watu": "mtu"}

# With ہ as ه and ی as ي. The many of every gender end in -وں before "of" and the like, so that nothing tells whether
# حملوں is of حملہ or of حمل: it stays, and queries ask for it (inflecting.py)
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
    """A Swahili noun with the prefix of one, without the place's ending.

    >>> {swahili_stem(word) for word in ("mkulima", "wakulima")}, swahili_stem("shuleni")
    ({'mkulima'}, 'shule')
    """
    word = _SWAHILI_PLACE.sub("", _SWAHILI_IRREGULAR.get(word, word))
    for plural, singular in _SWAHILI_CLASSES:
        if found := plural.match(word):
            return singular + word[found.end() :]
    return word


def urdu_stem(word: str) -> str:
    """An Urdu noun in the form that most of its cases share.

    >>> {urdu_stem(word) for word in ("زلزله", "زلزلے")}, urdu_stem("سڑكيں")
    ({'زلزلے'}, 'سڑك')
    """
    word = _URDU_LONG.sub("ا", SINGULARS["ur"].get(word, word))
    feminine = _URDU_FEMININE.sub("", word)
    return feminine if feminine != word else _URDU_VOWEL.sub("ے", _URDU_ENDING.sub("", word))


def vietnamese_syllable(syllable: str) -> str:
    """A Vietnamese syllable with i where y and i are written for one sound.

    >>> vietnamese_syllable("kỹ"), vietnamese_syllable("tay")
    ('kĩ', 'tay')
    """
    return syllable.translate(_Y_AS_I) if _SYLLABLE_IN_Y.match(syllable) else syllable
