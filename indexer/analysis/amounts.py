"""Large amounts in other writings: 5bn is 5 billion, 3 Mrd are 3 Milliarden. Only queries ask for these.

The table has, for each language, abbreviations of newswires and style guides, the commonest first, and what each stands
for, in the form that follows numbers. A single letter counts only where it is attached to a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.analysis.normalizing import normalized

_UNITS = {
    "bg": "млрд:милиарда млн:милиона",
    "da": "mia:milliarder mrd:milliarder mio:millioner",
    "de": "mrd:milliarden mia:milliarden mio:millionen",
    "en": "bn:billion b:billion bln:billion m:million mn:million mln:million tn:trillion trn:trillion",
    "fi": "mrd:miljardia milj:miljoonaa",
    "fr": "md:milliards mds:milliards mrd:milliards m:millions",
    "it": "mld:miliardi mrd:miliardi mln:milioni",
    "nl": "mld:miljard mrd:miljard mln:miljoen",
    "no": "mrd:milliarder mill:millioner",
    "pl": "mld:miliardów mln:milionów",
    "pt": "bi:bilhões mi:milhões",
    "ru": "млрд:миллиардов млн:миллионов трлн:триллионов",
    "sv": "mdr:miljarder mn:miljoner",
    "uk": "млрд:мільярдів млн:мільйонів",
}
_IN_FULL = {code: dict(pair.split(":") for pair in pairs.split()) for code, pairs in _UNITS.items()}
_ATTACHED = frozenset({"en"})  # languages that write abbreviation and number as one word
_AMOUNT = re.compile(r"\W*(\d+(?:[.,]\d+)*)([^\W\d_]+)\W*")
_NUMBER = re.compile(r"\W*(\d+(?:[.,]\d+)*)")


def other_amounts(word: str, analysis: str) -> Iterator[str]:
    """A typed amount or unit in its other writings.

    >>> list(other_amounts("$5.5bn", "en")), list(other_amounts("Mrd", "de")), list(other_amounts("millions", "en"))
    (['5.5 billion'], ['milliarden'], ['mn'])
    """
    units = _IN_FULL.get(analysis)
    if units is None:
        return
    if (amount := _AMOUNT.fullmatch(word)) and (full := units.get(amount[2].lower())):
        yield f"{amount[1]} {full}"
    lower = word.strip(".").lower()
    if lower in units and len(lower) > 1:
        yield units[lower]
    elif short := _abbreviations(analysis).get(normalized(lower, analysis)):
        yield short


def attached(number: str, unit: str, analysis: str) -> str | None:
    """A typed number and the unit behind it as one word; None where they are no amount or never one word.

    >>> attached("$5.5", "billion", "en"), attached("5", "Milliarden", "de"), attached("5", "bridges", "en")
    ('5.5bn', None, None)
    """
    if analysis not in _ATTACHED or not (found := _NUMBER.fullmatch(number)):
        return None
    term = normalized(unit, analysis)
    units = _IN_FULL[analysis]
    short = next((short for short, full in units.items() if normalized(full, analysis) == term), None)
    return f"{found[1]}{short}" if short else None


@cache
def _abbreviations(analysis: str) -> dict[str, str]:
    """The term of each unit -> its commonest abbreviation that may stand alone."""
    alone = [(normalized(full, analysis), short) for short, full in _IN_FULL[analysis].items() if len(short) > 1]
    return dict(reversed(alone))
