"""A leaf of a query (a word, phrase, beginning, misspelling or words near each other) as one language reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from indexer.analysis.inflecting import other_forms, other_stems
from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import is_stop_word
from indexer.analysis.other_names import other_names
from indexer.analysis.stemming import is_turkish_ending
from indexer.analysis.variants import name_variants, variants
from indexer.analysis.words import terms
from indexer.engines.plan import (
    FORMER,
    Begins,
    Conjunction,
    Disjunction,
    Exclude,
    Plan,
    Resembles,
    Value,
    Words,
    either,
    fold_value,
    single,
)
from indexer.fields import FIELDS, Kind
from news.query.tree import (
    TEXT_FIELDS,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Term,
)

MAX_NEAR_WORDS = 4  # of a near search; each two of them make two phrases in every field
_WITHOUT_ENDINGS = frozenset({"en", "es", "fr", "it", "nl", "pt"})
_SHORT = 4  # letters of an abbreviation
_APOSTROPHES = re.compile("['’‘ʼ´`](?!(?<=[\u0400-\u04ff].)[\u0400-\u04ff])")  # between Cyrillic letters it is one


def plan_leaf(query: Term | Phrase | Near | Prefix | Fuzzy, analysis: str) -> Plan | None:
    """Plan a leaf; None if it has no word."""
    if query.field == FORMER:
        return _taken_away(query, analysis)
    return _looked_for(query, analysis)


def _taken_away(query: Term | Phrase | Near | Prefix | Fuzzy, analysis: str) -> Plan | None:
    """Words that an earlier version had and the newest has nowhere; a name may have given way to another one."""
    said = replace(query, field=None)
    if isinstance(query, Term) and any(other_names(query.text, analysis)):
        said = Phrase(query.text)
    once, now = _looked_for(query, analysis), _looked_for(said, analysis)
    return Conjunction((once, Exclude(now))) if once and now else None


def _looked_for(query: Term | Phrase | Near | Prefix | Fuzzy, analysis: str) -> Plan | None:
    declared = FIELDS[query.field] if query.field else None
    if declared and declared.kind is Kind.KEYWORD and not declared.words:
        value = fold_value(query.text)
        return Value(declared.name, value, isinstance(query, Prefix)) if value else None
    fields = (declared.name,) if declared else TEXT_FIELDS
    spoken = analysis if declared is None or declared.kind is Kind.TEXT else UNDETERMINED
    match query:
        case Prefix(text=text):
            return plan_beginning(text, fields, spoken)
        case Fuzzy(text=text, edits=edits):
            return _resembles(text, edits, fields, spoken)
        case Phrase(text=text):
            return either(plan_words(text, fields, spoken), _name(text, fields))
        case Near(text=text, distance=distance):
            telling = [word for word in text.split() if not is_stop_word(word, spoken)]
            return _near(terms(" ".join(telling), spoken), fields, distance) or plan_words(text, fields, spoken)
        case Term(text=text):
            return either(_word(_without_elision(text, spoken), fields, spoken), _name(text, fields))


def plan_words(text: str, fields: tuple[str, ...], analysis: str) -> Words | None:
    """The words of a text, in this order; None if it has none."""
    found = terms(text, analysis)
    return Words(found, fields) if found else None


@lru_cache(maxsize=10_000)  # a page needs the same words several times, each in every language
def _word(text: str, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """A word by its stem, or by the stems of other ways to write it: "e-mail" is also "email".

    If its stem is a stop word, the word as it is written ("sea" read as French stems to "se").
    """
    planned = plan_words(text, fields, analysis)
    if planned and len(planned.terms) == 1 and is_stop_word(planned.terms[0], analysis):
        plain = terms(text, UNDETERMINED)
        if len(plain) == 1 and not is_stop_word(text, analysis):
            return Resembles(plain[0], 0, fields)
    if not planned:
        return None
    written = (*variants(text, analysis), *other_forms(text, analysis))
    stems = (Words((stem,), fields) for stem in other_stems(text, analysis))
    names = plan_other_names(text, fields, analysis)
    return either(planned, *(plan_words(each, fields, analysis) for each in written), *stems, *names)


def plan_other_names(typed: str, fields: tuple[str, ...], analysis: str) -> Iterator[Plan]:
    """What the things that one or more words name are called elsewhere; nothing in bylines, sections and the like.

    Abbreviations, and any name in languages that put no endings to names, count only as they are written: by their
    stems, Spanish would find *madres* by *Madras* and Polish *unia* by *UN*.
    """
    for name in other_names(typed, analysis) if set(fields) <= set(TEXT_FIELDS) else ():
        found = plan_words(name, fields, analysis)
        if found and len(found.terms) == 1 and (analysis in _WITHOUT_ENDINGS or len(name) <= _SHORT):
            yield Conjunction((found, Resembles(terms(name, UNDETERMINED)[0], 0, fields)))
        elif found:
            yield found


def _name(text: str, fields: tuple[str, ...]) -> Plan | None:
    """The name in another spelling: "oneill" is O'Neill, "mueller" is Müller; None except for authors."""
    if fields != ("authors",):
        return None
    written = (plan_words(each, fields, UNDETERMINED) for each in name_variants(_APOSTROPHES.sub("", text)))
    return either(*written)


def _near(found: tuple[str, ...], fields: tuple[str, ...], distance: int) -> Plan | None:
    """Every two words within the distance, in either order and in one field, which both engines understand alike.

    Stop words are left out: they are near everything, and cost seconds on a large index.
    """
    distinct = tuple(dict.fromkeys(found))[:MAX_NEAR_WORDS]
    if len(distinct) < 2:
        return Words(distinct, fields) if distinct else None
    in_fields = []
    for name in fields:
        pairs = tuple(
            Disjunction((Words((one, other), (name,), distance), Words((other, one), (name,), distance)))
            for one, other in combinations(distinct, 2)
        )
        in_fields.append(single(pairs) or Conjunction(pairs))
    return single(tuple(in_fields)) or Disjunction(tuple(in_fields))


def plan_beginning(text: str, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """The last word is a beginning, words before it ("foo-ba*") are whole."""
    found = terms(text, UNDETERMINED)
    if not found:
        return None
    last = Begins(found[-1], fields)
    before = plan_words(" ".join(found[:-1]), fields, analysis)
    return Conjunction((before, last)) if before else last


def _resembles(text: str, edits: int, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """A misspelt word in one piece; if it has several ("foo-bar~"), the words as they are."""
    found = terms(text, UNDETERMINED)
    return Resembles(found[0], edits, fields) if len(found) == 1 else plan_words(text, fields, analysis)


def _without_elision(word: str, analysis: str) -> str:
    """The significant part of a word with apostrophes: "homme" of "l'homme", "Trump" of "Trump's"."""
    pieces = [piece for piece in _APOSTROPHES.split(word) if piece]
    if analysis == "tr" and len(pieces) == 2 and is_turkish_ending(pieces[1]):
        return pieces[0]
    telling = [piece for piece in pieces if len(piece) > 1 and not is_stop_word(piece, analysis)]
    return " ".join(telling or pieces)
