"""What people type into the search box, as a query tree.

The grammar, in the order it binds, tightest first::

    word   "a phrase"   "near words"~5   begin*   field:word   field:"a phrase"   (group)   https://an.address
    -x  NOT x       not x
    +x              x, even among many words
    x AND y         both
    x OR y          either
    x y             see below

Operators are upper case; a field is a name of FIELDS. Every text parses: what is no operator in its place is a word.

Side by side, phrases, fields, groups and up to ALL_REQUIRED words must all match. Of more words only a share must
(`needed_words`), because a whole sentence is a description, and more matches rank higher anyway.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from news.query import AllOf, AnyOf, MatchAll, Not, Phrase, Prefix, Query, Term

MAX_CHARACTERS = 512  # of the text; the rest is not read
MAX_CLAUSES = 64  # words, phrases and prefixes; the rest is not read
MAX_DEPTH = 16  # of parentheses; deeper ones are ignored
MAX_SLOP = 50
MAX_CAPITAL_OPERATION = 5  # "NATO AND EU" is an operation; a longer text in capitals is a pasted headline
ALL_REQUIRED = 3  # up to so many plain words, all of them must match

FIELDS = {
    "title": "title",
    "headline": "title",
    "dek": "dek",
    "text": "text",
    "body": "text",
    "author": "authors",
    "authors": "authors",
    "section": "section",
    "source": "source",
    "lang": "language",
    "language": "language",
    "tag": "tags",
    "tags": "tags",
    "url": "url",
}

_TOKEN = re.compile(
    r"""\s*(?:
      "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
    | (?P<paren>[()])
    | (?P<sign>[-+])(?=[^\s)])
    | (?P<url>https?://[^\s"]+)
    | (?P<field>[A-Za-z]+):(?=["(]|[^\s)])
    | (?P<word>[^\s()"]+)
    | (?P<stray>"))""",
    re.VERBOSE,
)
_OPERATORS = {"AND", "OR", "NOT"}
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # a group name of _TOKEN, or "operator"
    text: str
    slop: int = 0


def parse_query(text: str) -> Query:
    """The tree of any text; never raises. An empty text is MatchAll.

    >>> parse_query('bridge -toll title:"new bridge"')
    AllOf(children=(Term(text='bridge', field=None), Not(child=Term(text='toll', field=None)), \
Phrase(text='new bridge', field='title', slop=0)))
    """
    clean = _clean(text)
    tokens = _tokens(clean, operators=not _is_shouted(clean))
    return _Parser(tokens).parse() or _combine([Term(word) for word in clean.split()], [])


def needed_words(count: int) -> int:
    """How many of so many plain words an article must hold.

    Measured with benchmarks/search_quality.py: asking for more than a third of a sentence's words loses relevant
    articles (recall@100) on every judged collection, asking for less changes nothing there.
    """
    return count if count <= ALL_REQUIRED else max(2, count // 3)


def _clean(text: str) -> str:
    """Valid Unicode in composed form, without control characters."""
    valid = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8").translate(_QUOTES)
    printable = "".join(" " if unicodedata.category(character) == "Cc" else character for character in valid)
    return unicodedata.normalize("NFC", printable).strip()


def _is_shouted(text: str) -> bool:
    """Whether this is a sentence in capitals, whose AND and OR are words."""
    return text.isupper() and len(text.split()) > MAX_CAPITAL_OPERATION


def _tokens(text: str, *, operators: bool) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while found := _TOKEN.match(text, position):
        kind = found.lastgroup or "word"
        if kind == "slop":
            tokens.append(_Token("phrase", found["phrase"], min(int(found["slop"]), MAX_SLOP)))
        elif kind == "field" and found["field"].lower() not in FIELDS:
            whole = re.compile(r'[^\s()"]+').match(text, found.start("field"))
            tokens.append(_Token("word", whole.group() if whole else found["field"]))
            position = whole.end() if whole else found.end()
            continue
        elif kind == "word" and found["word"] in _OPERATORS:
            tokens.append(_Token("operator" if operators else "word", found["word"]))
        elif kind != "stray":
            tokens.append(_Token(kind, found[kind]))
        position = found.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens; every method takes what it understands and leaves the rest."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._position = 0
        self._clauses = 0
        self._depth = 0

    def parse(self) -> Query | None:
        parts = []
        while self._position < len(self._tokens):
            parts.append(self._sequence(None))
            self._take(")")  # one without its opening
        found = [part for part in parts if part is not None]
        if not self._tokens:
            return MatchAll()
        return _combine([], found) if found else None

    def _sequence(self, field: str | None) -> Query | None:
        words: list[Query] = []
        others: list[Query] = []
        while self._position < len(self._tokens) and not self._at(")"):
            sign = self._peek()
            item = self._either(field)
            if item is None:
                continue
            plain = isinstance(item, Term) and item.field == field and not (sign and sign.kind == "sign")
            (words if plain else others).append(item)
        return _combine(words, others) if words or others else None

    def _either(self, field: str | None) -> Query | None:
        choices = [self._both(field)]
        while self._take("OR"):
            choices.append(self._both(field))
        return _joined(choices, AnyOf)

    def _both(self, field: str | None) -> Query | None:
        parts = [self._unary(field)]
        while self._take("AND"):
            parts.append(self._unary(field))
        return _joined(parts, AllOf)

    def _unary(self, field: str | None) -> Query | None:
        negated = False
        while (token := self._peek()) and (token.kind == "sign" or token == _Token("operator", "NOT")):
            negated ^= token.text in {"-", "NOT"}
            self._position += 1
        item = self._primary(field)
        return Not(item) if negated and item is not None else item

    def _primary(self, field: str | None) -> Query | None:
        token = self._peek()
        if token is None or self._at(")"):
            return None
        if token.kind == "operator":
            self._position += 1  # an operator without a left side
            return None
        self._position += 1
        if token.kind == "field":
            return self._primary(FIELDS[token.text.lower()])
        if token.kind == "paren":
            return self._group(field)
        return self._leaf(token, field)

    def _group(self, field: str | None) -> Query | None:
        if self._depth >= MAX_DEPTH:
            return None
        self._depth += 1
        inside = self._sequence(field)
        self._take(")")
        self._depth -= 1
        return inside

    def _leaf(self, token: _Token, field: str | None) -> Query | None:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            return None
        if token.kind == "phrase":
            return Phrase(token.text.strip(), field, token.slop) if token.text.strip() else None
        if token.kind == "url":
            return Term(token.text, field or "url")
        begin = token.text.rstrip("*")
        if begin != token.text and any(character.isalnum() for character in begin):
            return Prefix(begin, field)
        return Term(token.text, field)

    def _peek(self) -> _Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _at(self, text: str) -> bool:
        token = self._peek()
        return token is not None and token.text == text and token.kind in {"operator", "paren"}

    def _take(self, text: str) -> bool:
        if self._at(text):
            self._position += 1
            return True
        return False


def _combine(words: Sequence[Query], others: Sequence[Query]) -> Query:
    """Clauses that stand side by side."""
    needed = needed_words(len(words))
    required = [AnyOf(tuple(words), needed), *others] if needed < len(words) else [*words, *others]
    return required[0] if len(required) == 1 else AllOf(tuple(required))


def _joined(parts: Sequence[Query | None], kind: type[AllOf] | type[AnyOf]) -> Query | None:
    found = tuple(part for part in parts if part is not None)
    if len(found) <= 1:
        return found[0] if found else None
    return kind(found)
