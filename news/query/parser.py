"""What people type into the search box, as a query tree; docs/search.md has the language for people.

The grammar, in the order it binds, tightest first::

    word   "a phrase"   "near words"~5   begin*   fuzzy~   field:word   after:2022-01-01   (group)   https://an.address
    -x  NOT x       not x
    +x              x, even among many words
    x AND y         both
    x OR y          either
    x y             see below

Operators are upper case; a field is a name of FIELDS or of DATE_FIELDS. Every text parses: what is no operator in its
place is a word. What was read otherwise than it looks is noted as a complaint, and `parse_strict` raises the first.

Side by side, phrases, fields, groups and up to ALL_REQUIRED words must all match. More words are a description, of
which an engine asks a share only, because a whole sentence never stands in an article. Then what stands in parentheses
or printed quotes is part of the sentence; beside more than TYPED words, which nobody types, "quotes" and "-" are too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from news.query.dates import DATE_FIELDS, published_span
from news.query.errors import QuerySyntaxError
from news.query.tokens import FIELDS, VALUES, QueryToken, clean_text, tokenize
from news.query.tree import (
    AllOf,
    AnyOf,
    Description,
    Fuzzy,
    MatchAll,
    Near,
    Not,
    Phrase,
    Prefix,
    Published,
    Query,
    Term,
)

MAX_CLAUSES = 64  # words, phrases and prefixes; the rest is not read
MAX_EXPANDING = 8  # prefixes, fuzzy words, and twice the near phrases: the costly ones; more are read as plain words
MAX_DEPTH = 16  # of parentheses; deeper ones are ignored
MAX_DISTANCE = 50  # of near words
MAX_EDITS = 2  # of a fuzzy word: what search engines look for
MIN_PREFIX = 2  # letters; of other scripts than Latin one is enough
ALL_REQUIRED = 3  # up to so many plain words, all of them must match
TYPED = 12  # plain words side by side; more are a pasted passage: a choice

_FUZZY = re.compile(r"(?P<word>.*\w)~(?P<edits>[0-9]{0,3})")
_LETTER_MISSING = re.compile(r"[^\W\d_]+\?[^\W\d_]+")
_OTHERS_OPERATORS = {"&&": "AND", "||": "OR"}
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9-]+)?[*~]?")
_ASIDES = frozenset({"paren", "quotation"})  # kinds of token
_LONG_WORD = 6  # letters from which on two may be wrong, as Elasticsearch's AUTO has it


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that was not read the way it looks."""

    position: int  # in the cleaned text, in characters
    message: str  # what is wrong and what to write


def parse_query(text: str, *, now: datetime | None = None) -> Query:
    """The tree of any text; never raises. An empty text is MatchAll. Without `now`, relative dates are words.

    >>> parse_query('bridge -toll title:"new bridge"')
    AllOf(children=(Term(text='bridge', field=None), Not(child=Term(text='toll', field=None)), \
Phrase(text='new bridge', field='title')))
    """
    return _parse(clean_text(text), now)[0]


def parse_strict(text: str, *, now: datetime | None = None) -> Query:
    """The tree of a text that says what it looks like; raises QuerySyntaxError at the first doubt."""
    clean = clean_text(text)
    query, complaints = _parse(clean, now)
    if complaints:
        first = min(complaints, key=lambda complaint: complaint.position)
        raise QuerySyntaxError(first.message, text=clean, position=first.position)
    return query


def _parse(clean: str, now: datetime | None) -> tuple[Query, Sequence[Complaint]]:
    parser = _Parser(tokenize(clean), now, len(clean))
    query = parser.parse() or _combine([Term(word) for word in clean.split()], [])
    if clean and not parser.complaints and not any(character.isalnum() for character in clean):
        return query, [Complaint(0, "there is no letter and no digit in it to look for; write a word")]
    return query, parser.complaints


class _Parser:
    """Recursive descent over the tokens; every method takes what it understands and leaves the rest."""

    def __init__(self, tokens: Sequence[QueryToken], now: datetime | None, end: int) -> None:
        self.complaints: list[Complaint] = []
        self._tokens = tokens
        self._now = now
        self._end = end
        self._position = 0
        self._clauses = self._expanding = self._depth = 0

    def parse(self) -> Query | None:
        parts = []
        while self._position < len(self._tokens):
            parts.append(self._sequence(None))
            if self._take(")"):
                self._complain(self._tokens[self._position - 1], "this ) closes nothing; take it away or open it")
        found = [part for part in parts if part is not None]
        if not self._tokens:
            return MatchAll()
        return _combine([], found) if found else None

    def _complain(self, token: QueryToken | None, message: str) -> None:
        self.complaints.append(Complaint(token.position if token else self._end, message))

    def _sequence(self, field: str | None) -> Query | None:
        words: list[Query] = []
        others: list[tuple[QueryToken, Query]] = []
        while self._position < len(self._tokens) and not self._at(")"):
            first = self._peek()
            item = self._either(field)
            if item is None or first is None:
                continue
            if isinstance(item, Term) and item.field == field and first.kind not in {"sign", "paren"}:
                words.append(item)
            else:
                others.append((first, item))
        return self._arranged(words, others, field) if words or others else None

    def _arranged(self, words: Sequence[Query], others: Sequence[tuple[QueryToken, Query]], field: str | None) -> Query:
        """Words and the clauses among them, those that are part of a sentence as words of it."""
        said, asides, clauses = list(words), [], []
        for first, item in others:
            plain = _plain_words(item, field)
            is_aside = first.kind in _ASIDES and bool(plain)
            if is_aside and len(words) > ALL_REQUIRED:
                said += plain
            elif is_aside:
                asides.append(item)
            elif len(words) > TYPED and _is_mark(first, item):
                self._complain(first, f'beside more than {TYPED} words this is read as words; write +"…", or fewer')
                said += plain
            else:
                clauses.append(item)
        return _combine(said, [*asides, *clauses])

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
        while (token := self._peek()) and (token.kind == "sign" or (token.kind, token.text) == ("operator", "NOT")):
            negated ^= token.text in {"-", "NOT"}
            self._position += 1
        item = self._primary(field)
        return Not(item) if negated and item is not None else item

    def _primary(self, field: str | None) -> Query | None:
        token = self._peek()
        if token is None or self._at(")"):
            self._complain(token, "a word or a phrase is missing here")
            return None
        self._position += 1
        if token.kind == "operator":
            self._complain(token, f"{token.text} has nothing on its left; write a word there, or {token.text.lower()}")
            return None
        if token.kind == "field":
            return self._field(token)
        if token.text == "(" and token.kind == "paren":
            return self._group(token, field)
        return self._leaf(token, field)

    def _field(self, token: QueryToken) -> Query | None:
        name = token.text.lower()
        if FIELDS.get(name) in VALUES:
            return self._one_of(token, FIELDS[name])
        value = self._peek()
        if FIELDS.get(name) == "language" and value and value.kind == "word":
            self._check_language(name, value)
        if name in FIELDS:
            return self._primary(FIELDS[name])
        span = published_span(name, value.text, self._now) if value and value.kind == "word" else None
        if span is not None:
            self._position += 1
            return Published(*span)
        self._complain(value or token, _date_help(name))
        return self._leaf(QueryToken("word", token.text, token.position), None)

    def _check_language(self, name: str, value: QueryToken) -> None:
        if not _LANGUAGE_CODE.fullmatch(value.text):
            self._complain(value, f"{name}: takes the code of a language, such as en or tr")

    def _one_of(self, token: QueryToken, field: str) -> Query | None:
        """One of the few words that a field holds, such as the part of an article that an edit changed."""
        value = self._peek()
        held = VALUES[field].get(value.text.lower()) if value and value.kind == "word" else None
        if held is None:
            known = ", ".join(dict.fromkeys(VALUES[field].values()))
            self._complain(value or token, f"{token.text.lower()}: takes one of {known}")
            return self._leaf(QueryToken("word", token.text, token.position), None)
        self._position += 1
        return Term(held, field)

    def _group(self, opening: QueryToken, field: str | None) -> Query | None:
        if self._depth >= MAX_DEPTH:
            self._complain(opening, f"parentheses go at most {MAX_DEPTH} deep")
            return None
        self._depth += 1
        inside = self._sequence(field)
        if inside is None:
            self._complain(opening, "there is nothing in these parentheses")
        if not self._take(")"):
            self._complain(opening, "this ( is never closed; add )")
        self._depth -= 1
        return inside

    def _leaf(self, token: QueryToken, field: str | None) -> Query | None:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            self._complain(token, f"a query has at most {MAX_CLAUSES} words and phrases")
            return None
        if token.kind == "stray":
            self._complain(token, 'this " is never closed; add another')
            return None
        if token.kind in {"phrase", "quotation"}:
            return self._phrase(token, field)
        if token.kind == "url":
            return Term(token.text, field or "url")
        if token.kind == "unknown":
            name = token.text.split(":")[0]
            self._complain(token, f'there is no field {name!r}; {_fields_like(name)} As a word: "{token.text}"')
        return self._word(token, field)

    def _phrase(self, token: QueryToken, field: str | None) -> Query | None:
        text = token.text.strip()
        if not text:
            self._complain(token, "there is nothing between these quotes")
            return None
        if token.slop is not None and token.slop > MAX_DISTANCE:
            self._complain(token, f"near words are at most {MAX_DISTANCE} words apart")
        if token.slop and self._may_expand(token, 2):
            return Near(text, min(token.slop, MAX_DISTANCE), field)
        return Phrase(text, field)

    def _word(self, token: QueryToken, field: str | None) -> Query:
        text = token.text
        name = text[:-1].lower() if text.endswith(":") and token.kind == "word" else ""
        if name in FIELDS or name in DATE_FIELDS:
            self._complain(token, f"nothing stands behind {name}:; write {name}:word with no space between")
        if text in _OTHERS_OPERATORS:
            self._complain(token, f"{text} is no operator; write {_OTHERS_OPERATORS[text]}")
        if _LETTER_MISSING.fullmatch(text):
            self._complain(token, "a ? stands for no letter; write begin* for a beginning, or word~ for a spelling")
        begin = text.rstrip("*")
        if "*" in begin:
            self._complain(token, "a star stands at the end of a word: begin*")
        if begin != text and any(character.isalnum() for character in begin):
            if len(begin) < MIN_PREFIX and begin.isascii():
                self._complain(token, f"a beginning needs {MIN_PREFIX} letters")
                return Term(begin, field)
            return Prefix(begin, field) if self._may_expand(token) else Term(begin, field)
        if fuzzy := _FUZZY.fullmatch(text):
            word = fuzzy["word"]
            edits = int(fuzzy["edits"] or (2 if len(word) >= _LONG_WORD else 1))
            if edits > MAX_EDITS:
                self._complain(token, f"at most {MAX_EDITS} letters may be wrong; write {word}~{MAX_EDITS}")
            if not edits or not self._may_expand(token):
                return Term(word, field)
            return Fuzzy(word, min(edits, MAX_EDITS), field)
        return Term(text, field)

    def _may_expand(self, token: QueryToken, cost: int = 1) -> bool:
        self._expanding += cost
        if self._expanding > MAX_EXPANDING:
            self._complain(token, f"a query has at most {MAX_EXPANDING} words with * or ~, a near phrase counts as two")
        return self._expanding <= MAX_EXPANDING

    def _peek(self) -> QueryToken | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _at(self, text: str) -> bool:
        token = self._peek()
        return token is not None and token.text == text and token.kind in {"operator", "paren"}

    def _take(self, text: str) -> bool:
        if self._at(text):
            self._position += 1
            return True
        return False


_FIELD_NAMES = tuple(dict.fromkeys([*FIELDS, *DATE_FIELDS]))


_OF_OTHERS = {"site": "source", "inurl": "url", "intitle": "title", "by": "author", "byline": "author"}


def _fields_like(name: str) -> str:
    """The field that is spelt like this, else all of them."""
    meant = [_OF_OTHERS[name]] if name in _OF_OTHERS else get_close_matches(name.casefold(), _FIELD_NAMES, n=1)
    return f"did you mean {meant[0]}?" if meant else f"there are {', '.join(_FIELD_NAMES)}."


def _plain_words(query: Query, field: str | None) -> tuple[Query, ...]:
    """The words of a clause that consists of nothing else; empty for any other."""
    match query:
        case AllOf(children=words) | Description(words=words):
            pass
        case Phrase(text=text, field=own):
            words = tuple(Term(word, own) for word in text.split())
        case Not(child=child):
            return _plain_words(child, field)
        case _:
            words = (query,)
    return words if all(isinstance(word, Term) and word.field == field for word in words) else ()


def _is_mark(first: QueryToken, item: Query) -> bool:
    """Whether a clause may be how a sentence is written: in quotes, behind a dash, an address."""
    match first.kind, item:
        case ("phrase", Phrase()) | ("sign", Not(child=Term() | Phrase())) | ("url", Term()):
            return True
        case _:
            return False


def _date_help(name: str) -> str:
    if name == "last":
        return "last: takes a length of time such as 12h, 7d, 2w, 3m or 1y"
    return f"{name}: takes a day, month or year such as 2022-01-31, 2022-01 or 2022, or today or yesterday"


def _combine(words: Sequence[Query], others: Sequence[Query]) -> Query:
    """Clauses that stand side by side."""
    required = [Description(tuple(words)), *others] if len(words) > ALL_REQUIRED else [*words, *others]
    return required[0] if len(required) == 1 else AllOf(tuple(required))


def _joined(parts: Sequence[Query | None], kind: type[AllOf] | type[AnyOf]) -> Query | None:
    found = tuple(part for part in parts if part is not None)
    if len(found) <= 1:
        return found[0] if found else None
    return kind(found)
