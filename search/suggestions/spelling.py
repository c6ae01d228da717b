"""Did you mean: words of a query found in no article, replaced by the likeliest that are found, or by longer ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise, product

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import normalized
from indexer.analysis.words import is_of_letters, words
from indexer.engines.spelling import is_within
from news.index import Hit, SearchRequest, SearchResult
from news.query.tokens import FIELDS, QueryToken, clean_text, tokenize
from news.query.tree import TEXT_FIELDS, AllOf, AnyOf, Fuzzy, Query, Term

_MAX_WORDS = 6  # words of a query that are checked
_MIN_LETTERS = 4  # of a word; shorter ones resemble too many others
_SAMPLE = 30  # articles whose words are examined
_CHOICES = 3  # per word
_MOST_TRIED = 9  # queries: all combinations for two words

_BETWEEN_HYPHENS = re.compile("[^-\u2010\u2011]+")
_ARTICLES = ((re.compile("[\u0621-\u064a]"), "ال"), (re.compile("[א-ת]"), "ה"))  # of Arabic and Hebrew

Search = Callable[[SearchRequest], SearchResult]


def corrected(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """The query with its unknown words replaced so that it finds something; None if there is no way.

    `read` parses a query.
    """
    clean = clean_text(text)
    likely = _likely(clean, search)
    if not likely:
        return None
    tokens = [token for token, _ in likely]
    for words_instead in islice(product(*(choices for _, choices in likely)), _MOST_TRIED):
        better = replaced(clean, tokens, words_instead)
        if search(SearchRequest(query=read(better), limit=0)).total:
            return better
    return None


def corrected_name(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """The query with a word replaced by a name spelt like it that stands beside all others; None if none does.

    So a name is corrected although others are really written as typed.
    """
    clean = clean_text(text)
    tokens = tokenize(clean)
    if len(tokens) < 2 or any(token.kind != "word" for token in tokens):
        return None
    for token in _checked(clean):
        others = [Term(other.text) for other in tokens if other.position != token.position]
        like = AllOf((Fuzzy(token.text, 1), *others))
        hits = search(SearchRequest(query=like, limit=_SAMPLE, with_text=True)).hits
        for name in _similar(token.text, 1, map(_names_of, hits)):
            better = replaced(clean, [token], [name])
            if search(SearchRequest(query=read(better), limit=0)).total:
                return better
    return None


def corrected_in_part(text: str, search: Search) -> str | None:
    """The query with its unknown words replaced by names spelt like them, whatever it finds; None without such.

    Meant for queries of which no article has every word, however they are spelt.
    """
    return _with_likeliest(text, search, lambda word: _spelt_like(word, search, _names_of))


def one_letter_away(text: str, search: Search) -> str | None:
    """The query with its unknown words replaced by the likeliest that differ in one letter; None without such.

    Meant for finding the closest articles, not for being offered: the words may well be written as typed.
    """
    return _with_likeliest(text, search, lambda word: _spelt_like(word, search, most_edits=1))


def _with_likeliest(text: str, search: Search, choices_of: Callable[[str], Sequence[str]]) -> str | None:
    """The query with the first choice for each of its unknown words that has one; None if none has."""
    clean = clean_text(text)
    likely = [(token, choices[0]) for token in unknown_words(clean, search) if (choices := choices_of(token.text))]
    return replaced(clean, *zip(*likely, strict=True)) if likely else None


def in_lower_case(word: str, language: object) -> str:
    """A word as it is written inside a sentence of its language.

    >>> in_lower_case("IŞIK", "tr"), in_lower_case("İzmir", "en")
    ('ışık', 'izmir')
    """
    if language in {"az", "tr"}:
        word = word.replace("I", "ı")
    return word.replace("İ", "i").lower()


def continued(text: str, search: Search, read: Callable[[str], Query]) -> str | None:
    """The query with its unknown words as prefixes, mostly of compounds, if that finds something; else None."""
    clean = clean_text(text)
    unknown = unknown_words(clean, search)
    if not unknown:
        return None
    better = replaced(clean, unknown, [f"{token.text}*" for token in unknown])
    return better if search(SearchRequest(query=read(better), limit=0)).total else None


def unknown_words(clean: str, search: Search) -> list[QueryToken]:
    """The words of a query that occur in no article and no byline."""
    return [token for token in _checked(clean) if not _is_known(token.text, search)]


def _is_known(word: str, search: Search) -> bool:
    anywhere = AnyOf((Term(word), Term(word, "authors")))
    return search(SearchRequest(query=anywhere, limit=0)).total > 0


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
    plain = [piece for each in typed for piece in _pieces(each) if is_of_letters(piece.text)]
    yield from [token for token in plain if len(token.text) >= _MIN_LETTERS][:_MAX_WORDS]


def _pieces(token: QueryToken) -> Iterator[QueryToken]:
    """A word, or the parts of one with hyphens."""
    for piece in _BETWEEN_HYPHENS.finditer(token.text):
        yield replace(token, text=piece.group(), position=token.position + piece.start())


def _likely(clean: str, search: Search) -> list[tuple[QueryToken, Sequence[str]]]:
    """The unknown words for which there are similar ones, with these, the likeliest first."""
    unknown = unknown_words(clean, search)
    return [(token, choices) for token in unknown if (choices := _likeliest(token.text, search))]


def _of_texts(tokens: Iterable[QueryToken]) -> Iterator[QueryToken]:
    """The tokens except values of fields that do not hold text: a source's id is not a misspelt word."""
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
    """The commonest similar words; if none, those with the definite article that is written as a prefix."""
    found = _spelt_like(word, search)
    for letters, article in _ARTICLES:
        if not found and letters.match(word) and not word.startswith(article):
            found = _spelt_like(article + word, search)
    return found


def _spelt_like(
    word: str, search: Search, words_of: Callable[[Hit], set[str]] | None = None, *, most_edits: int = 2
) -> Sequence[str]:
    """The similar words most articles of a sample have; one wrong letter is likelier than two."""
    for edits in range(1, most_edits + 1):
        hits = search(SearchRequest(query=Fuzzy(word, edits), limit=_SAMPLE, with_text=True)).hits
        if found := _similar(word, edits, map(words_of or _words_of, hits)):
            return found
    return ()


def _similar(word: str, edits: int, texts: Iterable[Iterable[str]]) -> Sequence[str]:
    """The words so similar that most of the texts have."""
    wanted = normalized(word, UNDETERMINED)

    @cache  # articles share most of their words
    def is_like(one: str) -> bool:
        return is_within(normalized(one, UNDETERMINED), wanted, edits)

    tally = Counter(one for text in texts for one in text if is_like(one))
    return sorted(tally, key=lambda one: (-tally[one], one))[:_CHOICES]


def _words_of(hit: Hit) -> set[str]:
    language = hit.fields.get("language")
    return {in_lower_case(one, language) for one in _written_in(hit)}


def _names_of(hit: Hit) -> set[str]:
    """The words that an article always writes with a capital letter, in lower case."""
    language, written = hit.fields.get("language"), _written_in(hit)
    capitalized = (one for one in written if one[:1].isupper())
    return {lower for one in capitalized if (lower := in_lower_case(one, language)) not in written}


def _written_in(hit: Hit) -> set[str]:
    return set().union(*(words(str(hit.fields.get(name) or "")) for name in TEXT_FIELDS))
