"""Other ways of writing typed words: as one word or two, without a particle, in the plural, with accents.

Only queries ask for these; a text is indexed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analysis import compounds
from indexer.analysis.amounts import attached, other_amounts
from indexer.analysis.normalizing import is_stop_word

_HYPHENED = re.compile(r"\W*([^\W_]+)(?:[-\u2010\u2011]|(?<=[\u0600-\u06ff])\u200c)([^\W_]+)\W*")
_UNIT = r"([\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]*)"  # attached to the number: 1,500원
_THOUSANDS = re.compile(rf"\W*(\d{{1,3}})((?:[.,]\d{{3}})+){_UNIT}\W*")
_NO_YEAR = r"(?!(?:1[5-9]|20)\d\d(?:\W|$|[年년]))"
_LONG_NUMBER = re.compile(rf"\W*{_NO_YEAR}(\d{{1,3}})((?:\d{{3}}){{1,3}}){_UNIT}\W*")
_LAKHS = re.compile(r"\W*(\d{1,2}(?:,\d{2})+,\d{3})\W*")  # 1,25,000, as India groups
_SIX_DIGITS = re.compile(r"\W*(\d{6,10})\W*")
_COUNTING_LAKHS = frozenset({"bn", "en", "hi", "und", "ur"})
_TWO_IN_ONE = re.compile(r"\W*(?:([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+)|([A-Z](?=[A-Z]?[a-z])[a-z]*)([A-Z][a-z]*))\W*")
_HUMP = "[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+"
_HUMPS = re.compile(rf"\W*(?:{_HUMP}){{3,}}\W*")  # as in hashtags: #FridaysForFuture
_MADE = re.compile(r"\W*([^\W\d_]{1,3})(-?)(\d+)(s?)\W*")  # names of aircraft and arms, singular or plural: F-16s
# Prefixes written with and without a hyphen: these are the commonest among words found in both forms in the corpora's
# 41,000 texts (mostly English), except those that also begin other words (re-, co-, over-, under-).
_BEGUN = re.compile(
    r"\W*(anti|counter|cyber|inter|mid|multi|non|post|pre|semi)([^\W\d_]{3,})\W*",
    re.IGNORECASE,
)
_PLURAL_INITIALS = re.compile(r"\W*(([a-z])\2)(\.? ?)(([a-z])\5)\.?\W*", re.IGNORECASE)  # Spanish: EE. UU.
_SERVANT = re.compile("(عبد)(ال\\w{3,})")  # the first half of Arabic names, which some write as a separate word
_NUMBERED = re.compile(r"[^\W\d_]{1,5} \d{1,3}")  # COP 29

# Korean attaches particles to the word before them; at least two syllables are left.
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에게서|으로는|이라고|이라는|에서|에게|까지|부터|보다|처럼|으로|에는|은|는|이|가|을|를|의|에|로|와|과)$"
)

# Accents that people leave out in typing but without which Snowball gives words a different stem: of the accented words
# of these languages, by use (wordfreq 3.1), this affected 23, 8 and 45 %, and with these endings affects 1.
_ACCENTED = {
    "es": "iamos:íamos ias:ías ian:ían ia:ía es:és as:ás an:án en:én is:ís a:á i:í o:ó",
    "fr": "erement:èrement eres:ères ere:ère ees:ées ee:ée es:és es:ès it:ît a:à e:é",
    "it": "a:à o:ò",
}
_DOTTED = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
_TWO_FOR_DOTS = re.compile(r"([aou])e(?=[^\W\daeiouy]\w)", re.IGNORECASE)  # not in "Michael"
_PARTED_NAME = re.compile(r"\b([od])(?=[^\W\d]{4})(\w+)", re.IGNORECASE)  # O'Neill, D'Angelo

_ENDINGS = {code: [pair.split(":") for pair in pairs.split()] for code, pairs in _ACCENTED.items()}
_LEAST_LETTERS = 3  # before such an ending


def variants(word: str, analysis: str) -> Iterator[str]:
    """Other ways of writing a typed word, each as one word or as words separated by spaces.

    >>> list(variants("F-16", "en")), list(variants("covid19", "en")), list(variants("10,000", "en"))
    (['F16', 'F-16s'], ['covid 19'], ['10000'])
    >>> list(variants("antiwar", "en")), list(variants("airstrike", "en")), list(variants("2500000", "en"))
    (['anti war'], ['air strike'], ['2 500 000', '25 00 000'])
    >>> list(variants("qualita", "it")), list(variants("미사일을", "und"))
    (['qualità'], ['미사일'])
    """
    yield from _joined(word)
    yield from _parted(word, analysis)
    yield from _several(word, analysis)
    yield from other_amounts(word, analysis)
    if (bare := without_particle(word)) != word:
        yield bare
    if word.isascii():
        yield from _accented(word, analysis)


def without_particle(word: str) -> str:
    """A Korean word without the particle at its end.

    >>> without_particle("지진으로"), without_particle("서울")
    ('지진', '서울')
    """
    return _PARTICLE.sub("", word)


def joined(one: str, other: str, analysis: str) -> str | None:
    """Two adjacent typed words written as one; None if they are always two.

    >>> joined("cease", "fire", "en"), joined("COP", "29", "en"), joined("new", "bridge", "en")
    ('ceasefire', 'COP29', None)
    """
    if _NUMBERED.fullmatch(f"{one} {other}") and not is_stop_word(one, analysis):
        return one + other
    if analysis == "ar" and _SERVANT.fullmatch(one + other) and one == "عبد":
        return one + other
    if amount := attached(one, other, analysis):
        return amount
    return compounds.joined(one, other) if analysis == "en" else None


def name_variants(name: str) -> Iterator[str]:
    """Other ways of writing a name of one or more words: ä, ö and ü as two letters and vice versa, and with a missing
    apostrophe, which separates words. For a word that is not such a name, the variants find nothing more.

    >>> list(name_variants("karl mueller")), list(name_variants("Jörg")), list(name_variants("Jane ONeill"))
    (['karl muller'], ['Joerg'], ['Jane O Neill'])
    """
    yield from dict.fromkeys(
        written
        for written in (
            _TWO_FOR_DOTS.sub(r"\1", name),
            "".join(_DOTTED.get(letter, letter) for letter in name),
            _PARTED_NAME.sub(r"\1 \2", name),
        )
        if written != name
    )


def _joined(word: str) -> Iterator[str]:
    if lakhs := _LAKHS.fullmatch(word):
        yield lakhs[1].replace(",", "")
    if (halves := _HYPHENED.fullmatch(word)) and not "".join(halves.groups()).isdecimal():
        yield "".join(halves.groups())
    if number := _THOUSANDS.fullmatch(word):
        yield number[1] + re.sub("[.,]", "", number[2]) + number[3]


def _parted(word: str, analysis: str) -> Iterator[str]:
    """The word or number in parts; no part is a stop word, since searching for one beside the other would be slow."""
    if number := _LONG_NUMBER.fullmatch(word):
        yield " ".join([number[1], *re.findall(r"\d{3}", number[2])]) + number[3]
    elif halves := _TWO_IN_ONE.fullmatch(word) or _BEGUN.fullmatch(word):
        found = [half for half in halves.groups() if half]
        if not any(is_stop_word(half, analysis) for half in found):
            yield " ".join(found)
    elif _HUMPS.fullmatch(word):
        found = re.findall(_HUMP, word)
        if sum(not is_stop_word(half, analysis) for half in found) > 1:
            yield " ".join(found)
    if analysis in _COUNTING_LAKHS and (number := _SIX_DIGITS.fullmatch(word)):
        before, hundreds = number[1][:-3], number[1][-3:]
        yield " ".join([before[: len(before) % 2], *re.findall("..", before[len(before) % 2 :]), hundreds]).strip()
    if analysis == "en" and (two := compounds.parted(word)):
        yield two
    if analysis == "es" and (initials := _PLURAL_INITIALS.fullmatch(word)):
        yield initials[1] + initials[4] if initials[3] else f"{initials[1]} {initials[4]}"
    if analysis == "ar" and (name := _SERVANT.fullmatch(word)):
        yield " ".join(name.groups())


def _several(word: str, analysis: str) -> Iterator[str]:
    """The plural of a name of one to three letters and a number, or the singular of such a plural."""
    if made := _MADE.fullmatch(word):
        letters, hyphen, number, plural = made.groups()
        other = "" if plural else "s"
        yield f"{letters}{hyphen}{number}{other}"
        if not hyphen and not is_stop_word(letters, analysis):
            yield f"{letters} {number}{other}"


def _accented(word: str, analysis: str) -> Iterator[str]:
    for ending, accented in _ENDINGS.get(analysis, ()):
        if word.endswith(ending) and len(word) >= len(ending) + _LEAST_LETTERS:
            yield word.removesuffix(ending) + accented
