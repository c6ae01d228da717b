"""A query as one language reads it.

A query is planned once for each language's analysis, because a word may be a stop word in one language and a name in
another, and every article is searched in its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.analysis.normalizing import is_stop_word
from indexer.analysis.other_names import MOST_WORDS
from indexer.analysis.unspaced import has_unspaced_letters, is_unspaced, is_unspaced_description, listed_words
from indexer.analysis.variants import joined
from indexer.analysis.words import terms
from indexer.engines.leaf_plans import plan_beginning, plan_leaf, plan_other_names, plan_words
from indexer.engines.needed_words import needed_pairs, needed_words
from indexer.engines.plan import (
    FORMER,
    Conjunction,
    Dated,
    Disjunction,
    Everything,
    Exclude,
    Plan,
    Words,
    either,
    every,
    single,
)
from indexer.engines.questions import without_asking
from indexer.fields import FIELDS, Kind
from news.query.side_by_side import ALL_REQUIRED
from news.query.tree import (
    TEXT_FIELDS,
    AllOf,
    AnyOf,
    Description,
    Fetched,
    MatchAll,
    Not,
    Published,
    Query,
    Term,
)

MAX_LONE_CHARACTERS = 8  # that begin pairs; a beginning is as costly as a word with "*", of which a query has 8
MAX_VERBATIM = 12  # words of a description that may stand in an article just so
FEW_TELLING = 4  # of them; of more, a sentence as it stands costs as much and gains a hundredth
MAX_TELLING = 30  # the first words of a description that are searched for; more would take seconds on a large index
_SAID_IN = ("text",)
_NAMED_IN = ("title", "text")  # the standfirst has seldom what neither has
_ENDING = re.compile("[\u3041-\u309f]+")  # hiragana, which Japanese writes endings and particles with


def plan(query: Query, analysis: str, *, by_relevance: bool = True) -> Plan | None:
    """Plan the query for articles of this analysis; None if it has no word at all and so finds nothing.

    In order of date, a description requires more of its words, because poor matches do not sink to the end.
    """
    return _Planner(analysis, by_relevance=by_relevance).plan(query)


class _Planner:
    def __init__(self, analysis: str, *, by_relevance: bool) -> None:
        self._analysis = analysis
        self._by_relevance = by_relevance
        self._lone_count = 0

    def plan(self, query: Query) -> Plan | None:
        match query:
            case MatchAll():
                return Everything()
            case Published(start, end):
                return Dated(start, end)
            case Fetched(start, end):
                return Dated(start, end, "fetched_at")
            case Not(child):
                planned = self.plan(child)
                return Exclude(planned) if planned else None
            case AllOf(children):
                return self._written_otherwise(children) or self._all(children)
            case AnyOf(children):
                planned_any = self._planned(children)
                return single(planned_any) or (Disjunction(planned_any) if planned_any else None)
            case Description(words):
                asked = self._planned(without_asking(words, self._analysis))
                telling = tuple(dict.fromkeys(part for word in asked for part in self._parts(word)))[:MAX_TELLING]
                needed = needed_words(len(telling), by_relevance=self._by_relevance)
                verbatim = self._verbatim(words) if len(telling) <= FEW_TELLING else None
                if not telling or (len(telling) == 1 and not verbatim):
                    return single(telling)
                return Disjunction(telling, needed, described=True, verbatim=verbatim)
            case Term(text=text) if _is_in_text(query) and (listed := listed_words(text)):
                return every(self._planned([replace(query, text=word) for word in listed]))
            case Term(text=text) if _is_in_text(query) and is_unspaced_description(text):
                return self._unspaced(query)
            case Term(text=text) if _is_in_text(query) and len(text) == 1 and is_unspaced(text):
                return self._lone(query)
            case _:
                return plan_leaf(query, self._analysis)

    def _all(self, children: Sequence[Query]) -> Plan | None:
        """Each of the children; in order of relevance, two or three words count more side by side."""
        planned = every(self._planned(children))
        if not isinstance(planned, Conjunction) or not self._by_relevance:
            return planned
        words = [child.text for child in _neighbours(children)]
        found = terms(" ".join(words), self._analysis) if 1 < len(words) <= ALL_REQUIRED else ()
        return replace(planned, verbatim=Words(found, _NAMED_IN)) if found and len(found) == len(words) else planned

    def _verbatim(self, words: Sequence[Query]) -> Words | None:
        """A description with stop words as it stands, which counts where an article says just that; None for others.

        Without stop words, or with more telling words than FEW_TELLING, these are enough.
        """
        is_short = self._by_relevance and len(words) <= MAX_VERBATIM
        if not is_short or not any(_is_stop_term(word, self._analysis) for word in words):
            return None
        found = terms(" ".join(word.text for word in words if isinstance(word, Term)), self._analysis)
        return Words(found, _SAID_IN) if len(found) > ALL_REQUIRED else None

    def _parts(self, planned: Plan) -> tuple[Plan, ...]:
        """Each word of a compound ("high-speed") and each pair of characters by itself: one may do in a description.

        In order of relevance without a word's other forms, since a share of the words is enough there; but names and
        amounts with a number, such as F-16 and 5bn, in all their writings, because they are rare and tell much.
        """
        match planned:
            case Words(terms=found, fields=fields):
                return tuple(Words((term,), fields) for term in found)
            case Disjunction(children=(Words() as word, *_), at_least=1):  # and other ways to write it
                is_whole = len(word.terms) == 1 and (not self._by_relevance or _is_numbered(word.terms[0]))
                return (planned,) if is_whole else self._parts(word)
            case Disjunction(children=children):  # of words that are not spaced
                return children
            case _:
                return (planned,)

    def _written_otherwise(self, children: Sequence[Query]) -> Plan | None:
        """All of the children, the first words that have one other name, or are one word elsewhere, also as that."""
        for length in range(MOST_WORDS, 1, -1):
            for start in range(len(children) - length + 1):
                together = children[start : start + length]
                if otherwise := tuple(self._otherwise(together)):
                    apart = self._all(together)
                    rest = (*children[:start], *children[start + length :])
                    planned = self._planned([child for child in rest if not _is_stop_term(child, self._analysis)])
                    both = either(apart, *otherwise)
                    return every((*planned, both)) if both else None
        return None

    def _otherwise(self, together: Sequence[Query]) -> Iterator[Plan]:
        """What these neighbouring words of the query are written as elsewhere."""
        said = [child for child in together if isinstance(child, Term) and _is_in_text(child)]
        if len(said) < len(together) or len({child.field for child in said}) > 1:
            return
        texts, field = [child.text for child in said], said[0].field
        one = joined(texts[0], texts[1], self._analysis) if len(texts) == 2 else None
        if one and (planned := plan_leaf(Term(one, field), self._analysis)):
            yield planned
        yield from plan_other_names(" ".join(texts), (field,) if field else TEXT_FIELDS, self._analysis)

    def _unspaced(self, query: Term) -> Plan:
        """The pairs of characters of unspaced words; pairs of nothing but endings mean nothing."""
        found = terms(query.text, self._analysis)
        telling = tuple(dict.fromkeys(term for term in found if not _ENDING.fullmatch(term))) or found
        fields = (query.field,) if query.field else TEXT_FIELDS
        needed = needed_pairs(
            len(telling), by_relevance=self._by_relevance, of_letters=has_unspaced_letters(query.text)
        )
        return Disjunction(tuple(Words((term,), fields) for term in telling), needed)

    def _lone(self, query: Term) -> Plan | None:
        """A lone character as the beginning of a pair, which is what the index has; if there are too many, as it is."""
        self._lone_count += 1
        fields = (query.field,) if query.field else TEXT_FIELDS
        if self._lone_count > MAX_LONE_CHARACTERS:
            return plan_words(query.text, fields, self._analysis)
        return plan_beginning(query.text, fields, self._analysis)

    def _planned(self, children: Sequence[Query]) -> tuple[Plan, ...]:
        """Plans of the children that have a word, without stop words if another child finds something."""
        pairs = [(child, planned) for child in children if (planned := self.plan(child))]
        telling = [planned for child, planned in pairs if not _is_stop_term(child, self._analysis)]
        finds_something = any(not isinstance(planned, Exclude | Dated) for planned in telling)
        return tuple(telling) if finds_something else tuple(planned for _, planned in pairs)


def _neighbours(children: Sequence[Query]) -> Sequence[Term]:
    """The plain words among them, unless something else stands between."""
    words = [child for child in children if isinstance(child, Term) and child.field is None]
    start = children.index(words[0]) if words else 0
    return words if list(children[start : start + len(words)]) == words else ()


def _is_numbered(term: str) -> bool:
    """Whether it has digits and letters."""
    return any(map(str.isdecimal, term)) and not term.isdecimal()


def _is_keyword(query: Term) -> bool:
    return query.field is not None and FIELDS[query.field].kind is not Kind.TEXT


def _is_in_text(query: Term) -> bool:
    """Whether a word is searched for in what articles say now."""
    return not _is_keyword(query) and query.field != FORMER


def _is_stop_term(query: Query, analysis: str) -> bool:
    """Whether it is a word that sentences of the language contain anyway; a phrase never is."""
    if not isinstance(query, Term) or _is_keyword(query):
        return False
    return is_stop_word(query.text, analysis)
