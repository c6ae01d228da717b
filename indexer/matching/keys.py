"""The keys by which saved queries are looked up: what an article must have at least in order to match a query.

A query of required words needs its rarest one, a phrase two of its neighbouring words, a choice one of its branches,
and so on. A query that needs nothing that can be looked up (`-toll`, `last:7d`) has no keys. All keys of an article are
made, and only queries waiting for one of them are evaluated, unless the keys already decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from indexer.engines.plan import Begins, Conjunction, Disjunction, Exclude, Plan, Resembles, Value, Words, fold_value
from indexer.matching.article import AnalysedArticle
from news.index import Filters
from news.query.tree import TEXT_FIELDS

_NEXT = "\2"  # between two neighbouring terms
PREFIX_LETTERS = 5  # letters of a beginning that are looked up; a longer one is compared afterwards

_TEXT = frozenset(TEXT_FIELDS)

Keys = tuple[str, ...]  # alternatives: a matching article has at least one of them


def keys_of_plan(planned: Plan, frequencies: Mapping[str, int]) -> Keys | None:
    """Keys of which a matching article has at least one, the rarest possible; None when nothing is needed.

    `frequencies` says in how many of some articles each key was found; an unknown key is rare.
    """
    match planned:
        case Words(fields=fields):
            return _rarest([_each_scope(fields, key) for key in _word_keys(planned)], frequencies)
        case Begins(start=start, fields=fields):
            return _each_scope(fields, prefix_key(start))
        case Resembles(word=word, edits=edits, fields=fields):
            return _each_scope(fields, like_key(word, edits)) if not edits or set(fields) <= _TEXT else None
        case Value(name=name, value=value, prefix=False):
            return (value_key(name, value),)
        case Conjunction(children=children):
            return _rarest([keys_of_plan(child, frequencies) for child in children], frequencies)
        case Disjunction(children=children, at_least=at_least):
            return _of_choice(children, at_least, frequencies)
        case _:
            return None


def needs_of_plan(planned: Plan) -> frozenset[str]:
    """Keys all of which a matching article has; they rule out most other articles before anything is compared."""
    match planned:
        case Words(fields=fields):
            needed = [_each_scope(fields, key) for key in _word_keys(planned)]
            return frozenset(keys[0] for keys in needed if len(keys) == 1)
        case Begins() | Resembles() | Value():
            keys = keys_of_plan(planned, {})
            return frozenset(keys) if keys and len(keys) == 1 else frozenset()
        case Conjunction(children=children):
            return frozenset().union(*map(needs_of_plan, children))
        case Disjunction(children=children):  # what all alternatives need
            return frozenset.intersection(*map(needs_of_plan, children))
        case _:
            return frozenset()


def bars_of_plan(planned: Plan) -> frozenset[str]:
    """Keys none of which a matching article has."""
    match planned:
        case Conjunction(children=children):
            return frozenset().union(*map(bars_of_plan, children))
        case Exclude(child=child) if is_told_by_one_key(child):
            return frozenset(keys_of_plan(child, {}) or ())
        case _:
            return frozenset()


def is_told_by_keys(planned: Plan) -> bool:
    """Whether every article with all needed keys and no barred one matches."""
    match planned:
        case Conjunction(children=children):
            return all(map(is_told_by_keys, children))
        case Exclude(child=child):
            return is_told_by_one_key(child)
        case Disjunction():
            return False
        case _:
            return is_told_by_one_key(planned)


def is_told_by_one_key(planned: Plan) -> bool:
    """Whether every article with any of the plan's keys matches, with no further condition."""
    match planned:
        case Words(fields=fields):
            return len(_word_keys(planned)) == 1 and _is_one_scope(fields)
        case Begins(start=start, fields=fields):
            return len(start) <= PREFIX_LETTERS and fields == TEXT_FIELDS
        case Resembles(fields=fields):
            return fields == TEXT_FIELDS
        case Value(prefix=is_beginning):
            return not is_beginning
        case Disjunction(children=children, at_least=at_least):
            return at_least == 1 and all(map(is_told_by_one_key, children))
        case _:
            return False


def keys_of_filters(filters: Filters, frequencies: Mapping[str, int]) -> Keys | None:
    """The same for filters."""
    wanted = filters.values_by_field()
    found = [tuple(value_key(name, fold_value(each)) for each in values) for name, values in wanted.items()]
    return _rarest(found, frequencies)


def rarer(one: Keys | None, other: Keys | None, frequencies: Mapping[str, int]) -> Keys | None:
    """The rarer of two sets of keys, when both are needed."""
    return _rarest([one, other], frequencies)


def keys_of_article(article: AnalysedArticle) -> Iterator[str]:
    """Every key of an article except those of pairs and of similar spellings; some occur more than once."""
    for name, terms in article.terms.items():
        yield from terms.positions if name in _TEXT else (f"{name}\0{term}" for term in terms.positions)
    for name, values in article.values.items():
        yield from (value_key(name, value) for value in values)
    for word in text_words(article):
        yield like_key(word, 0)
        yield from _prefix_keys(word)
    for name in article.plain.keys() - _TEXT:
        for word in article.plain[name]:
            yield from (f"{name}\0{key}" for key in (like_key(word, 0), *_prefix_keys(word)))


def pair_keys(article: AnalysedArticle) -> Iterator[str]:
    """The keys of an article's neighbouring words."""
    for name, terms in article.terms.items():
        found = (_pair_key(*pair) for pair in terms.neighbours())
        yield from found if name in _TEXT else (f"{name}\0{key}" for key in found)


def text_words(article: AnalysedArticle) -> frozenset[str]:
    """Every distinct unstemmed word of the texts that are searched if no field is named."""
    return frozenset().union(*(article.plain[name] for name in TEXT_FIELDS if name in article.plain))


def value_key(name: str, value: str) -> str:
    """The key of a whole value."""
    return f"{name}\1{value}"


def prefix_key(start: str) -> str:
    """The key of words with this beginning."""
    return f"^{start[:PREFIX_LETTERS]}"


def like_key(word: str, edits: int) -> str:
    """The key of words spelt like this one."""
    return f"~{edits}{word}"


def _prefix_keys(word: str) -> set[str]:
    return {f"^{word[:letters]}" for letters in range(1, PREFIX_LETTERS + 1)}


def _pair_key(first: str, second: str) -> str:
    return f"{first}{_NEXT}{second}"


def _word_keys(planned: Words) -> Sequence[str]:
    """The terms of these words, all of which a match has; for a phrase, its pairs of neighbours."""
    if planned.slop or len(planned.terms) == 1:
        return planned.terms
    return [_pair_key(*pair) for pair in pairwise(planned.terms)]


def _each_scope(fields: Sequence[str], key: str) -> Keys:
    """The key in each of the fields; the texts that are searched if no field is named share their keys."""
    return tuple(dict.fromkeys(key if name in _TEXT else f"{name}\0{key}" for name in fields))


def _is_one_scope(fields: Sequence[str]) -> bool:
    """Whether a key proves that its word is in one of the fields; not for a single text, since texts share keys."""
    return fields == TEXT_FIELDS or (len(fields) == 1 and fields[0] not in _TEXT)


def _of_choice(children: Sequence[Plan], at_least: int, frequencies: Mapping[str, int]) -> Keys | None:
    """Keys for k of n children: any n - k + 1 of them include one that matches."""
    found = [keys_of_plan(child, frequencies) for child in children]
    needed = len(children) - at_least + 1
    known = sorted((keys for keys in found if keys is not None), key=lambda keys: _cost(keys, frequencies))
    if len(known) < needed:
        return None
    return tuple(dict.fromkeys(key for keys in known[:needed] for key in keys))


def _rarest(found: Sequence[Keys | None], frequencies: Mapping[str, int]) -> Keys | None:
    return min((keys for keys in found if keys is not None), key=lambda keys: _cost(keys, frequencies), default=None)


def _cost(keys: Keys, frequencies: Mapping[str, int]) -> tuple[int, int, int]:
    """How often the keys are found; unknown ones go by length, since long words are rare."""
    return sum(_frequency(key, frequencies) for key in keys), len(keys), -min(map(len, keys))


def _frequency(key: str, frequencies: Mapping[str, int]) -> int:
    """How often a key is found; a pair goes by its rarer word, since pairs are too many to count."""
    return min(frequencies.get(part, 0) for part in key.split(_NEXT))
