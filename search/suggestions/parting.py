"""Did you mean: a compound found in no article, split into two words that some article has both of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from news.index import SearchRequest
from news.query.tokens import clean_text
from news.query.tree import AllOf, Query, Term
from search.suggestions.spelling import Search, replaced, unknown_words

_LEAST_LETTERS = 4  # of each half; shorter ones occur everywhere
_MOST_TRIED = 24  # queries
_LINKS = ("s", "es", "n", "en")  # that German and related languages insert between the halves
_TWO_AND_TWO = re.compile("[\u4e00-\u9fff]{4}|[\uac00-\ud7a3]{4}")  # longer ones are split anyway


def parted(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """The query with one unknown word split in two, if that finds something; otherwise None."""
    clean = clean_text(text)
    ways = ((token, halves) for token in unknown_words(clean, search) for halves in _halves(token.text))
    for token, halves in islice(ways, _MOST_TRIED):
        better = replaced(clean, [token], [halves])
        if _has_both(halves, search) and search(SearchRequest(query=read(better), limit=0)).total:
            return better
    return None


def _has_both(halves: str, search: Search) -> bool:
    """Whether an article has both; a description, to which they make a query, would be found without."""
    return search(SearchRequest(query=AllOf(tuple(map(Term, halves.split()))), limit=0)).total > 0


def _halves(word: str) -> Iterator[str]:
    """Ways to split a word, those closest to its middle first.

    >>> list(_halves("医師不足")), list(_halves("Wahlkampf"))
    (['医師 不足'], ['Wahl kampf', 'Wahlk ampf'])
    """
    if _TWO_AND_TWO.fullmatch(word):
        yield f"{word[:2]} {word[2:]}"
        return
    cuts = range(_LEAST_LETTERS, len(word) - _LEAST_LETTERS + 1)
    for cut in sorted(cuts, key=lambda place: abs(2 * place - len(word))):
        first, second = word[:cut], word[cut:]
        yield f"{first} {second}"
        for link in _LINKS:
            if first.endswith(link) and cut - len(link) >= _LEAST_LETTERS:
                yield f"{first.removesuffix(link)} {second}"
