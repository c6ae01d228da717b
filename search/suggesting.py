"""While a word is typed: the words that recent headlines have, as whole queries."""

from __future__ import annotations

from collections import Counter

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import normalized
from indexer.analysis.words import words
from news.index import SearchRequest, Sort
from news.query.tokens import clean_text, tokenize
from news.query.tree import Prefix
from search.spelling import Search

SUGGESTIONS = 8
_MIN_LETTERS = 2
_HEADLINES = 100  # the newest ones that hold such a word


def suggestions(text: str, search: Search) -> tuple[str, ...]:
    """The query with its last word completed, likeliest first; none while there is no word to complete."""
    clean = clean_text(text)
    tokens = tokenize(clean)
    last = tokens[-1] if tokens else None
    if last is None or last.kind != "word" or not last.text.isalpha() or len(last.text) < _MIN_LETTERS:
        return ()
    start = normalized(last.text, UNDETERMINED)
    request = SearchRequest(query=Prefix(last.text, "title"), sort=Sort.NEWEST, limit=_HEADLINES)
    tally: Counter[str] = Counter()
    for hit in search(request).hits:
        headline = {word.lower() for word in words(str(hit.fields.get("title") or ""))}
        tally.update(word for word in headline if normalized(word, UNDETERMINED).startswith(start))
    ordered = sorted(tally, key=lambda word: (-tally[word], word))
    return tuple(clean[: last.position] + word for word in ordered[:SUGGESTIONS])
