"""Suggestions while a word is typed: words of recent headlines, as whole queries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import normalized
from indexer.analysis.unspaced import has_unspaced
from indexer.analysis.variants import without_particle
from indexer.analysis.words import is_of_letters, words
from news.index import SearchRequest, Sort
from news.query.tokens import clean_text, tokenize
from news.query.tree import Prefix
from search.suggestions.spelling import Search, in_lower_case

SUGGESTIONS = 8
_MIN_LETTERS = 2
_HEADLINES = 100  # the newest ones that contain such a word

# In scripts without spaces a word continues as long as the letters are of the same kind
_GOES_ON = (("[\u3005\u4e00-\u9fff]", 1), ("[\u30a1-\u30fa\u30fc]", _MIN_LETTERS), ("[\uac00-\ud7a3]", _MIN_LETTERS))


def suggestions(text: str, search: Search) -> tuple[str, ...]:
    """The query with its last word completed, likeliest first; none when there is no word to complete."""
    clean = clean_text(text)
    tokens = tokenize(clean)
    last = tokens[-1] if tokens else None
    if last is None or last.kind != "word" or not is_of_letters(last.text):
        return ()
    begun = _beginning(last.text)
    if begun is None:
        return ()
    request = SearchRequest(query=Prefix(last.text, "title"), sort=Sort.NEWEST, limit=_HEADLINES)
    tally: Counter[str] = Counter()
    for hit in search(request).hits:
        tally.update(set(begun(str(hit.fields.get("title") or ""), hit.fields.get("language"))))
    ordered = sorted(tally, key=lambda word: (-tally[word], word))
    return tuple(clean[: last.position] + word for word in ordered[:SUGGESTIONS])


def _beginning(typed: str) -> Callable[[str, object], Iterable[str]] | None:
    """A function that finds a headline's words with this beginning; None when nothing is to be suggested."""
    if not has_unspaced(typed):
        start = normalized(typed, UNDETERMINED)
        return partial(_spaced, start) if len(typed) >= _MIN_LETTERS else None
    for letters, least in _GOES_ON:
        if re.fullmatch(letters, typed[-1]) and len(typed) >= least:
            return partial(_unspaced, re.compile(f"(?<!{letters}){re.escape(typed)}{letters}*"))
    return None


def _spaced(start: str, headline: str, language: object) -> Iterable[str]:
    lower = (in_lower_case(word, language) for word in words(headline))
    return (word for word in lower if normalized(word, UNDETERMINED).startswith(start))


def _unspaced(begun: re.Pattern[str], headline: str, _language: object) -> Iterable[str]:
    return (without_particle(word) for word in begun.findall(headline))
