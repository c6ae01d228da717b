"""Did you mean: words of a query found in no article, replaced by the likeliest that are found, or by longer ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise, product

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import normalized
from indexer.analysis.words import is_of_letters, words
from indexer.engines.spelling import is_within
from news.index import SearchRequest, SearchResult
from news.query.tokens import FIELDS, QueryToken, clean_text, tokenize
from news.query.tree import TEXT_FIELDS, Fuzzy, Query, Term

_MAX_WORDS = 6  # words of a query that are checked
_MIN_LETTERS = 4  # of a word; shorter ones resemble too many others
_SAMPLE = 30  # articles whose words are examined
_CHOICES = 3  # per word
_MOST_TRIED = 9  # queries: all combinations for two words

_ARTICLES = ((re.compile("[\u0621-\u064a]"), "ال"), (re.compile("[א-ת]"), "ה"))  # of Arabic and Hebrew

Search = Callable[[SearchRequest], SearchResult]


def corrected(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """Return the query with its unknown words replaced so that it finds something; None if there is no way.

    `read` parses a query.
    """
    clean = clean_text(text)
    unknown = unknown_words(clean, search)
    likely = [(token, choices) for token in unknown if (choices := _likeliest(token.text, search))]
    if not likely:
        return None
    tokens = [token for token, _ in likely]
    for words_instead in islice(product(*(choices for _, choices in likely)), _MOST_TRIED):
        better = replaced(clean, tokens, words_instead)
        if search(SearchRequest(query=read(better), limit=0)).total:
            return better
    return None


def in_lower_case(word: str, language: object) -> str:
    """Return a word as it is written inside a sentence of its language.

    >>> in_lower_case("IŞIK", "tr"), in_lower_case("İzmir", "en")
    ('ışık', 'izmir')
    """
    if language in {"az", "tr"}:
        word = word.replace("I", "ı")
    return word.replace("İ", "i").lower()


def continued(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """Return the query with its unknown words as prefixes, mostly of compounds, if that finds something; else None."""
    clean = clean_text(text)
    unknown = unknown_words(clean, search)
    if not unknown:
        return None
    better = replaced(clean, unknown, [f"{token.text}*" for token in unknown])
    return better if search(SearchRequest(query=read(better), limit=0)).total else None


def unknown_words(clean: str, search: Search) -> list[QueryToken]:
    """Return the words of a query that occur in no article."""
    return [token for token in _checked(clean) if not search(SearchRequest(query=Term(token.text), limit=0)).total]


def replaced(clean: str, tokens: Sequence[QueryToken], words_instead: Sequence[str]) -> str:
    pieces, position = [], 0
    for token, word in zip(tokens, words_instead, strict=True):
        pieces += [clean[position : token.position], word]
        position = token.position + len(token.text)
    return "".join([*pieces, clean[position:]])


def _checked(clean: str) -> Iterator[QueryToken]:
    tokens = tokenize(clean)
    unwanted = {after for before, after in pairwise(tokens) if before.text in {"-", "NOT"} and before.kind != "word"}
    typed = [each for each in _of_texts(tokens) if each.kind == "word" and each not in unwanted]
    plain = [each for each in typed if is_of_letters(each.text)]
    yield from [token for token in plain if len(token.text) >= _MIN_LETTERS][:_MAX_WORDS]


def _of_texts(tokens: Iterable[QueryToken]) -> Iterator[QueryToken]:
    """Yield the tokens except values of fields that do not hold text: a source's id is not a misspelt word."""
    is_held, depth = False, 0  # whether within such a field; its open parentheses
    for token in tokens:
        if token.kind == "field" and not depth:
            is_held = FIELDS.get(token.text.lower()) not in TEXT_FIELDS
            continue
        if not is_held:
            yield token
            continue
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "paren" else 0
        is_held = depth > 0 or token.kind == "sign"


def _likeliest(word: str, search: Search) -> Sequence[str]:
    """Return the commonest similar words; if none, those with the definite article that is written as a prefix."""
    found = _spelt_like(word, search)
    for letters, article in _ARTICLES:
        if not found and letters.match(word) and not word.startswith(article):
            found = _spelt_like(article + word, search)
    return found


def _spelt_like(word: str, search: Search) -> Sequence[str]:
    """Return the similar words most articles of a sample have; one wrong letter is likelier than two."""
    wanted = normalized(word, UNDETERMINED)

    @cache  # articles share most of their words
    def is_like(one: str, edits: int) -> bool:
        return is_within(normalized(one, UNDETERMINED), wanted, edits)

    for edits in (1, 2):
        found = search(SearchRequest(query=Fuzzy(word, edits), limit=_SAMPLE, with_text=True)).hits
        tally: Counter[str] = Counter()
        for hit in found:
            texts = (str(hit.fields.get(name) or "") for name in ("title", "dek", "text"))
            language = hit.fields.get("language")
            spelt = {in_lower_case(one, language) for text in texts for one in words(text)}
            tally.update(one for one in spelt if is_like(one, edits))
        if tally:
            return sorted(tally, key=lambda one: (-tally[one], one))[:_CHOICES]
    return ()
