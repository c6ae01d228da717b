"""Other forms of a typed word, where stemming does not bring them together. Only queries ask for these.

Removing affixes without a word list removes some that are not affixes: Hungarian "baleset" loses what "balesetben"
keeps. Letters also change inside words: "Львів", "Львова". An index could only join such forms at the cost of joining
other words too; a query can ask for each of them, since a wrong form mostly occurs nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from indexer.analysis.endings import AFFIXES, LEAST_LETTERS, with_one_tail
from indexer.analysis.finnish_forms import finnish_forms
from indexer.analysis.indonesian_forms import indonesian_forms
from indexer.analysis.normalizing import is_stop_word, normalized, with_equal_letters
from indexer.analysis.words import is_of_letters

Rule = tuple[re.Pattern[str], str]

# The first and last letter of a language's script where it is not just Latin; Serbian (hr) uses two scripts
_ARABIC, _CYRILLIC_SCRIPT, _LATIN_SCRIPT = ("\u0600", "\u06ff"), ("\u0400", "\u04ff"), ("\0", "\u036f")
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur"), _ARABIC),
    **dict.fromkeys(("bg", "ru", "uk"), _CYRILLIC_SCRIPT),
    "he": ("\u0590", "\u05ff"),
    "hi": ("\u0900", "\u097f"),
    "hr": ("\0", "\u04ff"),
}


def other_forms(word: str, analysis: str) -> Iterator[str]:
    """Other forms of a typed word, which are to be stemmed in turn.

    >>> list(other_forms("Львів", "uk")), list(other_forms("anak-anak", "id"))
    (['львова', 'львева'], ['anak'])
    """
    rules = _FORMS.get(analysis)
    if rules is None or _is_foreign(word, analysis):
        return
    lower = word.lower()
    forms = rules(lower) if callable(rules) else _changed(lower, rules)
    yield from (form for form in dict.fromkeys(forms) if form != lower and not is_stop_word(form, analysis))


def other_stems(word: str, analysis: str) -> Iterator[str]:
    """Terms of other forms of a typed word: the word unstemmed, and with changed letters.

    >>> list(other_stems("povodeň", "cs"))
    ['povodn', 'povodenov']
    """
    if not is_of_letters(word) or _is_foreign(word, analysis):
        return
    if analysis == "ar":
        yield from _behind_preposition(word)
    if analysis == "ur":
        yield from _urdu_many(normalized(word, "ur"))
    if analysis not in AFFIXES:
        return
    whole, stem = with_equal_letters(word, analysis), normalized(word, analysis)
    changed = [other for each in (stem, whole) for other in _changed(each, _CHANGING.get(analysis, ()))]
    for each in dict.fromkeys((whole, with_one_tail(whole, AFFIXES[analysis]), *changed)):
        if each != stem and len(each) >= LEAST_LETTERS and not is_stop_word(each, analysis):
            yield each


def _behind_preposition(word: str) -> Iterator[str]:
    """The terms of an Arabic word with a prefixed "in" or "for", if the rest of it is stemmed the same."""
    stem = normalized(word, "ar")
    for preposition in ("ب", "ل"):
        if len(stem) >= LEAST_LETTERS and normalized(preposition + word, "ar") == preposition + stem:
            yield preposition + stem


def _is_foreign(word: str, analysis: str) -> bool:
    """Whether a word is not in the language's script, and so has no forms in the language."""
    first, last = _SCRIPTS.get(analysis, _LATIN_SCRIPT)
    return not first <= word[:1] <= last


def _urdu_many(stem: str) -> Iterator[str]:
    """The terms for the plural of an Urdu stem, or for the singular of a plural one."""
    if stem.endswith("وں"):
        one = stem.removesuffix("وں")
        yield from (one, one + "ے")
    else:
        yield stem.removesuffix("ے") + "وں"


def _changed(word: str, rules: Sequence[Rule]) -> Iterator[str]:
    for written, other in rules:
        changed, count = written.subn(other, word)
        if count:
            yield changed


def _rules(*pairs: tuple[str, str]) -> Sequence[Rule]:
    return [(re.compile(written), other) for written, other in pairs]


def _fleeting(vowels: str, *fleeting: str) -> Sequence[Rule]:
    """Rules for a vowel that only some forms have before the last consonant: povodeň, povodně."""
    gone = [(f"(?<=..)(?<=[^{vowels}])[{''.join(fleeting)}](?=[^{vowels}]$)", "")]
    there = [(f"(?<=..)(?<=[^{vowels}])(?=[^{vowels}]$)", vowel) for vowel in fleeting]
    return _rules(*gone, *there)


_LATIN, _CYRILLIC = "aeiouy", "аеєиіїоуюяъьй"
_CHANGING: Mapping[str, Sequence[Rule]] = {  # for stems without accents
    "bg": _fleeting(_CYRILLIC, "е", "ъ"),
    "cs": [
        *_fleeting(_LATIN, "e"),
        *_rules(("k$", "c"), ("(?<!c)h$|g$", "z"), ("(?<=...)$", "ov")),  # Praha, Praze; vítěz, vítězové
    ],
    "hr": _fleeting(_LATIN, "a"),
    "hu": [*_fleeting(_LATIN, "e", "o"), *_rules(("[ae]$", ""))],
    "pl": [*_fleeting(_LATIN, "e"), *_rules(("[kt]$", "c"), ("[dg]$", "dz"))],  # rolnik, rolnicy; powódź
    "sk": _fleeting(_LATIN, "e", "o"),
    "sl": _fleeting(_LATIN, "e"),
    "uk": [*_fleeting(_CYRILLIC, "е", "о"), *_rules(("к$", "ц"), ("г$", "з"), ("х$", "с"), ("й$", ""))],
}

# і in closed syllables is о or е in open ones
_UKRAINIAN = _rules(
    ("(?<=..)ів$", "ова"),
    ("(?<=..)ів$", "ева"),
    ("(?<=.)їв$", "єва"),
    ("(?<=.)і([бгґджзклмнпрстфхцчш]{1,2})ь?$", r"о\1у"),
    ("(?<=.)і([бгґджзклмнпрстфхцчш]{1,2})$", r"е\1у"),
    ("(?<=.)[ое]([бвгґджзклмнпрстфхцчш]{1,2})(?:а|ам|ах|ами|і|ів|и|ові|ом|у)$", r"і\1"),
    ("(?<=.)є(в)(?:а|і|ом|у)$", r"ї\1"),
    ("(?<=.)[ое]([бвгґджзклмнпрстфхцчш])о$", r"і\1"),  # сіл of село
)

# Polish ą in closed syllables is ę in open ones
_POLISH = _rules(
    ("(?<=.)ę([^aeiouyąęó]{1,2})[aeo]$", r"ą\1"),  # święto, świąt
    ("(?<=.)ą([^aeiouyąęó]{1,2})$", r"ę\1y"),  # błąd, błędy
)

_PERSIAN = _rules(("(?<=..)\u200c?ها(?:[یي]|[یي][یي]|[یي]ش|[یي]شان)?$", ""))
_HINDI = _rules(("ॉ", "ा"), ("ऑ", "आ"))  # vowels in English loanwords
_TURKISH = _rules(("(?<=..[aeiou])s(?=[iu]$)", "ş"))  # typed without its cedilla: maasi

_CLITICS = ("ה", "ב", "ל", "מ", "ו", "ש", "מה", "וה")
_MANY = re.compile("(?:ים|ות)$")


def _hebrew(word: str) -> Iterator[str]:
    """Forms of a Hebrew noun: with prefixed particles, in the plural and, if it ends in ה, in the possessive."""
    noun = word[1:] if word.startswith("ה") and len(word) > LEAST_LETTERS else word
    yield from (clitic + noun for clitic in ("", *_CLITICS))
    if noun.endswith(("ה", "ת")) and not noun.endswith("ות"):
        noun = noun[:-1]
        yield from (noun + "ה", f"ה{noun}ה", f"ב{noun}ה", noun + "ת", noun + "ות", f"ה{noun}ות")
    elif not _MANY.search(noun):
        yield from (noun + "ים", f"ה{noun}ים", noun + "ות", f"ה{noun}ות", noun + "י")


_FORMS: Mapping[str, Callable[[str], Iterator[str]] | Sequence[Rule]] = {
    "fa": _PERSIAN,
    "fi": finnish_forms,
    "he": _hebrew,
    "hi": _HINDI,
    "id": indonesian_forms,
    "pl": _POLISH,
    "tr": _TURKISH,
    "uk": _UKRAINIAN,
}
