"""What an article must have at the least to match a query: the key by which saved queries are looked up.

A query of required words needs its rarest one, a phrase two of its neighbours, a choice one of its branches, and so on;
what needs nothing that can be looked up (`-toll`, `last:7d`) has no keys. Of an article all keys are made, and only the
queries that wait for one of them are evaluated: where keys do not tell all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from indexer.engines.plan import All, Any, Begins, Exclude, Plan, Resembles, Value, Words, fold_value
from indexer.matching.article import AnalysedArticle
from news.index import Filters
from news.query.tree import TEXT_FIELDS

_NEXT = "\2"  # between two terms that stand side by side
PREFIX_LETTERS = 5  # of a beginning that are looked up; what is longer is compared afterwards

_TEXT = frozenset(TEXT_FIELDS)

Keys = tuple[str, ...]  # alternatives: a matching article has at least one of them


def keys_of_plan(planned: Plan, frequencies: Mapping[str, int]) -> Keys | None:
    """The keys of which a matching article has one, as seldom met as can be; None when nothing is needed.

    `frequencies` says in how many of some articles each key was met; an unknown one is rare.
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
        case All(children=children):
            return _rarest([keys_of_plan(child, frequencies) for child in children], frequencies)
        case Any(children=children, at_least=at_least):
            return _of_choice(children, at_least, frequencies)
        case _:
            return None


def needs_of_plan(planned: Plan) -> frozenset[str]:
    """Keys that a matching article has all of; tells most others apart before anything is compared."""
    match planned:
        case Words(fields=fields):
            needed = [_each_scope(fields, key) for key in _word_keys(planned)]
            return frozenset(keys[0] for keys in needed if len(keys) == 1)
        case Begins() | Resembles() | Value():
            keys = keys_of_plan(planned, {})
            return frozenset(keys) if keys and len(keys) == 1 else frozenset()
        case All(children=children):
            return frozenset().union(*map(needs_of_plan, children))
        case Any(children=children):  # what each of the alternatives needs
            return frozenset.intersection(*map(needs_of_plan, children))
        case _:
            return frozenset()


def bars_of_plan(planned: Plan) -> frozenset[str]:
    """Keys that a matching article has none of."""
    match planned:
        case All(children=children):
            return frozenset().union(*map(bars_of_plan, children))
        case Exclude(child=child) if is_told_by_one_key(child):
            return frozenset(keys_of_plan(child, {}) or ())
        case _:
            return frozenset()


def is_told_by_keys(planned: Plan) -> bool:
    """Whether an article that has all that is needed and nothing that is barred matches."""
    match planned:
        case All(children=children):
            return all(map(is_told_by_keys, children))
        case Exclude(child=child):
            return is_told_by_one_key(child)
        case Any():
            return False
        case _:
            return is_told_by_one_key(planned)


def is_told_by_one_key(planned: Plan) -> bool:
    """Whether an article that has any of the plan's keys matches: nothing else is asked."""
    match planned:
        case Words(fields=fields):
            return len(_word_keys(planned)) == 1 and _is_one_scope(fields)
        case Begins(start=start, fields=fields):
            return len(start) <= PREFIX_LETTERS and fields == TEXT_FIELDS
        case Resembles(fields=fields):
            return fields == TEXT_FIELDS
        case Value(prefix=is_beginning):
            return not is_beginning
        case Any(children=children, at_least=at_least):
            return at_least == 1 and all(map(is_told_by_one_key, children))
        case _:
            return False


def keys_of_filters(filters: Filters, frequencies: Mapping[str, int]) -> Keys | None:
    """The same for filters."""
    wanted = filters.values_by_field()
    found = [tuple(value_key(name, fold_value(each)) for each in values) for name, values in wanted.items()]
    return _rarest(found, frequencies)


def rarer(one: Keys | None, other: Keys | None, frequencies: Mapping[str, int]) -> Keys | None:
    """Of what is needed both, the one more seldom met."""
    return _rarest([one, other], frequencies)


def keys_of_article(article: AnalysedArticle) -> Iterator[str]:
    """Every key an article has, but those of pairs and of words spelt alike; some come more than once."""
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
    """The keys of an article's words that stand side by side."""
    for name, terms in article.terms.items():
        found = (_pair_key(*pair) for pair in terms.neighbours())
        yield from found if name in _TEXT else (f"{name}\0{key}" for key in found)


def text_words(article: AnalysedArticle) -> frozenset[str]:
    """Every different unstemmed word of the texts that words without a field look in."""
    return frozenset().union(*(article.plain[name] for name in TEXT_FIELDS if name in article.plain))


def value_key(name: str, value: str) -> str:
    """The key of a whole value."""
    return f"{name}\1{value}"


def prefix_key(start: str) -> str:
    """The key of words that begin so."""
    return f"^{start[:PREFIX_LETTERS]}"


def like_key(word: str, edits: int) -> str:
    """The key of words spelt like this one."""
    return f"~{edits}{word}"


def _prefix_keys(word: str) -> set[str]:
    return {f"^{word[:letters]}" for letters in range(1, PREFIX_LETTERS + 1)}


def _pair_key(first: str, second: str) -> str:
    return f"{first}{_NEXT}{second}"


def _word_keys(planned: Words) -> Sequence[str]:
    """What an article with these words has all of: of a phrase its pairs of neighbours."""
    if planned.slop or len(planned.terms) == 1:
        return planned.terms
    return [_pair_key(*pair) for pair in pairwise(planned.terms)]


def _each_scope(fields: Sequence[str], key: str) -> Keys:
    """The key in each of the fields; the texts that words without a field look in share their keys."""
    return tuple(dict.fromkeys(key if name in _TEXT else f"{name}\0{key}" for name in fields))


def _is_one_scope(fields: Sequence[str]) -> bool:
    """Whether a key tells that its word stands in one of the fields: not of one text, since the texts share keys."""
    return fields == TEXT_FIELDS or (len(fields) == 1 and fields[0] not in _TEXT)


def _of_choice(children: Sequence[Plan], at_least: int, frequencies: Mapping[str, int]) -> Keys | None:
    """Of n children k must match: any n - k + 1 of them hold one that does."""
    found = [keys_of_plan(child, frequencies) for child in children]
    needed = len(children) - at_least + 1
    known = sorted((keys for keys in found if keys is not None), key=lambda keys: _cost(keys, frequencies))
    if len(known) < needed:
        return None
    return tuple(dict.fromkeys(key for keys in known[:needed] for key in keys))


def _rarest(found: Sequence[Keys | None], frequencies: Mapping[str, int]) -> Keys | None:
    return min((keys for keys in found if keys is not None), key=lambda keys: _cost(keys, frequencies), default=None)


def _cost(keys: Keys, frequencies: Mapping[str, int]) -> tuple[int, int, int]:
    """How often the keys are met; unknown ones by their length, since long words are rare."""
    return sum(_frequency(key, frequencies) for key in keys), len(keys), -min(map(len, keys))


def _frequency(key: str, frequencies: Mapping[str, int]) -> int:
    """Of a pair, how often its rarer word is met: pairs are too many to be counted."""
    return min(frequencies.get(part, 0) for part in key.split(_NEXT))
