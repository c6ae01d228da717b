"""Did you mean: words of a query that stand in no article, replaced by the likeliest that do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from indexer.engines.normalizing import normalized
from indexer.engines.spelling import is_within
from indexer.engines.words import words
from indexer.languages import UNDETERMINED
from news.index import SearchRequest, SearchResult
from news.query import TEXT_FIELDS, Fuzzy, Term
from news.query_tokens import FIELDS, QueryToken, clean_text, tokenize

_MAX_WORDS = 6  # of a query that are looked at
_MIN_LETTERS = 4  # of a word; shorter ones are like too many others
_SAMPLE = 30  # articles whose words are looked through
_CANDIDATES = 5  # words of them that are counted
_USUAL = 100  # articles that have a word with one wrong letter: no other is looked for
_LIKELIER = 10  # times one wrong letter than two, a choice among 10 to 100 which do alike

Search = Callable[[SearchRequest], SearchResult]


def corrected(text: str, search: Search) -> str | None:
    """The query with its unknown words replaced; None when there are none, or nothing is like them."""
    clean = clean_text(text)
    pieces, position = [], 0
    for token in _checked(clean):
        if search(SearchRequest(query=Term(token.text), limit=0)).total:
            continue
        better = _likeliest(token.text, search)
        if better is not None:
            pieces += [clean[position : token.position], better]
            position = token.position + len(token.text)
    return "".join([*pieces, clean[position:]]) if pieces else None


def _checked(clean: str) -> Iterator[QueryToken]:
    plain = [token for token in _of_texts(tokenize(clean)) if token.kind == "word" and token.text.isalpha()]
    yield from [token for token in plain if len(token.text) >= _MIN_LETTERS][:_MAX_WORDS]


def _of_texts(tokens: Iterable[QueryToken]) -> Iterator[QueryToken]:
    """The tokens but those that a field of other things than texts holds: a source's id is no misspelt word."""
    is_held, depth = False, 0  # by such a field; its open parentheses
    for token in tokens:
        if token.kind == "field" and not depth:
            is_held = FIELDS.get(token.text.lower()) not in TEXT_FIELDS
            continue
        if not is_held:
            yield token
            continue
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "paren" else 0
        is_held = depth > 0 or token.kind == "sign"


def _likeliest(word: str, search: Search) -> str | None:
    """The word with one wrong letter that most articles have, or with two if very many more have it."""
    near = _most_written(word, 1, search)
    if near and near[0] >= _USUAL:
        return near[1]
    far = _most_written(word, 2, search)
    if near and far:
        return max(near, far, key=lambda one: one[0] * (_LIKELIER if one is near else 1))[1]
    found = near or far
    return found[1] if found else None


def _most_written(word: str, edits: int, search: Search) -> tuple[int, str] | None:
    """Of the words of a sample that are spelt like this one, the one that most articles have, and how many those are."""
    wanted = normalized(word, UNDETERMINED)

    @cache  # articles share most of their words
    def is_like(one: str) -> bool:
        return is_within(normalized(one, UNDETERMINED), wanted, edits)

    tally: Counter[str] = Counter()
    for hit in search(SearchRequest(query=Fuzzy(word, edits), limit=_SAMPLE, with_text=True)).hits:
        texts = (str(hit.fields.get(name) or "") for name in ("title", "dek", "text"))
        tally.update(filter(is_like, {one.lower() for text in texts for one in words(text)}))
    counted = [
        (search(SearchRequest(query=Term(one), limit=0)).total, one)
        for one in sorted(tally, key=lambda one: (-tally[one], one))[:_CANDIDATES]
    ]
    return max(counted, key=lambda one: one[0], default=None)
