"""Names searched for as plain words, where articles by that writer may be meant; bylines are not in the text. Pure."""

from __future__ import annotations

from news.query.tokens import clean_text, tokenize

_MAX_WORDS = 4  # of a name
_IN_NAMES = frozenset("'’.-‐")  # allowed besides letters and their marks: O'Neill, J., María-José


def byline_query(text: str, *, least_words: int = 1) -> str | None:
    """The query for articles by the person these words may name; None when they cannot be a name.

    >>> byline_query("Sinéad Roe"), byline_query('"ayşe kaya"'), byline_query("new bridge -toll"), byline_query("G7")
    ('author:"Sinéad Roe"', 'author:"ayşe kaya"', None, None)
    """
    tokens = tokenize(clean_text(text))
    if not tokens or any(token.kind not in {"word", "phrase", "quotation"} or token.slop for token in tokens):
        return None
    words = [word for token in tokens for word in token.text.split()]
    if not least_words <= len(words) <= _MAX_WORDS or not all(map(_may_be_of_a_name, words)):
        return None
    return f'author:"{" ".join(words)}"'


def _may_be_of_a_name(word: str) -> bool:
    return any(each.isalpha() for each in word) and not any(
        each.isdigit() or (each.isascii() and not each.isalpha() and each not in _IN_NAMES) for each in word
    )
