"""Other forms of a Finnish noun to which Snowball gives different stems: hinta, hinnan, hintojen, hinnoissa.

Consonants within the word change with the form (gradation: nt, nn), as does the vowel before the ending. A generated
form that the word does not have is not a form of another word either, so queries ask for all that it may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WEAK = {  # strong consonants -> their weak grade, longest first
    "nt": "nn", "nk": "ng", "mp": "mm", "lt": "ll", "rt": "rr", "kk": "k", "pp": "p", "tt": "t", "ht": "hd", "lk": "l",
    "rk": "r", "t": "d", "p": "v", "k": "",
}  # fmt: skip
_STRONG = {weak: strong for strong, weak in _WEAK.items() if weak}
_GRADED = re.compile("(nt|nk|mp|lt|rt|kk|pp|tt|ht|lk|rk|(?<=[aeiouyäölr])[ptk])([aeiouyäö])$")
_WEAKENED = re.compile("(nn|ng|mm|ll|rr|hd|(?<=[aeiouyäölr])[dvkpt])([aeiouyäö])$")
_NOUN = re.compile("[a-zåäö]{4,}")
_CHILD = re.compile("la(?:psi|pset|sten|sta)")
_ADJECTIVES = re.compile("(?<=..)(?:nen|set|sen)$")  # nainen, suomalainen
_INSTRUMENT = re.compile("(?<=...)in$")  # tuomioistuin, puhelin
_IN_S = re.compile("(?<=..)([aä])(?:s|\\1t)$")  # potilas, potilaat


def finnish_forms(word: str) -> Iterator[str]:
    """Forms of a noun typed in the nominative singular or plural.

    >>> {"hintaa", "hinnan", "hintojen", "hinnoissa"} < set(finnish_forms("hinta"))
    True
    """
    word = word.lower()
    if not _NOUN.fullmatch(word):
        return
    back, front = ("a", "o", "u"), ("ä", "ö", "y")
    a = "a" if any(letter in back for letter in word) else "ä"
    if _CHILD.fullmatch(word):
        yield from ("lapsi", "lapset", "lasten")
    elif _ADJECTIVES.search(word):
        stem = _ADJECTIVES.sub("", word)
        yield from (stem + "nen", stem + "sen", stem + "set", stem + "sten")
    elif _IN_S.search(word):
        stem = _IN_S.sub("", word)
        yield from (f"{stem}{a}s", f"{stem}{a}{a}t", f"{stem}{a}ksi")
    elif _INSTRUMENT.search(word):
        yield from (word, word[:-1] + "men", word[:-1] + "met")
    elif word.endswith("t") and word[-2] in (*back, *front, "e", "i"):
        weak = word[:-1]
        strong = _WEAKENED.sub(lambda found: _STRONG[found[1]] + found[2], weak) if _WEAKENED.search(weak) else weak
        if weak.endswith("e"):  # lehdet of lehti
            yield from _inflected(strong[:-1] + "i", weak[:-1] + "i", a)
        yield from _inflected(strong, weak, a)
    elif word[-1] in (*back, *front, "i"):
        yield from _inflected(word, _GRADED.sub(lambda found: _WEAK[found[1]] + found[2], word), a)


def _inflected(strong: str, weak: str, a: str) -> Iterator[str]:
    o = "o" if a == "a" else "ö"
    last, root, bent = strong[-1], strong[:-1], weak[:-1]
    yield from (strong, strong + a, weak + "n", weak + "t")
    if last == a:
        yield from (f"{root}{o}jen", f"{root}{o}ja", f"{bent}{o}iss{a}", f"{root}ien", f"{bent}iss{a}")
    elif last == "i":
        yield from (f"{bent}en", f"{bent}ess{a}", f"{root}ien", f"{root}ej{a}", f"{bent}eiss{a}")
    else:
        yield from (f"{strong}jen", f"{weak}iss{a}")
