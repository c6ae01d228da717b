"""Did you mean: words of a query that stand in no article, replaced by the likeliest that do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import normalized
from indexer.analysis.words import words
from indexer.engines.spelling import is_within
from news.index import SearchRequest, SearchResult
from news.query.tokens import FIELDS, QueryToken, clean_text, tokenize
from news.query.tree import TEXT_FIELDS, Fuzzy, Term

_MAX_WORDS = 6  # of a query that are looked at
_MIN_LETTERS = 4  # of a word; shorter ones are like too many others
_SAMPLE = 30  # articles whose words are looked through

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
    """The word most articles of a sample have instead; one wrong letter is likelier than two."""
    wanted = normalized(word, UNDETERMINED)

    @cache  # articles share most of their words
    def is_like(one: str, edits: int) -> bool:
        return is_within(normalized(one, UNDETERMINED), wanted, edits)

    for edits in (1, 2):
        found = search(SearchRequest(query=Fuzzy(word, edits), limit=_SAMPLE, with_text=True)).hits
        tally: Counter[str] = Counter()
        for hit in found:
            texts = (str(hit.fields.get(name) or "") for name in ("title", "dek", "text"))
            spelt = {one.lower() for text in texts for one in words(text)}
            tally.update(one for one in spelt if is_like(one, edits))
        if tally:
            return min(tally, key=lambda one: (-tally[one], one))
    return None
